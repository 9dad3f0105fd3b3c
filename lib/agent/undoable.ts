import { Failure } from "#lib/model/problem.ts";
import type { Run } from "#lib/model/run.ts";
import type { Store } from "#lib/store/store.ts";

/** How many runs one page of the search has. */
const page = 100;

/** The run, if it can be undone. E2011 when it applied nothing, or a later run that applied something stands. */
export async function undoable(store: Store, run: Run): Promise<Run> {
  if (run.state === "running" || run.mode !== "apply" || run.counts.applied === 0) throw new Failure("E2011");
  const undone = new Set<string>();
  for (let after: number | null = 0; after !== null; ) {
    const found: Awaited<ReturnType<Store["runs"]>> = await store.runs(after, page);
    for (const later of found.items) {
      if (later.mode !== "apply" || later.counts.applied === 0) continue;
      if (undone.has(later.id)) {
        if (later.id === run.id) throw new Failure("E2011", { why: "It has been undone already." });
        continue;
      }
      if (later.id === run.id) return run;
      if (later.undoes === null) {
        const why = `The later run of ${later.startedAt} changed the directory after it.`;
        throw new Failure("E2011", { why });
      }
      undone.add(later.undoes);
    }
    after = found.next;
  }
  throw new Failure("E2005");
}
