import { Collector } from "#lib/agent/collector.ts";
import type { CyclePorts } from "#lib/agent/cycle.ts";
import { Failure } from "#lib/model/problem.ts";
import { undoOf } from "#lib/plan/undo.ts";

/** How many changes are read at once. */
const page = 500;

/** Writes the plan that undoes the applied changes of an earlier run, the last one first. */
export async function planUndo(ports: CyclePorts): Promise<void> {
  const { store, record, signal } = ports;
  const { undoes } = record.run;
  if (undoes === null) throw new Failure("E2011");
  const plan = new Collector(ports);
  const { total } = await store.changes(undoes, 0, 1);
  for (let end = total; end > 0; end -= page) {
    signal.throwIfAborted();
    const start = Math.max(0, end - page);
    const { items } = await store.changes(undoes, start, end - start);
    for (const recorded of items.toReversed()) await plan.undo(undoOf(recorded));
  }
  await plan.flush();
}
