import { classChain } from "../schema/schema.ts";
import type { Entry } from "../tree/entry.ts";
import { type Ace, aceFlags, rights } from "./descriptor.ts";

/** The SIDs that an account acts with. */
export type Token = ReadonlySet<string>;

/** Generic rights as directory objects read them (MS-ADTS 5.1.3.2). */
const generic: readonly (readonly [number, number])[] = [
  [0x10000000, rights.full],
  [0x20000000, 0x20004],
  [0x40000000, 0x20028],
  [0x80000000, 0x20094],
];

function mapped(mask: number): number {
  return generic.reduce(
    (sum, [bit, meaning]) => ((mask & bit) !== 0 ? sum | meaning : sum),
    mask & rights.full,
  );
}

/**
 * The entries of the access control lists that hold for an object, those of its own first, then what it inherits
 * from near to far, in each place the denials first (MS-DTYP 2.5.3.4, MS-ADTS 5.1.3.3).
 */
export function effectiveAces(entry: Entry): Ace[] {
  const chain = new Set(classChain(entry.className).map((one) => one.guid));
  const aces = order(entry.descriptor.aces);
  let closed = entry.descriptor.protected;
  for (let one = entry.parent, distance = 1; one !== undefined && !closed; one = one.parent, distance += 1) {
    for (const ace of order(one.descriptor.aces)) {
      if (!(ace.flags & aceFlags.containerInherit)) continue;
      if (ace.flags & aceFlags.noPropagate && distance > 1) continue;
      const type = ace.inheritedObjectType;
      const applies = type === undefined || chain.has(type);
      const flags =
        (ace.flags & ~aceFlags.inheritOnly) | aceFlags.inherited | (applies ? 0 : aceFlags.inheritOnly);
      aces.push({ ...ace, flags });
    }
    closed = one.descriptor.protected;
  }
  return aces;
}

function order(aces: readonly Ace[]): Ace[] {
  return [...aces.filter((ace) => ace.effect === "deny"), ...aces.filter((ace) => ace.effect === "allow")];
}

/**
 * Whether the token may do `right` to the entry. `objectTypes` are the GUIDs that the right is about: the class of
 * a child, an attribute and its property set, an extended right. An ACE without an object type is about all.
 */
export function mayDo(
  token: Token,
  entry: Entry,
  right: number,
  objectTypes: readonly string[] = [],
): boolean {
  const isOwner = token.has(entry.descriptor.owner);
  if (isOwner && (right & ~(rights.readControl | rights.writeDacl)) === 0) return true;
  let missing = right;
  for (const ace of effectiveAces(entry)) {
    if (ace.flags & aceFlags.inheritOnly) continue;
    const isSelf = ace.sid === "S-1-5-10" && entry.sid !== undefined && token.has(entry.sid);
    if (!isSelf && !token.has(ace.sid)) continue;
    if (ace.objectType !== undefined && !objectTypes.includes(ace.objectType)) continue;
    const mask = mapped(ace.mask);
    if (ace.effect === "deny" && (mask & missing) !== 0) return false;
    if (ace.effect === "allow") missing &= ~mask;
    if (missing === 0) return true;
  }
  return false;
}
