import type { Configuration } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Problem } from "#lib/model/problem.ts";

/** What the guards know about a plan and what it was made from. */
export type PlanFacts = {
  readonly configuration: Configuration;
  readonly cloudGroups: number;
  /** AD groups under the target that carry an anchor. */
  readonly writtenBackGroups: number;
  readonly deletions: number;
  /** Anchors that more than one AD group carries, with those groups. */
  readonly sharedAnchors: readonly { readonly anchor: ObjectId; readonly groups: readonly Dn[] }[];
  /** AD groups whose two anchor attributes name different cloud groups. */
  readonly disagreeingAnchors: readonly Dn[];
};

/** A rule that holds a plan: the problem that a person is shown, or null where the rule lets it pass. */
export type Guard = (facts: PlanFacts) => Problem | null;
