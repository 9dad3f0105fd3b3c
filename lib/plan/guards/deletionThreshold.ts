import { Failure } from "#lib/model/problem.ts";
import type { Guard } from "#lib/plan/guards/guard.ts";
import { among } from "#lib/plan/guards/listed.ts";

/** Holds a plan that deletes more groups than the configuration allows. */
export const deletionThreshold: Guard = ({ counts, names, writtenBackGroups, configuration }) =>
  counts.delete > configuration.deletionThreshold
    ? new Failure("E5004", {
        why: `${counts.delete} of ${writtenBackGroups} written-back groups would be deleted${among(names?.delete)}; the threshold is ${configuration.deletionThreshold}. Nothing was written.`,
      }).problem
    : null;
