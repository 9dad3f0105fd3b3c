import { type Dn, formatDn, formatRdn, parseDn, type Rdn, rdnKey } from "../names/dn.ts";
import { guidBytes } from "../names/guid.ts";
import type { Reference } from "../names/reference.ts";
import { sidBytes } from "../names/sid.ts";
import { attributeNamed } from "../schema/schema.ts";
import { timeText, type Value, valueKey } from "../schema/value.ts";
import type { Descriptor } from "../security/descriptor.ts";
import { type Entry, isWithin } from "./entry.ts";

/** The attributes by which entries are found without a walk through the tree. */
const indexed = [
  "objectGUID",
  "objectSid",
  "sAMAccountName",
  "userPrincipalName",
  "adminDescription",
  "msDS-ExternalDirectoryObjectId",
  "name",
  "displayName",
  "mail",
  "lDAPDisplayName",
].map((name) => [name.toLowerCase(), attributeNamed(name)] as const);

export type NewEntry = {
  readonly guid: string;
  readonly sid?: string | undefined;
  readonly className: string;
  readonly rdn: Rdn;
  readonly parent: Entry | undefined;
  readonly descriptor: Descriptor;
  readonly partition?: boolean;
};

/** The objects of the forest, with their indices and the update sequence number. Decides nothing. */
export class Tree {
  /** The DN of the domain, which is the top of the tree. */
  readonly base: Dn;
  readonly netbiosName: string;
  readonly domainSid: string;
  /** highestCommittedUSN. */
  usn = 1000;
  /** The relative identifier that the next account gets; those below 1,000 are AD's own. */
  #nextRid = 1100;
  #domain: Entry | undefined;
  readonly #byGuid = new Map<string, Entry>();
  readonly #indices = new Map(indexed.map(([name]) => [name, new Map<string, Set<Entry>>()]));
  readonly #baseText: string;

  constructor(base: Dn, netbiosName: string, domainSid: string) {
    this.base = base;
    this.netbiosName = netbiosName;
    this.domainSid = domainSid;
    this.#baseText = formatDn(base.slice(1));
  }

