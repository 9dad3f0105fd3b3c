import type { CloudGroupKind, OnPremisesGroupType } from "#lib/model/group.ts";
import type { Condition, Withdrawal } from "#lib/model/selection.ts";

export const kindWords: Record<CloudGroupKind, { readonly one: string; readonly many: string }> = {
  microsoft365: { one: "a Microsoft 365 group", many: "Microsoft 365 groups" },
  security: { one: "a security group", many: "security groups" },
  mailEnabledSecurity: { one: "a mail-enabled security group", many: "mail-enabled security groups" },
  distribution: { one: "a distribution list", many: "distribution lists" },
};

export const typeWords: Record<OnPremisesGroupType, string> = {
  universalDistributionGroup: "a universal distribution group",
  universalSecurityGroup: "a universal security group",
  universalMailEnabledSecurityGroup: "a universal mail-enabled security group",
};

/** What becomes of an AD group that is not written any more. */
export const withdrawalWords: Record<Withdrawal, string> = {
  keep: "It stays as it is.",
  convertToDistribution: "It becomes a distribution group, which gives no rights.",
  delete: "The next cycle deletes it.",
};

function quoted(text: string): string {
  return `“${text}”`;
}

/** What a condition says of a group, and the contrary. */
function statements(condition: Condition): readonly [holds: string, not: string] {
  switch (condition.by) {
    case "groups":
      return ["it is one of the chosen groups", "it is not one of the chosen groups"];
    case "displayName": {
      const form = `the form ${quoted(condition.pattern)}`;
      return [`its name has ${form}`, `its name does not have ${form}`];
    }
    case "kind": {
      const kinds = condition.kinds.map((kind) => kindWords[kind].one).join(" or ");
      return [`it is ${kinds}`, `it is not ${kinds}`];
    }
    case "mailEnabled":
      return ordered(condition.value, "it is mail-enabled", "it is not mail-enabled");
    case "dynamic":
      return ordered(condition.value, "a rule finds its members", "its members are assigned by hand");
    case "roleAssignable":
      return ordered(
        condition.value,
        "Entra roles can be assigned to it",
        "Entra roles cannot be assigned to it",
      );
    case "owner": {
      const owner = quoted(condition.owner.displayName);
      return [`${owner} owns it`, `${owner} does not own it`];
    }
    case "administrativeUnit": {
      const unit = `in the administrative unit ${quoted(condition.unit.displayName)}`;
      return [`it is ${unit}`, `it is not ${unit}`];
    }
    case "memberOf": {
      const member = `a direct member of ${quoted(condition.group.displayName)}`;
      return [`it is ${member}`, `it is not ${member}`];
    }
    case "extensionAttribute": {
      const form = `the form ${quoted(condition.pattern)}`;
      return [
        `its attribute ${condition.attribute} has ${form}`,
        `its attribute ${condition.attribute} does not have ${form}`,
      ];
    }
  }
}

function ordered(value: boolean, yes: string, no: string): readonly [string, string] {
  return value ? [yes, no] : [no, yes];
}

/** What is true of a group for which a condition holds, or does not; without a capital letter and a period. */
export function conditionWords(condition: Condition, holds: boolean): string {
  const [yes, no] = statements(condition);
  return holds ? yes : no;
}
