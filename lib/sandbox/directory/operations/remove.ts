import { Refusal } from "../refusal.ts";
import { findClass, type ObjectClass } from "../schema/schema.ts";
import type { Token } from "../security/access.ts";
import { rights } from "../security/descriptor.ts";
import { type Entry, number, text } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";
import { requireDelete } from "./rename.ts";
import { requireRight, type Session, signedIn, target, unwilling } from "./session.ts";

/** What a tombstone keeps, in lower case (MS-ADTS 3.1.1.5.5.1.1, without the Recycle Bin). */
const kept = new Set([
  "admincount",
  "cn",
  "grouptype",
  "instancetype",
  "msds-externaldirectoryobjectid",
  "name",
  "objectclass",
  "objectguid",
  "objectsid",
  "samaccountname",
  "systemflags",
  "useraccountcontrol",
  "usnchanged",
  "usncreated",
  "whenchanged",
  "whencreated",
]);

/** systemFlags: the object cannot be deleted (MS-ADTS 2.2.10). */
const cannotDelete = -2147483648;

/** Delete (RFC 4511, 4.8; MS-ADTS 3.1.1.5.5): a tombstone stays in CN=Deleted Objects. Throws Refusal. */
export function remove(session: Session, dn: string, withTree: boolean): void {
  const { tree } = session;
  const token = signedIn(session);
  const entry = target(tree, dn);
  const subtree = [...tree.below(entry)];
  const isLeaf = entry.children.size === 0;
  if (withTree && !isLeaf) requireRight(token, entry, rights.deleteTree);
  else checkDelete(token, entry);
  checkRemovable(entry);
  if (!withTree && !isLeaf) {
    throw new Refusal(
      "notAllowedOnNonLeaf",
      "00002015: UpdErr: DSID-031A1236, problem 6003 (CANT_ON_NON_LEAF), data 0\n",
    );
  }
  for (const one of subtree) checkRemovable(one);
  for (const one of subtree.toReversed()) bury(tree, one);
}

function checkDelete(token: Token, entry: Entry): void {
  if (entry.parent === undefined) throw unwilling("00002054");
  requireDelete(token, entry, entry.parent, findClass(entry.className) as ObjectClass);
}

function checkRemovable(entry: Entry): void {
  const isCritical = text(entry, "isCriticalSystemObject") === "TRUE";
  if (entry.partition || isCritical || (number(entry, "systemFlags") ?? 0) & cannotDelete) {
    throw unwilling("000020CE");
  }
}

function bury(tree: Tree, entry: Entry): void {
  const parent = entry.parent as Entry;
  const lastKnownParent = tree.dnOf(parent);
  for (const name of [...entry.links.keys()]) tree.setLinks(entry, name, new Set());
  for (const [name, holders] of entry.backLinks) {
    for (const holder of [...holders]) {
      tree.setLinks(
        holder,
        name,
        new Set([...(holder.links.get(name) ?? [])].filter((one) => one !== entry)),
      );
    }
  }
  for (const name of [...entry.attributes.keys()]) if (!kept.has(name)) tree.set(entry, name, []);
  tree.set(entry, "isDeleted", ["TRUE"]);
  tree.set(entry, "lastKnownParent", [lastKnownParent]);
  entry.deleted = true;
  entry.password = undefined;
  const rdn = { type: entry.rdn.type, value: `${entry.rdn.value.slice(0, 75)}\nDEL:${entry.guid}` };
  tree.rename(entry, rdn, tree.deletedObjects);
}