  get domain(): Entry {
    if (this.#domain === undefined) throw new Error("the tree is empty");
    return this.#domain;
  }

  /** How many objects there are, tombstones included. */
  get size(): number {
    return this.#byGuid.size;
  }

  /** The container of tombstones. */
  get deletedObjects(): Entry {
    const found = this.domain.children.get("cn=deleted objects");
    if (found === undefined) throw new Error("the tree has no container of tombstones");
    return found;
  }

  newSid(): string {
    this.#nextRid += 1;
    return `${this.domainSid}-${this.#nextRid}`;
  }

  dnOf(entry: Entry): string {
    let dn = entry.rdnText;
    for (let one = entry.parent; one !== undefined; one = one.parent) dn += `,${one.rdnText}`;
    return `${dn},${this.#baseText}`;
  }

  /** The entry with this DN, and else the nearest one above it. */
  walk(dn: Dn): { readonly entry: Entry | undefined; readonly nearest: Entry | undefined } {
    const depth = dn.length - this.base.length;
    if (depth < 0 || dn.slice(depth).some((rdn, index) => rdnKey(rdn) !== rdnKey(this.base[index] as Rdn))) {
      return { entry: undefined, nearest: undefined };
    }
    let entry = this.domain;
    for (let index = depth - 1; index >= 0; index -= 1) {
      const child = entry.children.get(rdnKey(dn[index] as Rdn));
      if (child === undefined) return { entry: undefined, nearest: entry };
      entry = child;
    }
    return { entry, nearest: entry };
  }

  find(reference: Reference): Entry | undefined {
    switch (reference.kind) {
      case "dn":
        return this.walk(reference.dn).entry;
      case "guid":
        return this.#byGuid.get(reference.guid);
      case "sid":
        return this.findBy("objectSid", sidBytes(reference.sid))[0];
      case "wellKnown": {
        const container = this.walk(reference.container).entry;
        const values = container?.attributes.get("wellknownobjects") ?? [];
        const prefix = `B:32:${reference.guid}:`;
        const found = values.find((value) => typeof value === "string" && value.startsWith(prefix));
        return typeof found === "string" ? this.walk(parseDn(found.slice(prefix.length))).entry : undefined;
      }
    }
  }

  isIndexed(name: string): boolean {
    return this.#indices.has(name.toLowerCase());
  }

  /** The entries of which an indexed attribute has the value. */
  findBy(name: string, value: Value): Entry[] {
    return this.findByKey(name, valueKey(attributeNamed(name), value));
  }

  findByKey(name: string, key: string): Entry[] {
    return [...(this.#indices.get(name.toLowerCase())?.get(key) ?? [])];
  }

  /** Puts a new object into the tree, with the attributes that every object has. */
  insert(made: NewEntry, attributes: Iterable<readonly [string, readonly Value[]]>): Entry {
    const entry: Entry = {
      guid: made.guid,
      sid: made.sid,
      className: made.className,
      rdn: made.rdn,
      rdnText: formatRdn(made.rdn),
      parent: made.parent,
      children: new Map(),
      attributes: new Map(),
      links: new Map(),
      backLinks: new Map(),
      descriptor: made.descriptor,
      password: undefined,
      partition: made.partition ?? false,
      deleted: false,
    };
    if (made.parent === undefined) this.#domain = entry;
    else made.parent.children.set(rdnKey(made.rdn), entry);
    this.#byGuid.set(entry.guid, entry);
    for (const [name, values] of attributes) this.set(entry, name, values);
    this.set(entry, "objectGUID", [guidBytes(entry.guid)]);
    if (entry.sid !== undefined) this.set(entry, "objectSid", [sidBytes(entry.sid)]);
    this.#setName(entry);
    this.touch(entry);
    for (const [created, changed] of [
      ["whencreated", "whenchanged"],
      ["usncreated", "usnchanged"],
    ] as const) {
      entry.attributes.set(created, entry.attributes.get(changed) ?? []);
    }
    return entry;
  }

  /** Replaces the values of an attribute that is no link; none removes it. */
  set(entry: Entry, name: string, values: readonly Value[]): void {
    const lower = name.toLowerCase();
    const index = this.#indices.get(lower);
    if (index !== undefined) {
      const attribute = attributeNamed(lower);
      for (const value of entry.attributes.get(lower) ?? []) {
        const key = valueKey(attribute, value);
        const set = index.get(key);
        set?.delete(entry);
        if (set?.size === 0) index.delete(key);
      }
      for (const value of values) {
        const key = valueKey(attribute, value);
        const set = index.get(key);
        if (set === undefined) index.set(key, new Set([entry]));
        else set.add(entry);
      }
    }
    if (values.length === 0) entry.attributes.delete(lower);
    else entry.attributes.set(lower, values);
  }

  /** Makes the forward link name exactly these objects (the set is the tree's from now on); keeps back links in step. */
  setLinks(entry: Entry, name: string, targets: Set<Entry>): void {
    const lower = name.toLowerCase();
    const before = entry.links.get(lower) ?? new Set();
    for (const target of before) if (!targets.has(target)) target.backLinks.get(lower)?.delete(entry);
    for (const target of targets) {
      if (before.has(target)) continue;
      const back = target.backLinks.get(lower);
      if (back === undefined) target.backLinks.set(lower, new Set([entry]));
      else back.add(entry);
    }
    if (targets.size === 0) entry.links.delete(lower);
    else entry.links.set(lower, targets);
  }

  /** Gives the entry another name or place; what lies below it moves along. */
  rename(entry: Entry, rdn: Rdn, parent: Entry): void {
    entry.parent?.children.delete(rdnKey(entry.rdn));
    entry.rdn = rdn;
    entry.rdnText = formatRdn(rdn);
    entry.parent = parent;
    parent.children.set(rdnKey(rdn), entry);
    this.#setName(entry);
    this.touch(entry);
  }

  #setName(entry: Entry): void {
    this.set(entry, entry.rdn.type, [entry.rdn.value]);
    this.set(entry, "name", [entry.rdn.value]);
  }

  /** Notes a change: uSNChanged and whenChanged. */
  touch(entry: Entry): void {
    this.usn += 1;
    entry.attributes.set("usnchanged", [String(this.usn)]);
    entry.attributes.set("whenchanged", [timeText(new Date())]);
  }

  /** The entry and what lies below it in its own partition, and the partitions that begin there. */
  *below(entry: Entry): Generator<Entry> {
    yield entry;
    for (const child of entry.children.values()) {
      if (child.partition) continue;
      yield* this.below(child);
    }
  }

  /** The partitions that begin directly within the part of the tree that `below` walks. */
  partitionsBelow(entry: Entry): Entry[] {
    return this.partitions.filter(
      (one) =>
        one !== entry &&
        one.parent !== undefined &&
        isWithin(one.parent, entry) &&
        !this.#crosses(one, entry),
    );
  }

  #crosses(partition: Entry, top: Entry): boolean {
    for (let one = partition.parent; one !== undefined && one !== top; one = one.parent) {
      if (one.partition) return true;
    }
    return false;
  }

  /** The roots of the partitions: domain, configuration, schema. */
  readonly partitions: Entry[] = [];
}
