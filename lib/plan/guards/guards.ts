import type { Problem } from "#lib/model/problem.ts";
import { changeThreshold } from "#lib/plan/guards/changeThreshold.ts";
import { deletionPercentage } from "#lib/plan/guards/deletionPercentage.ts";
import { deletionThreshold } from "#lib/plan/guards/deletionThreshold.ts";
import { disagreeingAnchor } from "#lib/plan/guards/disagreeingAnchor.ts";
import { emptySource } from "#lib/plan/guards/emptySource.ts";
import type { Guard, PlanFacts } from "#lib/plan/guards/guard.ts";
import { membershipRemoval } from "#lib/plan/guards/membershipRemoval.ts";
import { outsideTargets } from "#lib/plan/guards/outsideTargets.ts";
import { privilegedGroup } from "#lib/plan/guards/privilegedGroup.ts";
import { sharedAnchor } from "#lib/plan/guards/sharedAnchor.ts";

/**
 * Every guard, in the order in which they are asked: first those that nobody can release, so that a plan whose
 * numbers a person released has no other fault; then the gravest numbers.
 */
const guards: readonly Guard[] = [
  disagreeingAnchor,
  sharedAnchor,
  privilegedGroup,
  outsideTargets,
  emptySource,
  deletionThreshold,
  deletionPercentage,
  membershipRemoval,
  changeThreshold,
];

/** The first problem that holds the plan, or null when it may be exported. */
export function holding(facts: PlanFacts): Problem | null {
  for (const guard of guards) {
    const problem = guard(facts);
    if (problem !== null) return problem;
  }
  return null;
}
