import type { Naming } from "#lib/model/configuration.ts";
import { childDn, type Dn } from "#lib/model/dn.ts";
import type { ObjectId } from "#lib/model/identifier.ts";

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

/**
 * The group's `cn` under a naming: `Group_<object id>`, or the display name cut to 51 units, `_` and the last
 * 12 digits of the object id, together at most 64 (facts.md 4.1: Cloud Sync's default expression).
 */
export function commonName(
  naming: Naming,
  group: { readonly id: ObjectId; readonly displayName: string },
): string {
  if (naming === "objectId") return `Group_${group.id}`;
  const name = cut(printable(group.displayName).trim(), displayNamePart).trim();
  return `${name}_${shortId(group.id)}`.slice(0, commonNameLimit);
}

/** The DN that the group has under this naming and target. */
export function groupDn(
  naming: Naming,
  group: { readonly id: ObjectId; readonly displayName: string },
  target: Dn,
): Dn {
  return childDn("CN", commonName(naming, group), target);
}

/**
 * The sAMAccountName a group gets when it is created; it is never changed afterwards, since people and programs
 * keep it. Characters that AD forbids in it (MS-SAMR 3.1.1.8.4, attribute constraints: `"/\[]:;|=,+*?<>`, `@`
 * for the sake of UPNs, and a trailing period) become `_`; the end of the object id makes it unique.
 */
export function samAccountName(
  naming: Naming,
  group: { readonly id: ObjectId; readonly displayName: string },
): string {
  return commonName(naming, group).replace(/["/\\[\]:;|=,+*?<>@]/g, "_");
}
