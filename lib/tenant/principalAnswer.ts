import { z } from "zod";
import type { Principal, PrincipalKind } from "#lib/model/group.ts";
import { guidFromImmutableId, objectId, sid } from "#lib/model/identifier.ts";
import { removal } from "#lib/tenant/page.ts";

/** What of a principal finds it on premises; each type in Graph has some of these. */
export const principalAnswer = z.object({
  "@odata.type": z.string().optional(),
  id: objectId,
  displayName: z.string().nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  onPremisesSecurityIdentifier: sid.nullish(),
  onPremisesImmutableId: z.string().nullish(),
  mail: z.string().nullish(),
  "@removed": removal.optional(),
});

const common = ["id", "displayName", "onPremisesSyncEnabled"] as const;

/** `$select` for each kind; a device has no immutable id in Graph, and a contact not even a SID (facts.md 6.3). */
export const principalSelect = {
  user: [...common, "onPremisesSecurityIdentifier", "onPremisesImmutableId"].join(","),
  group: [...common, "onPremisesSecurityIdentifier"].join(","),
  device: [...common, "onPremisesSecurityIdentifier"].join(","),
  contact: [...common, "mail"].join(","),
  any: [...common, "onPremisesSecurityIdentifier", "onPremisesImmutableId", "mail"].join(","),
} as const;

const kinds: Readonly<Record<string, PrincipalKind>> = {
  "#microsoft.graph.user": "user",
  "#microsoft.graph.group": "group",
  "#microsoft.graph.device": "device",
  "#microsoft.graph.orgContact": "contact",
  "#microsoft.graph.servicePrincipal": "servicePrincipal",
};

/** What an `@odata.type` stands for; a user where Graph leaves it out. */
export function principalKindOf(type: string | undefined): PrincipalKind {
  return kinds[type ?? ""] ?? "user";
}

export function principalOf(kind: PrincipalKind, answer: z.infer<typeof principalAnswer>): Principal {
  return {
    id: answer.id,
    kind,
    displayName: answer.displayName ?? "",
    synced: answer.onPremisesSyncEnabled === true,
    sid: answer.onPremisesSecurityIdentifier ?? null,
    guid: guidFromImmutableId(answer.onPremisesImmutableId ?? "") ?? null,
    mail: kind === "contact" ? (answer.mail ?? null) : null,
  };
}
