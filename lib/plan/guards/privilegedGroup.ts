import { Failure } from "#lib/model/problem.ts";
import type { Guard } from "#lib/plan/guards/guard.ts";
import { listed } from "#lib/plan/guards/listed.ts";

/**
 * Holds a plan that would change a group with rights over the directory, or one inside such a group, whose new
 * members would gain its rights (MS-ADTS 3.1.1.6.1.1.2, protected groups; adminCount).
 */
export const privilegedGroup: Guard = ({ privilegedChanges }) => {
  const groups = new Set(privilegedChanges).size;
  if (groups === 0) return null;
  return new Failure("E5007", {
    why: `${groups === 1 ? "One group" : `${groups} groups`} of the plan have rights over the directory or are inside a group that has: ${listed(privilegedChanges)}. The plan is held.`,
  }).problem;
};
