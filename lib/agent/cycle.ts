import { exportPlan } from "#lib/agent/export.ts";
import { importDirectory } from "#lib/agent/importDirectory.ts";
import { importTenant } from "#lib/agent/importTenant.ts";
import { planDisabling } from "#lib/agent/planDisabling.ts";
import { planUndo } from "#lib/agent/planUndo.ts";
import type { Recorder } from "#lib/agent/recorder.ts";
import { synchronize } from "#lib/agent/synchronize.ts";
import type { Directory } from "#lib/directory/directory.ts";
import { failureOf } from "#lib/model/problem.ts";
import { holding } from "#lib/plan/guards/guards.ts";
import type { Snapshot } from "#lib/store/snapshot.ts";
import type { Store } from "#lib/store/store.ts";
import type { Tenant } from "#lib/tenant/tenant.ts";

/** What a cycle works with. */
export type CyclePorts = {
  readonly tenant: Tenant;
  readonly directory: Directory;
  readonly snapshot: Snapshot;
  readonly store: Store;
  readonly record: Recorder;
  readonly signal: AbortSignal;
};

/** Where the snapshot keeps for which configuration and forest both sides were read in full. */
const completeState = "complete";

/**
 * One run: bring the snapshot up to date, plan, ask the guards, and in mode `apply` export the plan. The undo of a
 * run has its plan already.
 */
export async function cycle(ports: CyclePorts): Promise<void> {
  const { record } = ports;
  if (record.run.purpose === "undo") await record.step("synchronize", () => planUndo(ports));
  else {
    const delta = await importBoth(ports);
    if (record.run.purpose === "disable") await record.step("synchronize", () => planDisabling(ports));
    else {
      const facts = await record.step("synchronize", () => synchronize(ports, delta));
      const problem = holding(facts);
      if (problem !== null) return record.end("held", problem);
    }
  }
  if (record.run.mode === "preview") return record.end("completed", null);
  if (record.run.configuration.stagingMode) {
    record.note("Staging mode is on: the plan was made and nothing was written.");
    return record.end("completed", null);
  }
  return exportAndEnd(ports);
}

/** Exports the plan that the run has, and ends the run. */
export async function exportAndEnd(ports: CyclePorts): Promise<void> {
  const failed = await ports.record.step("export", () => exportPlan(ports));
  return ports.record.end(failed === 0 ? "completed" : "completedWithErrors", null);
}

/** Brings the snapshot up to date; tells whether by what changed alone. Where that can't be, everything is read. */
async function importBoth(ports: CyclePorts): Promise<boolean> {
  const { record, snapshot, directory } = ports;
  const { domain } = await directory.describe();
  const key = JSON.stringify([domain, record.run.configuration]);
  const known = snapshot.state(completeState);
  if (record.run.policyType === "Delta") {
    if (known === key) {
      try {
        await importWith(ports, true);
        return true;
      } catch (thrown) {
        const { code, problem } = failureOf(thrown);
        if (code !== "E3010" && code !== "E4015") throw thrown;
        record.note(`This became an Initial cycle: ${problem.what} ${problem.why}`);
      }
    } else
      record.note(
        known === null
          ? "This became an Initial cycle: no cycle has read both sides in full yet."
          : "This became an Initial cycle: the configuration or the directory is another one than at the last cycle.",
      );
    record.becomeInitial();
  }
  snapshot.clear();
  await importWith(ports, false);
  snapshot.setState(completeState, key);
  return false;
}

async function importWith(ports: CyclePorts, delta: boolean): Promise<void> {
  await ports.record.step("importTenant", () => importTenant(ports, delta));
  await ports.record.step("importDirectory", () => importDirectory(ports, delta));
}
