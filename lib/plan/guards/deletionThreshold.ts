import { Failure } from "#lib/model/problem.ts";
import type { Guard } from "#lib/plan/guards/guard.ts";

/** Holds a plan that deletes more groups than the configuration allows. */
export const deletionThreshold: Guard = ({ deletions, writtenBackGroups, configuration }) =>
  deletions > configuration.deletionThreshold
    ? new Failure("E5004", {
        why: `${deletions} of ${writtenBackGroups} written-back groups would be deleted; the threshold is ${configuration.deletionThreshold}. Nothing was written.`,
      }).problem
    : null;
