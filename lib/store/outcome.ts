import type { ChangeKind } from "#lib/model/plan.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { GroupResult, RecordedChange } from "#lib/model/run.ts";
import type { PlannedGroup } from "#lib/store/store.ts";

/** What became of one change of a group. */
export type ChangeOutcome = {
  readonly kind: ChangeKind;
  readonly state: RecordedChange["state"];
  readonly problem: Problem | null;
};

/** A group's result, from what was planned for it and what became of each of its changes. */
export function resultOf(group: PlannedGroup, changes: readonly ChangeOutcome[]): GroupResult {
  const { anchor, name, dn, members, skip, skippedMembers, takenOverFrom } = group;
  const problem = changes.find(({ state }) => state === "failed")?.problem ?? null;
  return {
    anchor,
    name,
    dn,
    members,
    skip,
    skippedMembers: [...skippedMembers],
    takenOverFrom: takenOverFrom ?? null,
    problem,
    outcome: outcomeOf(group, changes),
  };
}

function outcomeOf({ skip }: PlannedGroup, changes: readonly ChangeOutcome[]): GroupResult["outcome"] {
  const applied = (kind: ChangeKind) =>
    changes.some((change) => change.kind === kind && change.state === "applied");
  if (skip !== null) return "skipped";
  if (changes.length === 0) return "unchanged";
  if (changes.some(({ state }) => state === "failed")) return "failed";
  if (changes.some(({ state }) => state === "planned")) return "planned";
  if (applied("delete")) return "deleted";
  return applied("create") ? "created" : "updated";
}
