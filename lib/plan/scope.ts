import type { Scope } from "#lib/model/configuration.ts";
import type { CloudGroup, CloudGroupKind, OnPremisesGroupType } from "#lib/model/group.ts";
import type { SkipReason } from "#lib/model/plan.ts";

/** Whether a cloud group is written back, and as what; or why it is not. */
export type ScopeVerdict =
  | { readonly inScope: true; readonly type: OnPremisesGroupType }
  | { readonly inScope: false; readonly reason: SkipReason };

/**
 * What each kind of cloud group becomes, and the switch that puts it in scope. Kinds that are missing can't be
 * written back: Entra Connect never supported mail-enabled security groups and distribution lists (facts.md 1.1).
 */
const kinds: Partial<Record<CloudGroupKind, { switch: keyof Scope; type: OnPremisesGroupType }>> = {
  microsoft365: { switch: "microsoft365Groups", type: "universalDistributionGroup" },
  security: { switch: "securityGroups", type: "universalSecurityGroup" },
};

/** Decides about one group. The first rule that matches gives the reason. */
export function decideScope(scope: Scope, group: CloudGroup): ScopeVerdict {
  const kind = kinds[group.kind];
  // AD is the source of authority of a synced group: writing it back would be a loop (facts.md 1.4).
  if (group.synced) return { inScope: false, reason: "group-synced-from-directory" };
  if (kind === undefined) return { inScope: false, reason: "group-kind-not-supported" };
  if (!scope[kind.switch]) return { inScope: false, reason: "group-kind-out-of-scope" };
  // Whoever may change such a group in the cloud has a cloud role; AD rights must not follow from it unasked.
  if (group.roleAssignable) return { inScope: false, reason: "group-role-assignable" };
  return { inScope: true, type: kind.type };
}
