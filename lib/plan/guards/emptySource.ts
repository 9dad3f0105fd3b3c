import { Failure } from "#lib/model/problem.ts";
import type { Guard } from "#lib/plan/guards/guard.ts";

/** Holds a plan that was made from a tenant without any group while the directory has written-back groups. */
export const emptySource: Guard = ({ cloudGroups, writtenBackGroups }) =>
  cloudGroups === 0 && writtenBackGroups > 0
    ? new Failure("E5003", {
        why: `The tenant's answer held no group, while the directory holds ${writtenBackGroups} written-back groups.`,
      }).problem
    : null;
