import { Failure } from "#lib/model/problem.ts";
import type { Guard } from "#lib/plan/guards/guard.ts";
import { among } from "#lib/plan/guards/listed.ts";

/** Holds a plan that deletes a greater share of the written-back groups than the configuration allows. */
export const deletionPercentage: Guard = ({ counts, names, writtenBackGroups, configuration }) => {
  const limit = configuration.deletionPercentage;
  if (limit === null || counts.delete * 100 <= limit * writtenBackGroups) return null;
  return new Failure("E5004", {
    why: `${counts.delete} of ${writtenBackGroups} written-back groups would be deleted${among(names?.delete)}; the threshold is ${limit} percent of them. Nothing was written.`,
  }).problem;
};
