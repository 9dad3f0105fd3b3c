import type { Rdn } from "../names/dn.ts";
import type { Value } from "../schema/value.ts";
import type { Ace, Descriptor } from "../security/descriptor.ts";

/** A password as it is kept: never in clear, never readable over LDAP. */
export type PasswordRecord = { readonly salt: string; readonly hash: string };

/**
 * An object of the directory. Links are held as references to the other object, so that they survive its rename
 * and move. Attribute names are in lower case here. Only `Tree` changes an entry.
 */
export type Entry = {
  readonly guid: string;
  readonly sid: string | undefined;
  /** The structural class, as the schema writes it. */
  readonly className: string;
  rdn: Rdn;
  rdnText: string;
  parent: Entry | undefined;
  readonly children: Map<string, Entry>;
  readonly attributes: Map<string, readonly Value[]>;
  /** By forward link: the objects that it names. */
  readonly links: Map<string, Set<Entry>>;
  /** By forward link: the objects that name this one. */
  readonly backLinks: Map<string, Set<Entry>>;
  descriptor: Descriptor;
  password: PasswordRecord | undefined;
  /** It is the root of a partition (naming context). */
  readonly partition: boolean;
  deleted: boolean;
};

/** The first value of a text attribute. */
export function text(entry: Entry, name: string): string | undefined {
  const value = entry.attributes.get(name.toLowerCase())?.[0];
  return typeof value === "string" ? value : undefined;
}

/** The first value as a number; undefined when there is none. */
export function number(entry: Entry, name: string): number | undefined {
  const value = text(entry, name);
  return value === undefined ? undefined : Number(value);
}

export function isGroup(entry: Entry): boolean {
  return entry.className === "group";
}

/** Whether the entry is the other one or lies below it. */
export function isWithin(entry: Entry, other: Entry): boolean {
  for (let one: Entry | undefined = entry; one !== undefined; one = one.parent)
    if (one === other) return true;
  return false;
}

/** A security descriptor without anything of its own: all rights are inherited. */
export function plainDescriptor(owner: string, aces: readonly Ace[] = []): Descriptor {
  return { owner, group: owner, protected: false, aces };
}
