import type { Configuration, Naming } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import type { Body } from "#lib/model/messages.ts";
import type { Withdrawal } from "#lib/model/selection.ts";

/** What the admin decides on pages W5 and W6. */
export type Decisions = {
  readonly groupWriteback: boolean;
  readonly microsoft365Groups: boolean;
  readonly securityGroups: boolean;
  readonly withdrawal: Withdrawal;
  /** As typed. */
  readonly deletionThreshold: string;
  readonly target: Dn | null;
  readonly naming: Naming;
};

/** Before anything was decided: nothing is written back, and as in Entra Connect Microsoft 365 groups come first. */
const undecided: Decisions = {
  groupWriteback: false,
  microsoft365Groups: true,
  securityGroups: false,
  withdrawal: "keep",
  deletionThreshold: "500",
  target: null,
  naming: "objectId",
};

/** What holds on the pages: what was decided here, else what the agent is configured with, else the safe default. */
export function decisionsOf(decided: Partial<Decisions>, configuration: Configuration | null): Decisions {
  const configured: Partial<Decisions> =
    configuration === null
      ? {}
      : {
          groupWriteback: true,
          microsoft365Groups: configuration.scope.microsoft365Groups,
          securityGroups: configuration.scope.securityGroups,
          withdrawal: configuration.withdrawal,
          deletionThreshold: String(configuration.deletionThreshold),
          target: configuration.target,
          naming: configuration.naming,
        };
  return { ...undecided, ...configured, ...decided };
}

/** The number that was typed, or undefined when it is not a whole number from 0. */
export function thresholdOf(typed: string): number | undefined {
  const text = typed.trim();
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The messages for the fields of page W5 that hold no decision yet, by field id. */
export function featureErrors(decisions: Decisions): Record<string, string> {
  if (!decisions.groupWriteback)
    return {
      groupWriteback:
        "Tick Group writeback to go on: it is the feature that this wizard sets up. To leave without changing anything, choose Cancel.",
    };
  if (!decisions.microsoft365Groups && !decisions.securityGroups)
    return { microsoft365Groups: "Tick at least one kind of group to write back." };
  if (decisions.withdrawal === "delete" && thresholdOf(decisions.deletionThreshold) === undefined)
    return { deletionThreshold: "Enter a whole number from 0, such as 500." };
  return {};
}

/** The configuration to run with, or undefined while something is undecided. */
export function configurationOf(
  decisions: Decisions,
  configured: Configuration | null,
): Body<"startRun">["configuration"] | undefined {
  const { microsoft365Groups, securityGroups, target, naming, withdrawal } = decisions;
  if (target === null || Object.keys(featureErrors(decisions)).length > 0) return undefined;
  const deletionThreshold = thresholdOf(decisions.deletionThreshold);
  return {
    // What the pages do not show stays as it is.
    ...configured,
    version: 1,
    scope: { ...configured?.scope, microsoft365Groups, securityGroups },
    target,
    naming,
    withdrawal,
    ...(deletionThreshold === undefined ? {} : { deletionThreshold }),
  };
}
