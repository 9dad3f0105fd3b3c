import { z } from "zod";
import type { CloudGroup, CloudGroupKind, PrincipalKind } from "#lib/model/group.ts";
import { type ObjectId, objectId, sid } from "#lib/model/identifier.ts";
import { removal } from "#lib/tenant/page.ts";
import { principalKindOf } from "#lib/tenant/principalAnswer.ts";

/** What is read of every group. `groupTypes` is never null, so that it tells a whole answer from a continued one. */
const groupProperties = [
  "id",
  "displayName",
  "description",
  "groupTypes",
  "mailEnabled",
  "securityEnabled",
  "mail",
  "mailNickname",
  "proxyAddresses",
  "onPremisesSyncEnabled",
  "onPremisesSecurityIdentifier",
  "isAssignableToRole",
] as const;

/** `$select` for groups with these directory extensions. */
export function groupSelect(extensions: readonly string[]): string {
  return [...groupProperties, ...new Set(extensions)].join(",");
}

const member = z.object({
  "@odata.type": z.string().optional(),
  id: objectId,
  "@removed": removal.optional(),
});
/** A group as Graph answers it, loose because directory extensions stand among its properties. */
export const groupAnswer = z.looseObject({
  id: objectId,
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  groupTypes: z.array(z.string()).nullish(),
  mailEnabled: z.boolean().nullish(),
  securityEnabled: z.boolean().nullish(),
  mail: z.string().nullish(),
  mailNickname: z.string().nullish(),
  proxyAddresses: z.array(z.string()).nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  onPremisesSecurityIdentifier: sid.nullish(),
  isAssignableToRole: z.boolean().nullish(),
  "members@delta": z.array(member).optional(),
  "@removed": removal.optional(),
});
export type GroupAnswer = z.infer<typeof groupAnswer>;

/** facts.md 6.3. */
export function groupKindOf({
  groupTypes,
  mailEnabled,
  securityEnabled,
}: Pick<GroupAnswer, "groupTypes" | "mailEnabled" | "securityEnabled">): CloudGroupKind {
  if (groupTypes?.includes("Unified")) return "microsoft365";
  if (mailEnabled) return securityEnabled ? "mailEnabledSecurity" : "distribution";
  return "security";
}

/**
 * The group that an answer describes in full, or undefined when it only carries members of a group told before.
 * `cloudManaged` is told apart: see `cloudManaged.ts`.
 */
export function cloudGroupOf(answer: GroupAnswer): CloudGroup | undefined {
  if (answer["@removed"] !== undefined || answer.groupTypes === undefined) return undefined;
  return {
    id: answer.id,
    displayName: answer.displayName ?? "",
    description: answer.description ?? null,
    kind: groupKindOf(answer),
    dynamic: answer.groupTypes?.includes("DynamicMembership") ?? false,
    synced: answer.onPremisesSyncEnabled === true,
    roleAssignable: answer.isAssignableToRole === true,
    mail: answer.mail ?? null,
    mailNickname: answer.mailNickname ?? null,
    proxyAddresses: answer.proxyAddresses ?? [],
    sid: answer.onPremisesSecurityIdentifier ?? null,
    cloudManaged: false,
    writeback: null,
    extensions: extensionsOf(answer),
  };
}

/** Texts, numbers and booleans as text; several values are joined by semicolons. */
function extensionsOf(answer: GroupAnswer): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer)) {
    if (!name.startsWith("extension_") || value === null) continue;
    values[name] = Array.isArray(value) ? value.join(";") : String(value);
  }
  return values;
}

/** The members that an answer adds to its group, and those that it takes away. */
export function membersOf(answer: GroupAnswer): {
  added: { group: ObjectId; member: ObjectId; kind: PrincipalKind }[];
  removed: { group: ObjectId; member: ObjectId }[];
} {
  const members = answer["members@delta"] ?? [];
  return {
    added: members
      .filter((entry) => entry["@removed"] === undefined)
      .map((entry) => ({
        group: answer.id,
        member: entry.id,
        kind: principalKindOf(entry["@odata.type"]),
      })),
    removed: members
      .filter((entry) => entry["@removed"] !== undefined)
      .map((entry) => ({ group: answer.id, member: entry.id })),
  };
}
