import { exportPlan } from "#lib/agent/export.ts";
import { importDirectory } from "#lib/agent/importDirectory.ts";
import { importTenant } from "#lib/agent/importTenant.ts";
import type { Recorder } from "#lib/agent/recorder.ts";
import { synchronize } from "#lib/agent/synchronize.ts";
import type { Directory } from "#lib/directory/directory.ts";
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

/** One Initial cycle: read the tenant, read the directory, plan, ask the guards, and in mode `apply` export the plan. */
export async function cycle(ports: CyclePorts): Promise<void> {
  const { record } = ports;
  ports.snapshot.clear();
  await record.step("importTenant", () => importTenant(ports));
  await record.step("importDirectory", () => importDirectory(ports));
  const facts = await record.step("synchronize", () => synchronize(ports));

  const problem = holding(facts);
  if (problem !== null) return record.end("held", problem);
  if (record.run.mode === "preview") return record.end("completed", null);

  const failed = await record.step("export", () => exportPlan(ports));
  return record.end(failed === 0 ? "completed" : "completedWithErrors", null);
}
