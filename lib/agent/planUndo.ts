import { Collector } from "#lib/agent/collector.ts";
import type { CyclePorts } from "#lib/agent/cycle.ts";
import { Failure } from "#lib/model/problem.ts";
import { undoOf } from "#lib/plan/undo.ts";

/** Writes the plan that undoes the applied changes of an earlier run. */
export async function planUndo({ store, record, ...ports }: CyclePorts): Promise<void> {
  const { undoes } = record.run;
  if (undoes === null) throw new Failure("E2011");
  const plan = new Collector({ store, record, ...ports });
  for await (const recorded of store.eachChange(undoes))
    if (recorded.state === "applied") await plan.undo(undoOf(recorded));
  await plan.flush();
}
