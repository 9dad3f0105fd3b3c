import type { CloudGroup, OnPremisesGroupType } from "#lib/model/group.ts";
import type { AttributeMapping } from "#lib/model/mapping.ts";
import { anchorValue } from "#lib/plan/anchor.ts";
import { mappedValues } from "#lib/plan/mapping.ts";

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
const mailLimit = 256;

/** AD holds no empty strings: a blank value is an attribute that is not set. */
function text(value: string | null, limit: number): readonly string[] {
  const trimmed = (value ?? "").toWellFormed().trim();
  const cut = trimmed
    .slice(0, limit)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trim();
  return cut === "" ? [] : [cut];
}

/** What the schema of the forest has. */
export type SchemaFacts = { readonly externalDirectoryObjectId: boolean };

/** The values that an attribute should have, and when they are written. */
export type DesiredValue = { readonly values: readonly string[]; readonly apply: AttributeMapping["apply"] };

/** The attributes that a written-back group should have, the admin's mapping before the product's own. */
export function attributesOf(
  group: CloudGroup,
  type: OnPremisesGroupType,
  mapping: readonly AttributeMapping[],
  { externalDirectoryObjectId }: SchemaFacts,
): Readonly<Record<string, DesiredValue>> {
  const always = (values: readonly string[]): DesiredValue => ({ values, apply: "always" });
  return {
    displayName: always(text(group.displayName, displayNameLimit)),
    description: always(text(group.description, descriptionLimit)),
    groupType: always([groupTypes[type]]),
    adminDescription: always([anchorValue(group.id)]),
    ...(externalDirectoryObjectId
      ? { "msDS-ExternalDirectoryObjectId": always([anchorValue(group.id)]) }
      : {}),
    ...mailOf(group, type),
    ...Object.fromEntries(
      mapping.map((entry) => [entry.attribute, { values: mappedValues(entry, group), apply: entry.apply }]),
    ),
  };
}

/** A group with a mailbox or address keeps its address; a security group of AD has none (facts.md 4.2 and 4.4). */
function mailOf(group: CloudGroup, type: OnPremisesGroupType): Readonly<Record<string, DesiredValue>> {
  if (group.kind === "security" && type === "universalSecurityGroup") return {};
  return { mail: { values: text(group.mail, mailLimit), apply: "always" } };
}
