import type { Configuration } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { ChangeKind } from "#lib/model/plan.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { RunCounts } from "#lib/model/run.ts";

/** What the guards know about a plan and what it was made from. */
export type PlanFacts = {
  readonly configuration: Configuration;
  readonly cloudGroups: number;
  /** AD groups under the targets that carry an anchor. */
  readonly writtenBackGroups: number;
  /** The plan's changes by kind, and the memberships in them. */
  readonly counts: Pick<RunCounts, ChangeKind | "membersRemoved">;
  /** Names of the first groups that have changes of a kind, so that a problem can say which they are. */
  readonly names?: Readonly<Partial<Record<ChangeKind, readonly string[]>>>;
  /** Anchors that more than one AD group carries, with those groups. */
  readonly sharedAnchors: readonly { readonly anchor: ObjectId; readonly groups: readonly Dn[] }[];
  /** AD groups whose two anchor attributes name different cloud groups. */
  readonly disagreeingAnchors: readonly Dn[];
  /** Groups with a change that are privileged, or lie in a privileged group, so that new members gain its rights. */
  readonly privilegedChanges: readonly Dn[];
  /** What changes would write that lies in none of the target OUs. */
  readonly changesOutsideTargets: readonly Dn[];
};

/** A rule that holds a plan: the problem that a person is shown, or null where the rule lets it pass. */
export type Guard = (facts: PlanFacts) => Problem | null;
