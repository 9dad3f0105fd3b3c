import type { ObjectId } from "#lib/model/identifier.ts";
import type { Failure } from "#lib/model/problem.ts";
import type { Snapshot } from "#lib/store/snapshot.ts";
import type { Store } from "#lib/store/store.ts";

/** Minutes until the first try after a failure; each further failure doubles them, up to a day. */
const firstWait = 5;
const longestWait = 24 * 60;

/** When a group that failed so many times in a row is tried again. */
function nextTry(failures: number, now: Date): string {
  const minutes = Math.min(firstWait * 2 ** (failures - 1), longestWait);
  return new Date(now.getTime() + minutes * 60_000).toISOString();
}

/** Groups whose changes failed wait, longer each time; those that were written are free again. */
export async function updateQuarantine(
  store: Store,
  written: ReadonlySet<ObjectId>,
  failures: ReadonlyMap<ObjectId, Failure>,
  snapshot: Snapshot,
): Promise<void> {
  const now = new Date();
  const before = new Map((await store.quarantine()).map((group) => [group.anchor, group]));
  for (const anchor of written)
    if (before.has(anchor) && !failures.has(anchor)) await store.releaseFromQuarantine(anchor);
  for (const [anchor, failure] of failures) {
    const known = before.get(anchor);
    const count = (known?.failures ?? 0) + 1;
    await store.putInQuarantine({
      anchor,
      name: snapshot.cloudGroup(anchor)?.displayName ?? known?.name ?? anchor,
      failures: count,
      since: known?.since ?? now.toISOString(),
      nextTryAt: nextTry(count, now),
      problem: failure.problem,
    });
  }
}
