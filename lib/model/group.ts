import { z } from "zod";
import { guid, objectId, sid } from "#lib/model/identifier.ts";

/** What kind of group the cloud holds (facts.md 6.3: from groupTypes, securityEnabled and mailEnabled). */
export const cloudGroupKind = z.enum(["microsoft365", "security", "mailEnabledSecurity", "distribution"]);
export type CloudGroupKind = z.infer<typeof cloudGroupKind>;

/** A group's own setting in the tenant (Graph beta `writebackConfiguration`); null is “not set”. */
export const writebackConfiguration = z.object({
  isEnabled: z.boolean().nullable(),
  onPremisesGroupType: z.string().nullable(),
});
export type WritebackConfiguration = z.infer<typeof writebackConfiguration>;

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
  mail: z.string().nullable(),
  mailNickname: z.string().nullable(),
  proxyAddresses: z.array(z.string()),
  /** Its AD group's SID, for a group that is synced or once was. */
  sid: sid.nullable(),
  /** Its source of authority was moved from AD to the cloud (`onPremisesSyncBehavior.isCloudManaged`). */
  cloudManaged: z.boolean(),
  /** null: not read. */
  writeback: writebackConfiguration.nullable(),
  /** Directory extensions that were asked for, by their full names. */
  extensions: z.record(z.string(), z.string()),
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
  /** For a contact, which Graph names on premises in no other way. */
  mail: z.string().nullable(),
});
export type Principal = z.infer<typeof principal>;

/** What a cloud group becomes in AD: the values of Graph's `onPremisesGroupType` (facts.md 1.4). */
export const onPremisesGroupType = z.enum([
  "universalDistributionGroup",
  "universalSecurityGroup",
  "universalMailEnabledSecurityGroup",
]);
export type OnPremisesGroupType = z.infer<typeof onPremisesGroupType>;
