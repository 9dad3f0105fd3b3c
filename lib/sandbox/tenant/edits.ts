import { z } from "zod";

const id = z.guid().transform((text) => text.toLowerCase());
const date = z.iso.datetime();
const nullable = z.string().nullable().exactOptional();

const writebackConfiguration = z.strictObject({
  isEnabled: z.boolean().nullable().default(null),
  onPremisesGroupType: z
    .enum(["universalDistributionGroup", "universalSecurityGroup", "universalMailEnabledSecurityGroup"])
    .nullable()
    .default(null),
});

/** What a PATCH of a group in v1.0 may hold. */
export const groupEdit = z.strictObject({
  displayName: z.string().exactOptional(),
  description: nullable,
  mailEnabled: z.boolean().exactOptional(),
  mailNickname: z.string().exactOptional(),
  securityEnabled: z.boolean().exactOptional(),
  visibility: z.enum(["Private", "Public", "HiddenMembership"]).nullable().exactOptional(),
  membershipRule: nullable,
  membershipRuleProcessingState: z.enum(["On", "Paused"]).nullable().exactOptional(),
});

/** And in beta. */
export const writebackEdit = z.strictObject({ writebackConfiguration });

/** What a new group needs and may hold. */
export const newGroup = groupEdit.extend({
  displayName: z.string(),
  mailEnabled: z.boolean(),
  mailNickname: z.string(),
  securityEnabled: z.boolean(),
  groupTypes: z.array(z.enum(["Unified", "DynamicMembership"])).exactOptional(),
  isAssignableToRole: z.boolean().exactOptional(),
});

/** What else somebody other than Graph sets on a group: Exchange Online, Entra Connect, Entra itself. */
const groupState = {
  groupTypes: newGroup.shape.groupTypes,
  isAssignableToRole: newGroup.shape.isAssignableToRole,
  mail: nullable,
  proxyAddresses: z.array(z.string()).exactOptional(),
  onPremisesSyncEnabled: z.boolean().nullable().exactOptional(),
  onPremisesLastSyncDateTime: date.nullable().exactOptional(),
  onPremisesSecurityIdentifier: nullable,
  onPremisesDomainName: nullable,
  onPremisesNetBiosName: nullable,
  onPremisesSamAccountName: nullable,
  onPremisesSyncBehavior: z.strictObject({ isCloudManaged: z.boolean() }).exactOptional(),
  writebackConfiguration: writebackConfiguration.exactOptional(),
  directoryExtensions: z
    .record(z.string().regex(/^extension_[0-9a-f]{32}_\w+$/i), z.union([z.string(), z.number(), z.boolean()]))
    .exactOptional(),
};
export const groupChange = groupEdit.extend(groupState);
export const groupEntry = newGroup.extend({ ...groupState, id: id.exactOptional() });

const userState = {
  givenName: nullable,
  surname: nullable,
  department: nullable,
  jobTitle: nullable,
  mail: nullable,
  userType: z.enum(["Member", "Guest"]).exactOptional(),
  accountEnabled: z.boolean().exactOptional(),
  onPremisesSyncEnabled: z.boolean().nullable().exactOptional(),
  onPremisesLastSyncDateTime: date.nullable().exactOptional(),
  onPremisesSecurityIdentifier: nullable,
  onPremisesDistinguishedName: nullable,
  onPremisesDomainName: nullable,
  onPremisesImmutableId: nullable,
  onPremisesSamAccountName: nullable,
  onPremisesUserPrincipalName: nullable,
};
export const userChange = z.strictObject({
  ...userState,
  displayName: z.string().exactOptional(),
  userPrincipalName: z.string().includes("@").exactOptional(),
});
export const userEntry = z.strictObject({
  ...userState,
  id: id.exactOptional(),
  displayName: z.string(),
  userPrincipalName: z.string().includes("@"),
});

export const deviceEntry = z.strictObject({
  id: id.exactOptional(),
  displayName: z.string(),
  onPremisesSyncEnabled: z.boolean().nullable().default(null),
  onPremisesSecurityIdentifier: z.string().nullable().default(null),
});
export const contactEntry = z.strictObject({
  id: id.exactOptional(),
  displayName: z.string(),
  mail: z.string().nullable(),
  onPremisesSyncEnabled: z.boolean().nullable().default(null),
});
export const unitEntry = z.strictObject({
  id: id.exactOptional(),
  displayName: z.string(),
  description: z.string().nullable().default(null),
});
