import type { CloudGroup, OnPremisesGroupType } from "#lib/model/group.ts";
import { anchorValue } from "#lib/plan/anchor.ts";

/** Values by LDAP attribute name; an empty list means that the attribute is not set. */
export type Attributes = Readonly<Record<string, readonly string[]>>;

/** The signed 32-bit groupType of each kind (MS-ADTS 2.2.12: 8 is universal, the top bit makes it a security group). */
const groupTypes: Record<OnPremisesGroupType, string> = {
  universalDistributionGroup: "8",
  universalSecurityGroup: "-2147483640",
  universalMailEnabledSecurityGroup: "-2147483640",
};

/** Limits of the AD schema, in characters: displayName's rangeUpper, and the cut that Connect makes (facts.md 4.2). */
const displayNameLimit = 256;
const descriptionLimit = 448;

/** AD holds no empty strings: a blank value is an attribute that is not set. */
function text(value: string | null, limit: number): readonly string[] {
  const trimmed = (value ?? "").toWellFormed().trim();
  const cut = trimmed
    .slice(0, limit)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trim();
  return cut === "" ? [] : [cut];
}

/**
 * The attributes that a written-back group has, all of them owned by the cloud.
 * `externalDirectoryObjectId` says whether the forest's schema has that anchor attribute.
 */
export function attributesOf(
  group: CloudGroup,
  type: OnPremisesGroupType,
  externalDirectoryObjectId: boolean,
): Attributes {
  return {
    displayName: text(group.displayName, displayNameLimit),
    description: text(group.description, descriptionLimit),
    groupType: [groupTypes[type]],
    adminDescription: [anchorValue(group.id)],
    ...(externalDirectoryObjectId ? { "msDS-ExternalDirectoryObjectId": [anchorValue(group.id)] } : {}),
  };
}
