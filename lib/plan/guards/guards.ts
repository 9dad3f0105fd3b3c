import type { Problem } from "#lib/model/problem.ts";
import { deletionThreshold } from "#lib/plan/guards/deletionThreshold.ts";
import { disagreeingAnchor } from "#lib/plan/guards/disagreeingAnchor.ts";
import { emptySource } from "#lib/plan/guards/emptySource.ts";
import type { Guard, PlanFacts } from "#lib/plan/guards/guard.ts";
import { sharedAnchor } from "#lib/plan/guards/sharedAnchor.ts";

/** Every guard, in the order in which they are asked. */
const guards: readonly Guard[] = [disagreeingAnchor, sharedAnchor, emptySource, deletionThreshold];

/** The first problem that holds the plan, or null when it may be exported. */
export function holding(facts: PlanFacts): Problem | null {
  for (const guard of guards) {
    const problem = guard(facts);
    if (problem !== null) return problem;
  }
  return null;
}
