import { sidBytes } from "../names/sid.ts";
import {
  allowedAttributes,
  classChain,
  classes,
  findAttribute,
  findClass,
  type ObjectClass,
} from "../schema/schema.ts";
import type { Value } from "../schema/value.ts";
import { mayDo, type Token } from "../security/access.ts";
import { parts, rights } from "../security/descriptor.ts";
import { groupSids } from "../security/token.ts";
import { dnsName } from "../tree/controller.ts";
import { type Entry, isGroup, text } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";

/** Attributes that are computed when they are asked for (MS-ADTS 3.1.1.4.5), by name in lower case. */
const constructors: Readonly<Record<string, (tree: Tree, entry: Entry, token: Token) => readonly Value[]>> = {
  canonicalname: (tree, entry) => [canonicalName(tree, entry)],
  createtimestamp: (_tree, entry) => entry.attributes.get("whencreated") ?? [],
  modifytimestamp: (_tree, entry) => entry.attributes.get("whenchanged") ?? [],
  structuralobjectclass: (_tree, entry) => classChain(entry.className).map((one) => one.name),
  subschemasubentry: (tree) => [`CN=Aggregate,CN=Schema,CN=Configuration,${tree.dnOf(tree.domain)}`],
  primarygrouptoken: (_tree, entry) => (isGroup(entry) ? [(entry.sid ?? "").split("-").at(-1) ?? ""] : []),
  tokengroups: (tree, entry) => [...groupSids(tree, entry)].map(sidBytes),
  "msds-principalname": (tree, entry) => {
    const account = text(entry, "sAMAccountName");
    return account === undefined ? [] : [`${tree.netbiosName}\\${account}`];
  },
  "msds-parentdistname": (tree, entry) => (entry.parent === undefined ? [] : [tree.dnOf(entry.parent)]),
  allowedattributes: (_tree, entry) => attributeNames(entry),
  allowedattributeseffective: (_tree, entry, token) =>
    attributeNames(entry).filter((name) => {
      const attribute = findAttribute(name);
      if (attribute === undefined || attribute.systemOnly || attribute.constructed) return false;
      const types = attribute.securityGuid === undefined ? [] : [attribute.securityGuid];
      return mayDo(token, entry, rights.writeProperty, [attribute.guid, ...types]);
    }),
  allowedchildclasses: (_tree, entry) => childClasses(entry).map((one) => one.name),
  allowedchildclasseseffective: (_tree, entry, token) =>
    childClasses(entry)
      .filter((one) => mayDo(token, entry, rights.createChild, [one.guid]))
      .map((one) => one.name),
  sdrightseffective: (_tree, entry, token) => {
    const owner = mayDo(token, entry, rights.writeOwner) ? parts.owner | parts.group : 0;
    return [String(owner | (mayDo(token, entry, rights.writeDacl) ? parts.dacl : 0))];
  },
};

/** The attribute's computed values; none for an attribute that is not computed. */
export function constructed(tree: Tree, entry: Entry, name: string, token: Token): readonly Value[] {
  return constructors[name.toLowerCase()]?.(tree, entry, token) ?? [];
}

function attributeNames(entry: Entry): string[] {
  return [...allowedAttributes(entry.className)].map((name) => findAttribute(name)?.name ?? name);
}

function childClasses(entry: Entry): ObjectClass[] {
  const own = classChain(entry.className).map((one) => one.name);
  return classes.filter(
    (one) =>
      one.category === 1 &&
      classChain(one.name).some((base) => findClass(base.name)?.superiors.some((name) => own.includes(name))),
  );
}

/** `contoso.test/Staff/Sales/Ana Silva` (MS-ADTS 3.1.1.4.5.16). */
function canonicalName(tree: Tree, entry: Entry): string {
  const names: string[] = [];
  for (let one: Entry | undefined = entry; one !== undefined && one !== tree.domain; one = one.parent) {
    names.unshift(one.rdn.value.replaceAll("/", "\\/"));
  }
  return `${dnsName(tree.base)}/${names.join("/")}`;
}
