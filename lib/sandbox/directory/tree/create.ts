import { formatDn } from "../names/dn.ts";
import { newGuid } from "../names/guid.ts";
import { classChain, findClass } from "../schema/schema.ts";
import type { Value } from "../schema/value.ts";
import type { Descriptor } from "../security/descriptor.ts";
import { type Entry, plainDescriptor } from "./entry.ts";
import type { Tree } from "./tree.ts";

export type Creation = {
  readonly parent: Entry | undefined;
  readonly className: string;
  readonly name: string;
  readonly attributes?: ReadonlyMap<string, readonly Value[]>;
  readonly sid?: string;
  readonly descriptor?: Descriptor;
  readonly partition?: boolean;
};

/** Bits of instanceType (MS-ADTS 3.1.1.3.2.1): writable, head of a partition. */
const instanceType = { object: "4", partition: "5" } as const;

/** Puts an object of the class into the tree, with what AD itself gives to each object. */
export function create(tree: Tree, creation: Creation): Entry {
  const { parent, className, name, attributes = new Map(), sid, partition = false } = creation;
  const own = findClass(className);
  if (own === undefined) throw new Error(`the schema has no class ${className}`);
  const made = {
    guid: newGuid(),
    sid,
    className: own.name,
    rdn: { type: own.rdnType, value: name },
    parent,
    descriptor: creation.descriptor ?? plainDescriptor(`${tree.domainSid}-512`),
    partition,
  };
  const chain = classChain(own.name).map((one) => one.name);
  return tree.insert(made, [
    ["objectClass", chain],
    ["objectCategory", [`CN=${own.defaultCategory},CN=Schema,CN=Configuration,${formatDn(tree.base)}`]],
    ["instanceType", [partition ? instanceType.partition : instanceType.object]],
    ...attributes,
  ]);
}
