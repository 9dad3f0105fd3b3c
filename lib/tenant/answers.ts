import { z } from "zod";
import type { CloudGroup, CloudGroupKind, Principal, PrincipalKind } from "#lib/model/group.ts";
import { guidFromImmutableId, type ObjectId, objectId, sid } from "#lib/model/identifier.ts";

/** The forms of Graph's answers as far as we read them, and how they become our nouns (facts.md 6.3 and 6.4). */
export const groupProperties = [
  "id",
  "displayName",
  "description",
  "groupTypes",
  "mailEnabled",
  "securityEnabled",
  "onPremisesSyncEnabled",
  "isAssignableToRole",
] as const;

export const userProperties = [
  "id",
  "displayName",
  "onPremisesSyncEnabled",
  "onPremisesSecurityIdentifier",
  "onPremisesImmutableId",
] as const;

const removed = z.object({ reason: z.enum(["changed", "deleted"]) });

const member = z.object({
  "@odata.type": z.string().optional(),
  id: objectId,
  "@removed": removed.optional(),
});

export const group = z.object({
  id: objectId,
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  groupTypes: z.array(z.string()).nullish(),
  mailEnabled: z.boolean().nullish(),
  securityEnabled: z.boolean().nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  isAssignableToRole: z.boolean().nullish(),
  "members@delta": z.array(member).optional(),
  "@removed": removed.optional(),
});
export type GroupAnswer = z.infer<typeof group>;

const links = { "@odata.nextLink": z.url().optional() };
export const groupPage = z.object({
  value: z.array(group),
  ...links,
  "@odata.deltaLink": z.url().optional(),
});
export const userPage = z.object({
  value: z.array(
    z.object({
      id: objectId,
      displayName: z.string().nullish(),
      onPremisesSyncEnabled: z.boolean().nullish(),
      onPremisesSecurityIdentifier: sid.nullish(),
      onPremisesImmutableId: z.string().nullish(),
    }),
  ),
  ...links,
});
export const syncedGroupPage = z.object({
  value: z.array(
    z.object({
      id: objectId,
      displayName: z.string().nullish(),
      onPremisesSecurityIdentifier: sid.nullish(),
    }),
  ),
  ...links,
});
export const organizationPage = z.object({
  value: z.array(
    z.object({
      id: objectId,
      displayName: z.string(),
      verifiedDomains: z.array(z.object({ name: z.string(), isDefault: z.boolean().nullish() })),
    }),
  ),
});

function kindOf({ groupTypes, mailEnabled, securityEnabled }: GroupAnswer): CloudGroupKind {
  if (groupTypes?.includes("Unified")) return "microsoft365";
  if (mailEnabled) return securityEnabled ? "mailEnabledSecurity" : "distribution";
  return "security";
}

/** The group that an answer describes in full, or undefined when it only carries members of a group told before. */
export function cloudGroupOf(answer: GroupAnswer): CloudGroup | undefined {
  if (answer["@removed"] !== undefined || answer.groupTypes === undefined) return undefined;
  return {
    id: answer.id,
    displayName: answer.displayName ?? "",
    description: answer.description ?? null,
    kind: kindOf(answer),
    dynamic: answer.groupTypes?.includes("DynamicMembership") ?? false,
    synced: answer.onPremisesSyncEnabled === true,
    roleAssignable: answer.isAssignableToRole === true,
  };
}

const kinds: Readonly<Record<string, PrincipalKind>> = {
  "#microsoft.graph.user": "user",
  "#microsoft.graph.group": "group",
  "#microsoft.graph.device": "device",
  "#microsoft.graph.orgContact": "contact",
  "#microsoft.graph.servicePrincipal": "servicePrincipal",
};

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
        kind: kinds[entry["@odata.type"] ?? ""] ?? "user",
      })),
    removed: members
      .filter((entry) => entry["@removed"] !== undefined)
      .map((entry) => ({ group: answer.id, member: entry.id })),
  };
}

export function userOf(answer: z.infer<typeof userPage>["value"][number]): Principal {
  return {
    id: answer.id,
    kind: "user",
    displayName: answer.displayName ?? "",
    synced: answer.onPremisesSyncEnabled === true,
    sid: answer.onPremisesSecurityIdentifier ?? null,
    guid: guidFromImmutableId(answer.onPremisesImmutableId ?? "") ?? null,
  };
}

export function syncedGroupOf(answer: z.infer<typeof syncedGroupPage>["value"][number]): Principal {
  const { id, displayName, onPremisesSecurityIdentifier } = answer;
  return {
    id,
    kind: "group",
    displayName: displayName ?? "",
    synced: true,
    sid: onPremisesSecurityIdentifier ?? null,
    guid: null,
  };
}
