import { Failure } from "#lib/model/problem.ts";
import type { Guard } from "#lib/plan/guards/guard.ts";
import { among } from "#lib/plan/guards/listed.ts";

/** Holds a plan that removes more memberships than the configuration allows; those of deleted groups do not count. */
export const membershipRemoval: Guard = ({ counts, names, configuration }) => {
  const limit = configuration.membershipRemovalThreshold;
  if (limit === null || counts.membersRemoved <= limit) return null;
  const removed = counts.membersRemoved === 1 ? "1 membership" : `${counts.membersRemoved} memberships`;
  return new Failure("E5005", {
    why: `${removed} would be removed from groups${among(names?.removeMembers)}; the threshold is ${limit}. Nothing was written.`,
  }).problem;
};
