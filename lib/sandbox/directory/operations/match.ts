import { fold } from "../names/fold.ts";
import { parseReference } from "../names/reference.ts";
import { Refusal } from "../refusal.ts";
import { type Attribute, findAttribute, findClass, partnerOf } from "../schema/schema.ts";
import { assertionKey, compare, type Value, valueKey } from "../schema/value.ts";
import type { Entry } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";
import type { Filter } from "../wire/filter.ts";

/** Matching rules of AD (MS-ADTS 3.1.1.3.4.4). */
const rules = {
  bitAnd: "1.2.840.113556.1.4.803",
  bitOr: "1.2.840.113556.1.4.804",
  inChain: "1.2.840.113556.1.4.1941",
} as const;

/** Whether an entry fits; undefined stands for “undefined”, as in three-valued logic (RFC 4511, 4.5.1.7). */
export type Verdict = boolean | undefined;
export type Matcher = (entry: Entry) => Verdict;

const never: Matcher = () => undefined;

/** Makes the filter a function, so that assertion values are read once and not for each entry. */
export function matcher(tree: Tree, filter: Filter): Matcher {
  switch (filter.kind) {
    case "and":
    case "or": {
      const parts = filter.parts.map((part) => matcher(tree, part));
      const decisive = filter.kind === "or";
      return (entry) => {
        let verdict: Verdict = !decisive;
        for (const part of parts) {
          const one = part(entry);
          if (one === decisive) return decisive;
          if (one === undefined) verdict = undefined;
        }
        return verdict;
      };
    }
    case "not": {
      const part = matcher(tree, filter.part);
      return (entry) => {
        const verdict = part(entry);
        return verdict === undefined ? undefined : !verdict;
      };
    }
    case "present":
      return presence(filter.attribute);
    case "extensible":
      return extensible(tree, filter);
    default: {
      const attribute = findAttribute(filter.attribute);
      if (attribute === undefined || (attribute.constructed && attribute.name !== "distinguishedName"))
        return never;
      if (filter.kind === "substrings") return substrings(attribute, filter);
      if (filter.kind === "equal" || filter.kind === "approximate")
        return equality(tree, attribute, filter.value);
      const { kind, value } = filter;
      return (entry) =>
        entry.attributes.get(attribute.name.toLowerCase())?.some((own) => {
          const order = compare(attribute, own, value);
          return order !== undefined && (kind === "atLeast" ? order >= 0 : order <= 0);
        }) ?? false;
    }
  }
}

function presence(name: string): Matcher {
  const attribute = findAttribute(name);
  if (attribute === undefined) return never;
  const lower = attribute.name.toLowerCase();
  if (lower === "distinguishedname" || lower === "ntsecuritydescriptor") return () => true;
  const link = linkOf(attribute);
  if (link !== undefined) return (entry) => link(entry).size > 0;
  return (entry) => entry.attributes.has(lower);
}

const none: ReadonlySet<Entry> = new Set();

/** The function that gives the other ends of a link, whichever end the attribute is; undefined for no link. */
export function linkOf(attribute: Attribute): ((entry: Entry) => ReadonlySet<Entry>) | undefined {
  if (attribute.linkId === undefined) return undefined;
  if (attribute.linkId % 2 === 0) {
    const name = attribute.name.toLowerCase();
    return (entry) => entry.links.get(name) ?? none;
  }
  const forward = partnerOf(attribute)?.name.toLowerCase() ?? "";
  return (entry) => entry.backLinks.get(forward) ?? none;
}

