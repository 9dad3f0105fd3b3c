import type { CloudGroupKind, OnPremisesGroupType } from "#lib/model/group.ts";
import type { Condition } from "#lib/model/selection.ts";

export const conditionNames: Readonly<Record<Condition["by"], string>> = {
  displayName: "Display name",
  groups: "Chosen groups",
  kind: "Kind of group",
  mailEnabled: "Mail-enabled",
  dynamic: "Membership type",
  roleAssignable: "Role-assignable",
  owner: "Owner",
  administrativeUnit: "Administrative unit",
  memberOf: "Member of a pilot group",
  extensionAttribute: "Extension attribute",
};

export const kindNames: Readonly<Record<CloudGroupKind, string>> = {
  microsoft365: "Microsoft 365 groups",
  security: "Security groups",
  mailEnabledSecurity: "Mail-enabled security groups",
  distribution: "Distribution groups",
};

export const typeNames: Readonly<Record<OnPremisesGroupType, string>> = {
  universalDistributionGroup: "Universal distribution group",
  universalSecurityGroup: "Universal security group",
  universalMailEnabledSecurityGroup: "Universal mail-enabled security group",
};

/** Both answers to a condition that asks yes or no. */
export const truthNames = {
  mailEnabled: { yes: "is mail-enabled", no: "is not mail-enabled" },
  dynamic: { yes: "has dynamic membership", no: "has assigned membership" },
  roleAssignable: { yes: "is role-assignable", no: "is not role-assignable" },
};

/** A condition as a part of a sentence about a group. */
export function conditionWords(condition: Condition): string {
  switch (condition.by) {
    case "groups":
      return `is one of ${condition.groups.map((group) => `“${group.displayName}”`).join(", ") || "…"}`;
    case "displayName":
      return `is named like “${condition.pattern || "…"}”`;
    case "kind":
      return `is one of the ${condition.kinds.map((kind) => kindNames[kind]).join(", ") || "…"}`;
    case "mailEnabled":
    case "dynamic":
    case "roleAssignable":
      return truthNames[condition.by][condition.value ? "yes" : "no"];
    case "owner":
      return `is owned by “${condition.owner.displayName || "…"}”`;
    case "administrativeUnit":
      return `is in the administrative unit “${condition.unit.displayName || "…"}”`;
    case "memberOf":
      return `is a member of “${condition.group.displayName || "…"}”`;
    case "extensionAttribute":
      return `has ${condition.attribute || "…"} like “${condition.pattern || "…"}”`;
  }
}
