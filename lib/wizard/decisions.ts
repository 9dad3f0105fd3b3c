import type { Configuration, Naming } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import type { AttributeMapping } from "#lib/model/mapping.ts";
import type { Body } from "#lib/model/messages.ts";
import type { Selection, Withdrawal } from "#lib/model/selection.ts";
import { selectionErrors } from "#lib/wizard/selection-form.ts";

/** What the admin decides on pages W5 and W6 and on those below W6. Numbers are as typed. */
export type Decisions = {
  readonly groupWriteback: boolean;
  readonly microsoft365Groups: boolean;
  readonly securityGroups: boolean;
  /** Whether the selections count; they are kept while they do not. */
  readonly ownSelections: boolean;
  readonly selections: readonly Selection[];
  readonly withdrawal: Withdrawal;
  readonly deletionThreshold: string;
  readonly target: Dn | null;
  readonly naming: Naming;
  readonly namingPattern: string;
  readonly mapping: readonly AttributeMapping[];
  readonly decidedBy: Configuration["scope"]["decidedBy"];
  readonly roleAssignableGroups: boolean;
  readonly stagingMode: boolean;
  /** Empty: none. */
  readonly takeOverAttribute: string;
  /** Empty: this guard is off; so with the next two. */
  readonly deletionPercentage: string;
  readonly membershipRemovalThreshold: string;
  readonly changeThreshold: string;
};

/** Before anything was decided: nothing is written back, and as in Entra Connect Microsoft 365 groups come first. */
const undecided: Decisions = {
  groupWriteback: false,
  microsoft365Groups: true,
  securityGroups: false,
  ownSelections: false,
  selections: [],
  withdrawal: "keep",
  deletionThreshold: "500",
  target: null,
  naming: "objectId",
  namingPattern: "{displayName}_{shortId}",
  mapping: [],
  decidedBy: "kinds",
  roleAssignableGroups: false,
  stagingMode: false,
  takeOverAttribute: "",
  deletionPercentage: "",
  membershipRemovalThreshold: "",
  changeThreshold: "",
};

const typed = (value: number | null) => (value === null ? "" : String(value));

function configuredAs(configuration: Configuration): Decisions {
  const { scope, selections, takeOverAttribute } = configuration;
  return {
    groupWriteback: true,
    microsoft365Groups: scope.microsoft365Groups,
    securityGroups: scope.securityGroups,
    ownSelections: selections.length > 0,
    selections,
    withdrawal: configuration.withdrawal,
    deletionThreshold: String(configuration.deletionThreshold),
    target: configuration.target,
    naming: configuration.naming,
    namingPattern: configuration.namingPattern,
    mapping: configuration.mapping,
    decidedBy: scope.decidedBy,
    roleAssignableGroups: scope.roleAssignableGroups,
    stagingMode: configuration.stagingMode,
    takeOverAttribute: takeOverAttribute ?? "",
    deletionPercentage: typed(configuration.deletionPercentage),
    membershipRemovalThreshold: typed(configuration.membershipRemovalThreshold),
    changeThreshold: typed(configuration.changeThreshold),
  };
}

/** What holds on the pages: what was decided here, else what the agent is configured with, else the safe default. */
export function decisionsOf(decided: Partial<Decisions>, configuration: Configuration | null): Decisions {
  return { ...undecided, ...(configuration === null ? {} : configuredAs(configuration)), ...decided };
}

