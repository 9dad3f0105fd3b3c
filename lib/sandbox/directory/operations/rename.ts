import { parseDn, type Rdn, rdnKey } from "../names/dn.ts";
import { Refusal } from "../refusal.ts";
import { attributeNamed, findClass, type ObjectClass } from "../schema/schema.ts";
import { readValue } from "../schema/value.ts";
import { mayDo, type Token } from "../security/access.ts";
import { rights } from "../security/descriptor.ts";
import { type Entry, isWithin, number } from "../tree/entry.ts";
import { checkPlace } from "./add.ts";
import {
  alreadyExists,
  noRights,
  requireRight,
  type Session,
  signedIn,
  target,
  unwilling,
} from "./session.ts";

/** Bits of systemFlags in the domain partition (MS-ADTS 2.2.10). */
const cannotMove = 0x04000000;
const cannotRename = 0x08000000;

export type NewName = {
  readonly newRdn: string;
  readonly deleteOldRdn: boolean;
  readonly newSuperior: string | undefined;
};

/** Modify DN (RFC 4511, 4.9; MS-ADTS 3.1.1.5.4): rename, move, or both. Throws Refusal. */
export function rename(session: Session, dn: string, { newRdn, deleteOldRdn, newSuperior }: NewName): void {
  const { tree } = session;
  const token = signedIn(session);
  const entry = target(tree, dn);
  const oldParent = entry.parent;
  if (oldParent === undefined || entry.partition) throw unwilling("00002012");
  const parent = newSuperior === undefined ? oldParent : target(tree, newSuperior);
  const own = findClass(entry.className) as ObjectClass;
  const rdn = readRdn(newRdn, own.rdnType);
  if (!deleteOldRdn) throw unwilling("00002040");
  const flags = number(entry, "systemFlags") ?? 0;
  if (rdnKey(rdn) !== rdnKey(entry.rdn) && flags & cannotRename) throw unwilling("0000208C");
  requireRight(token, entry, rights.writeProperty, [attributeNamed("name").guid]);
  requireRight(token, entry, rights.writeProperty, [attributeNamed(own.rdnType).guid]);
  if (parent !== oldParent) {
    if (flags & cannotMove) throw unwilling("00002093");
    if (isWithin(parent, entry)) throw unwilling("00002095");
    checkPlace(own, parent);
    requireDelete(token, entry, oldParent, own);
    requireRight(token, parent, rights.createChild, [own.guid]);
  }
  const other = parent.children.get(rdnKey(rdn));
  if (other !== undefined && other !== entry) throw alreadyExists("00002071");
  tree.rename(entry, rdn, parent);
}

/** The right to take the entry away: on itself, or for its class on its parent (MS-ADTS 3.1.1.5.5.1). */
export function requireDelete(token: Token, entry: Entry, parent: Entry, own: ObjectClass): void {
  if (mayDo(token, entry, rights.delete) || mayDo(token, parent, rights.deleteChild, [own.guid])) return;
  throw noRights();
}

function readRdn(text: string, rdnType: string): Rdn {
  const [rdn, ...rest] = parseDn(text);
  if (rdn === undefined || rest.length > 0 || rdn.type.toLowerCase() !== rdnType) {
    throw new Refusal(
      "namingViolation",
      "00002079: NameErr: DSID-03050DAC, problem 2005 (NAMING_VIOLATION), data 0, best match of:\n\t''\n",
    );
  }
  readValue(attributeNamed(rdnType), Buffer.from(rdn.value));
  return { type: rdnType.toUpperCase(), value: rdn.value };
}