/** The entry that an assertion value names; undefined when it names none. */
export function named(tree: Tree, value: Buffer): Entry | undefined {
  try {
    return tree.find(parseReference(value.toString("utf8")));
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function equality(tree: Tree, attribute: Attribute, value: Buffer): Matcher {
  const link = linkOf(attribute);
  if (link !== undefined || attribute.name === "distinguishedName") {
    const other = named(tree, value);
    if (other === undefined) return () => false;
    return link === undefined ? (entry) => entry === other : (entry) => link(entry).has(other);
  }
  const key = assertionKey(attribute, categoryDn(tree, attribute, value));
  if (key === undefined) return () => false;
  const lower = attribute.name.toLowerCase();
  return (entry) => entry.attributes.get(lower)?.some((own) => valueKey(attribute, own) === key) ?? false;
}

/** objectCategory may be asked for by the class's name (MS-ADTS 3.1.1.3.1.3.5). */
function categoryDn(tree: Tree, attribute: Attribute, value: Buffer): Buffer {
  if (attribute.name !== "objectCategory") return value;
  const own = findClass(value.toString("utf8"));
  const schema = tree.partitions.find((one) => one.className === "dMD");
  if (own === undefined || schema === undefined) return value;
  return Buffer.from(`CN=${own.defaultCategory},${tree.dnOf(schema)}`);
}

function substrings(attribute: Attribute, filter: Extract<Filter, { kind: "substrings" }>): Matcher {
  // AD evaluates no substrings of DNs (MS-ADTS 3.1.1.3.1.3.1).
  if (attribute.syntax === "dn" || attribute.syntax === "dnBinary") return never;
  const read = (piece: Buffer): Value =>
    attribute.syntax === "octets" ? piece.toString("latin1") : fold(piece.toString("utf8"));
  const initial = filter.initial && read(filter.initial);
  const any = filter.any.map(read);
  const final = filter.final && read(filter.final);
  const lower = attribute.name.toLowerCase();
  return (entry) =>
    entry.attributes.get(lower)?.some((value) => {
      const own = typeof value === "string" ? fold(value) : value.toString("latin1");
      let from = 0;
      if (initial !== undefined) {
        if (!own.startsWith(initial as string)) return false;
        from = initial.length;
      }
      for (const piece of any) {
        const at = own.indexOf(piece as string, from);
        if (at < 0) return false;
        from = at + piece.length;
      }
      return final === undefined || (own.length - final.length >= from && own.endsWith(final as string));
    }) ?? false;
}

function extensible(tree: Tree, filter: Extract<Filter, { kind: "extensible" }>): Matcher {
  const attribute = filter.attribute === undefined ? undefined : findAttribute(filter.attribute);
  if (attribute === undefined) return never;
  switch (filter.rule) {
    case undefined:
      return equality(tree, attribute, filter.value);
    case rules.bitAnd:
    case rules.bitOr: {
      const text = filter.value.toString("utf8");
      if (!/^-?\d+$/.test(text)) return never;
      const bits = BigInt.asUintN(64, BigInt(text));
      const all = filter.rule === rules.bitAnd;
      // An unsigned 32-bit mask such as 2147483648 must meet the sign bit alone of an integer.
      const width = attribute.syntax === "integer" ? 32 : 64;
      const mask = BigInt.asUintN(width, bits);
      return (entry) =>
        entry.attributes.get(attribute.name.toLowerCase())?.some((own) => {
          const hit = BigInt.asUintN(width, BigInt(own.toString())) & mask;
          return all ? hit === mask : hit !== 0n;
        }) ?? false;
    }
    case rules.inChain: {
      const link = linkOf(attribute);
      const other = named(tree, filter.value);
      if (link === undefined) return never;
      return other === undefined ? () => false : chain(attribute, other);
    }
    default:
      return never;
  }
}

/** The entries from which the link, followed again and again, leads to `other`: found backwards, once. */
function chain(attribute: Attribute, other: Entry): Matcher {
  const partner = partnerOf(attribute);
  const back = partner === undefined ? undefined : linkOf(partner);
  const reached = new Set<Entry>();
  const queue = [other];
  for (let one = queue.pop(); one !== undefined; one = queue.pop()) {
    for (const next of back?.(one) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      queue.push(next);
    }
  }
  return (entry) => reached.has(entry);
}