/** The number that was typed, or undefined when it is not a whole number from 0. */
export function thresholdOf(typed: string): number | undefined {
  const text = typed.trim();
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** As `thresholdOf`, for a guard that is off (null) while nothing is typed. */
function optionalThresholdOf(typed: string): number | null | undefined {
  return typed.trim() === "" ? null : thresholdOf(typed);
}

/** The messages for the fields of page W5 that hold no decision yet, by field id. */
export function featureErrors(decisions: Decisions): Record<string, string> {
  if (!decisions.groupWriteback)
    return {
      groupWriteback:
        "Tick Group writeback to go on: it is the feature that this wizard sets up. To leave without changing anything, choose Cancel.",
    };
  if (!decisions.microsoft365Groups && !decisions.securityGroups && !decisions.ownSelections)
    return { microsoft365Groups: "Tick at least one kind of group to write back." };
  if (decisions.withdrawal === "delete" && thresholdOf(decisions.deletionThreshold) === undefined)
    return { deletionThreshold: "Enter a whole number from 0, such as 500." };
  return {};
}

/** The same for the names on page W6. The agent checks the pattern's placeholders when it previews. */
export function namingErrors({ naming, namingPattern }: Decisions): Record<string, string> {
  return naming === "pattern" && !/\{\w+\}/.test(namingPattern)
    ? { namingPattern: "Enter a pattern with at least one placeholder, such as {displayName}_{shortId}." }
    : {};
}

/** The same for page W6b. */
export function mappingErrors({ mapping }: Decisions): Record<string, string> {
  const attributes = mapping.map(({ attribute }) => attribute.toLowerCase());
  return Object.fromEntries(
    mapping.flatMap(({ attribute, source }, index) => {
      if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(attribute))
        return [[`attribute-${index}`, "Enter an attribute's LDAP name, such as info."]];
      if (attributes.indexOf(attribute.toLowerCase()) !== index)
        return [[`attribute-${index}`, `The attribute ${attribute} is mapped above already.`]];
      if (source.from === "expression" && source.expression.trim() === "")
        return [[`value-${index}`, "Enter an expression, such as Append([displayName], “ (cloud)”)."]];
      return [];
    }),
  );
}

/** The same for page W6c. */
export function advancedErrors(decisions: Decisions): Record<string, string> {
  const errors: Record<string, string> = {};
  const attribute = decisions.takeOverAttribute.trim();
  if (attribute !== "" && !/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(attribute))
    errors.takeOverAttribute = "Enter an attribute's LDAP name, such as info, or nothing.";
  if (percentageOf(decisions.deletionPercentage) === undefined)
    errors.deletionPercentage = "Enter a number from 0 to 100, or nothing.";
  for (const field of ["membershipRemovalThreshold", "changeThreshold"] as const) {
    if (optionalThresholdOf(decisions[field]) === undefined)
      errors[field] = "Enter a whole number from 0, or nothing.";
  }
  return errors;
}

function percentageOf(typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === "") return null;
  return /^\d{1,3}(\.\d+)?$/.test(text) && Number(text) <= 100 ? Number(text) : undefined;
}

/** The configuration to run with, or undefined while something is undecided. */
export function configurationOf(
  decisions: Decisions,
): NonNullable<Body<"startRun">["configuration"]> | undefined {
  const { microsoft365Groups, securityGroups, decidedBy, roleAssignableGroups, target } = decisions;
  const checks = [featureErrors, namingErrors, selectionErrors, mappingErrors, advancedErrors];
  if (target === null || checks.some((check) => Object.keys(check(decisions)).length > 0)) return undefined;
  const deletionThreshold = thresholdOf(decisions.deletionThreshold);
  return {
    version: 1,
    scope: { decidedBy, microsoft365Groups, securityGroups, roleAssignableGroups },
    selections: decisions.ownSelections ? [...decisions.selections] : [],
    target,
    naming: decisions.naming,
    namingPattern: decisions.namingPattern,
    mapping: [...decisions.mapping],
    withdrawal: decisions.withdrawal,
    takeOverAttribute: decisions.takeOverAttribute.trim() || null,
    stagingMode: decisions.stagingMode,
    ...(deletionThreshold === undefined ? {} : { deletionThreshold }),
    deletionPercentage: percentageOf(decisions.deletionPercentage) ?? null,
    membershipRemovalThreshold: optionalThresholdOf(decisions.membershipRemovalThreshold) ?? null,
    changeThreshold: optionalThresholdOf(decisions.changeThreshold) ?? null,
  };
}
