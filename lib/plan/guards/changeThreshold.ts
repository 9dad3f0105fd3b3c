import { Failure } from "#lib/model/problem.ts";
import type { Guard } from "#lib/plan/guards/guard.ts";
import { among } from "#lib/plan/guards/listed.ts";
import { phases } from "#lib/plan/phases.ts";

/** Holds a plan with more changes, of whatever kind, than the configuration allows. */
export const changeThreshold: Guard = ({ counts, names, configuration }) => {
  const limit = configuration.changeThreshold;
  const kinds = phases.flat();
  const changes = kinds.reduce((sum, kind) => sum + counts[kind], 0);
  if (limit === null || changes <= limit) return null;
  const changed = kinds.flatMap((kind) => names?.[kind] ?? []);
  return new Failure("E5006", {
    why: `The plan has ${changes} changes to groups${among(changed)}; the threshold is ${limit}. Nothing was written.`,
  }).problem;
};
