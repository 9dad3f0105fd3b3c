import { z } from "zod";
import { guid, objectId, sid } from "#lib/model/identifier.ts";

/** What kind of group the cloud holds (facts.md 6.3: from groupTypes, securityEnabled and mailEnabled). */
export const cloudGroupKind = z.enum(["microsoft365", "security", "mailEnabledSecurity", "distribution"]);
export type CloudGroupKind = z.infer<typeof cloudGroupKind>;

/** A group of the tenant, as far as a cycle reads it. */
export const cloudGroup = z.object({
  id: objectId,
  displayName: z.string(),
  description: z.string().nullable(),
  kind: cloudGroupKind,
  dynamic: z.boolean(),
  /** Its source of authority is an on-premises directory. */
  synced: z.boolean(),
  roleAssignable: z.boolean(),
});
export type CloudGroup = z.infer<typeof cloudGroup>;

export const principalKind = z.enum(["user", "group", "device", "contact", "servicePrincipal"]);
export type PrincipalKind = z.infer<typeof principalKind>;

/** Something of the tenant that can be a member, with what finds it on premises. */
export const principal = z.object({
  id: objectId,
  kind: principalKind,
  displayName: z.string(),
  synced: z.boolean(),
  sid: sid.nullable(),
  /** objectGUID on premises, from the immutable id. */
  guid: guid.nullable(),
});
export type Principal = z.infer<typeof principal>;

/** What a cloud group becomes in AD: the values of Graph's `onPremisesGroupType` (facts.md 1.4). */
export const onPremisesGroupType = z.enum([
  "universalDistributionGroup",
  "universalSecurityGroup",
  "universalMailEnabledSecurityGroup",
]);
export type OnPremisesGroupType = z.infer<typeof onPremisesGroupType>;
