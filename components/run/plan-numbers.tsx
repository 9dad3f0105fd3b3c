import { Numbers } from "#components/run/numbers.tsx";
import type { RunCounts } from "#lib/model/run.ts";
import { formatCount } from "#lib/wizard/format.ts";

/** How many changes of each kind a plan has. */
export function PlanNumbers({ counts }: { readonly counts: RunCounts }) {
  return (
    <Numbers
      label="Plan"
      numbers={[
        ["in scope", counts.groupsInScope],
        ["to create", counts.create],
        ["to update", counts.update],
        ["to rename", counts.rename],
        ["to move", counts.move],
        ["members to add", counts.membersAdded],
        ["members to remove", counts.membersRemoved],
        ["to delete", counts.delete],
      ]}
    />
  );
}

/** How many changes the plan has in all. */
function changesIn(counts: RunCounts): number {
  const { create, update, rename, move, addMembers, removeMembers } = counts;
  return create + update + rename + move + addMembers + removeMembers + counts.delete;
}

/** The plan in one sentence. */
export function planSentence(counts: RunCounts): string {
  const changes = changesIn(counts);
  const scope = formatCount(counts.groupsInScope, "group");
  if (changes === 0)
    return `${scope} in scope; Active Directory holds them as they should be: there is nothing to change.`;
  return `${scope} in scope, ${formatCount(changes, "change")} to Active Directory.`;
}
