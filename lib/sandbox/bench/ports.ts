import { randomUUID } from "node:crypto";
import type { CyclePorts } from "#lib/agent/cycle.ts";
import { Recorder } from "#lib/agent/recorder.ts";
import type { Directory } from "#lib/directory/directory.ts";
import { configuration } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import type { Change, ChangeKind } from "#lib/model/plan.ts";
import { noCounts, type Run, type RunCounts, run, stepName } from "#lib/model/run.ts";
import type { Snapshot } from "#lib/store/snapshot.ts";
import type { SqliteStore } from "#lib/store/sqlite.ts";
import type { Tenant } from "#lib/tenant/tenant.ts";

/** What a part of a cycle works with; a port that it must not use may be `refusing`. */
export type Parts = {
  readonly tenant: Tenant;
  readonly directory: Directory;
  readonly snapshot: Snapshot;
  readonly store: SqliteStore;
};

/** A port with these methods only; any other that is called fails, since it is not part of what is measured. */
export function refusing<Port extends object>(name: string, methods: Partial<Port> = {}): Port {
  return new Proxy(methods as Port, {
    get(known, method, receiver) {
      if (method in known) return Reflect.get(known, method, receiver);
      throw new Error(`${String(method)} of the ${name} is not part of what is measured`);
    },
  });
}

function countsOf(changes: readonly Change[]): RunCounts {
  const count = (kind: ChangeKind) => changes.filter((change) => change.kind === kind).length;
  return {
    ...noCounts,
    create: count("create"),
    update: count("update"),
    rename: count("rename"),
    move: count("move"),
    addMembers: count("addMembers"),
    removeMembers: count("removeMembers"),
    delete: count("delete"),
  };
}

function runOf(target: Dn, changes: readonly Change[], policyType: Run["policyType"]): Run {
  return run.parse({
    id: randomUUID(),
    policyType,
    mode: "apply",
    state: "running",
    startedAt: new Date().toISOString(),
    endedAt: null,
    startedBy: "benchmark",
    configuration: configuration.parse({
      version: 1,
      scope: { microsoft365Groups: true, securityGroups: true },
      target,
      naming: "displayName",
      withdrawal: "keep",
    }),
    steps: stepName.options.map((name) => ({
      name,
      state: "waiting",
      done: 0,
      total: null,
      current: null,
      startedAt: null,
      endedAt: null,
    })),
    counts: countsOf(changes),
    problem: null,
  });
}

/** What a new run of all groups works with; `changes` is its plan, where that is made already. */
export async function cyclePorts(
  parts: Parts,
  target: Dn,
  changes: readonly Change[] = [],
  policyType: Run["policyType"] = "Initial",
): Promise<CyclePorts> {
  const record = new Recorder(runOf(target, changes, policyType), parts.store, () => new Date());
  await parts.store.saveRun(record.run);
  for (let start = 0; start < changes.length; start += 500)
    await parts.store.addChanges(record.run.id, changes.slice(start, start + 500));
  const { signal } = new AbortController();
  return { ...parts, record, signal };
}
