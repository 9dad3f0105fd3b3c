import { type Attribute, findAttribute } from "../schema/schema.ts";
import type { Value } from "../schema/value.ts";
import type { Descriptor } from "../security/descriptor.ts";
import type { Entry, PasswordRecord } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";

/**
 * An entry as it will be: what a modify changes is gathered here and written only when all of it is accepted, so that
 * a refused request leaves nothing behind (RFC 4511, 4.6).
 */
export class Draft {
  readonly entry: Entry;
  readonly values = new Map<string, readonly Value[]>();
  readonly links = new Map<string, Set<Entry>>();
  descriptor: Descriptor | undefined;
  password: PasswordRecord | undefined;

  constructor(entry: Entry) {
    this.entry = entry;
  }

  valuesOf(attribute: Attribute | string): readonly Value[] {
    const name = (typeof attribute === "string" ? attribute : attribute.name).toLowerCase();
    return this.values.get(name) ?? this.entry.attributes.get(name) ?? [];
  }

  textOf(attribute: string): string | undefined {
    const [value] = this.valuesOf(attribute);
    return typeof value === "string" ? value : undefined;
  }

  set(attribute: string, values: readonly Value[]): void {
    this.values.set(attribute.toLowerCase(), values);
  }

  /** The link's targets, to be changed in place. */
  linksOf(attribute: Attribute): Set<Entry> {
    const name = attribute.name.toLowerCase();
    let set = this.links.get(name);
    if (set === undefined) {
      set = new Set(this.entry.links.get(name));
      this.links.set(name, set);
    }
    return set;
  }

  /** Writes the draft to the tree. */
  commit(tree: Tree): void {
    for (const [name, values] of this.values) tree.set(this.entry, findAttribute(name)?.name ?? name, values);
    for (const [name, targets] of this.links) tree.setLinks(this.entry, name, targets);
    if (this.descriptor !== undefined) this.entry.descriptor = this.descriptor;
    if (this.password !== undefined) this.entry.password = this.password;
    tree.touch(this.entry);
  }
}
