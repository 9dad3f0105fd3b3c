import { z } from "zod";

/** What a PATCH of a group may hold. */
export const groupEdit = z.strictObject({
  displayName: z.string().exactOptional(),
  description: z.string().nullable().exactOptional(),
  mailEnabled: z.boolean().exactOptional(),
  mailNickname: z.string().exactOptional(),
  securityEnabled: z.boolean().exactOptional(),
  visibility: z.enum(["Private", "Public", "HiddenMembership"]).nullable().exactOptional(),
  membershipRule: z.string().nullable().exactOptional(),
  membershipRuleProcessingState: z.enum(["On", "Paused"]).nullable().exactOptional(),
  writebackConfiguration: z
    .strictObject({
      isEnabled: z.boolean().nullable().default(null),
      onPremisesGroupType: z
        .enum(["universalDistributionGroup", "universalSecurityGroup", "universalMailEnabledSecurityGroup"])
        .nullable()
        .default(null),
    })
    .exactOptional(),
});

/** What a new group needs and may hold. */
export const newGroup = groupEdit.extend({
  id: z
    .guid()
    .transform((text) => text.toLowerCase())
    .exactOptional(),
  displayName: z.string(),
  mailEnabled: z.boolean(),
  mailNickname: z.string(),
  securityEnabled: z.boolean(),
  groupTypes: z.array(z.enum(["Unified", "DynamicMembership"])).exactOptional(),
  isAssignableToRole: z.boolean().exactOptional(),
});
