import { Failure } from "#lib/model/problem.ts";
import type { Guard } from "#lib/plan/guards/guard.ts";
import { listed } from "#lib/plan/guards/listed.ts";

/** Holds a plan that would write anything above or beside the target OUs. */
export const outsideTargets: Guard = ({ changesOutsideTargets }) => {
  const objects = new Set(changesOutsideTargets).size;
  if (objects === 0) return null;
  return new Failure("E5008", {
    why: `In none of the target OUs: ${listed(changesOutsideTargets)} (${objects} in all). The plan is held.`,
  }).problem;
};
