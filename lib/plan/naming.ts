import type { Configuration } from "#lib/model/configuration.ts";
import { childDn, type Dn, dnKey } from "#lib/model/dn.ts";
import type { CloudGroup } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";

/** What of the configuration decides the names. */
export type NamingRule = Pick<Configuration, "naming" | "namingPattern">;

/** What of a group its name is made from. */
export type NamedGroup = Pick<CloudGroup, "id" | "displayName"> & { readonly mailNickname?: string | null };

/** AD's limit for `cn`, in UTF-16 units (attribute Common-Name, rangeUpper). */
const commonNameLimit = 64;
const displayNamePart = 51;

/** Cuts to at most `limit` UTF-16 units without splitting a surrogate pair. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? limit - 1 : limit);
}

/** AD refuses NUL in a name and shows other control characters as garbage; lone surrogates are not UTF-8. */
function printable(text: string): string {
  return text.toWellFormed().replace(/\p{Cc}/gu, " ");
}

/** The last 12 hex digits of the object id: the last block of the GUID. */
function shortId(id: ObjectId): string {
  return id.slice(-12);
}

const placeholder = /\{([^{}]*)\}/g;
const placeholders = ["displayName", "mailNickname", "objectId", "shortId"];

/** Throws E5010 when a pattern has an unknown placeholder, or none that tells groups apart. */
export function checkNamingPattern(pattern: string): void {
  const used = [...pattern.matchAll(placeholder)].map(([, name = ""]) => name);
  const unknown = used.find((name) => !placeholders.includes(name));
  if (unknown !== undefined) throw new Failure("E5010", { why: `There is no placeholder {${unknown}}.` });
  if (used.length === 0) throw new Failure("E5010", { why: "It gives every group the same name." });
}

/** The pattern's text; what is too long is taken from the names, never from the part that tells groups apart. */
function byPattern(pattern: string, group: NamedGroup): string {
  const fill = (room: number) =>
    pattern.replace(placeholder, (_, name: string) => {
      if (name === "objectId") return group.id;
      if (name === "shortId") return shortId(group.id);
      const text = name === "mailNickname" ? (group.mailNickname ?? "") : group.displayName;
      return cut(printable(text).trim(), room).trim();
    });
  let room = commonNameLimit;
  let name = printable(fill(room)).trim();
  while (name.length > commonNameLimit && room > 0) name = printable(fill(--room)).trim();
  return cut(name, commonNameLimit).trim() || `Group_${group.id}`;
}

/**
 * The group's `cn` under a naming: `Group_<object id>`, or the display name cut to 51 units, `_` and the last
 * 12 digits of the object id, together at most 64 (facts.md 4.1: Cloud Sync's default expression), or the pattern.
 */
export function commonName({ naming, namingPattern }: NamingRule, group: NamedGroup): string {
  if (naming === "objectId") return `Group_${group.id}`;
  if (naming === "pattern") return byPattern(namingPattern, group);
  const name = cut(printable(group.displayName).trim(), displayNamePart).trim();
  return `${name}_${shortId(group.id)}`.slice(0, commonNameLimit);
}

/** The DN that the group has under this naming and target. */
export function groupDn(rule: NamingRule, group: NamedGroup, target: Dn): Dn {
  return childDn("CN", commonName(rule, group), target);
}

/**
 * The sAMAccountName a group gets when it is created; it is never changed afterwards, since people and programs
 * keep it. Characters that AD forbids in it (MS-SAMR 3.1.1.8.4, attribute constraints: `"/\[]:;|=,+*?<>`, `@`
 * for the sake of UPNs, and a trailing period) become `_`; the end of the object id makes it unique.
 */
export function samAccountName(rule: NamingRule, group: NamedGroup): string {
  const name = commonName(rule, group).replace(/["/\\[\]:;|=,+*?<>@]/g, "_");
  return name.includes(shortId(group.id)) && !name.endsWith(".") ? name : `${name}_${shortId(group.id)}`;
}

/** Which groups would get the same DN, as AD compares names; by that name. */
export function duplicateNames(
  groups: Iterable<{ readonly id: ObjectId; readonly dn: Dn }>,
): ReadonlyMap<string, readonly ObjectId[]> {
  const ids = new Map<string, ObjectId[]>();
  for (const { id, dn } of groups) {
    const same = ids.get(dnKey(dn));
    if (same === undefined) ids.set(dnKey(dn), [id]);
    else same.push(id);
  }
  return new Map([...ids].filter(([, same]) => same.length > 1));
}
