import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Connection } from "#lib/agent/connection.ts";
import { cycle } from "#lib/agent/cycle.ts";
import type { Log } from "#lib/agent/log.ts";
import { Recorder } from "#lib/agent/recorder.ts";
import type { Messages } from "#lib/model/messages.ts";
import { Failure, failureOf } from "#lib/model/problem.ts";
import type { Run, RunCounts, RunMode, RunStep, StepName } from "#lib/model/run.ts";
import type { Snapshot } from "#lib/store/snapshot.ts";
import type { Store } from "#lib/store/store.ts";
import type { Tenant } from "#lib/tenant/tenant.ts";

const steps: Record<RunMode, readonly StepName[]> = {
  preview: ["importTenant", "importDirectory", "synchronize"],
  apply: ["save", "importTenant", "importDirectory", "synchronize", "export"],
};

function waiting(name: StepName): RunStep {
  return { name, state: "waiting", done: 0, total: null, current: null, startedAt: null, endedAt: null };
}

const noCounts: RunCounts = {
  groupsInScope: 0,
  create: 0,
  update: 0,
  rename: 0,
  move: 0,
  addMembers: 0,
  removeMembers: 0,
  delete: 0,
  membersAdded: 0,
  membersRemoved: 0,
  groupsSkipped: 0,
  membersSkipped: 0,
  applied: 0,
  failed: 0,
};

export type RunnerPorts = {
  readonly tenant: Tenant;
  readonly connection: Connection;
  readonly snapshot: Snapshot;
  readonly store: Store;
  readonly log: Log;
};

type Request = z.infer<Messages["startRun"]["body"]>;

/** Starts cycles, one at a time, and knows the one that is under way. */
export class Runner {
  readonly #ports: RunnerPorts;
  #active: { record: Recorder; cancel: AbortController; ended: Promise<void> } | undefined;

  constructor(ports: RunnerPorts) {
    this.#ports = ports;
  }

  get activeRun(): string | null {
    return this.#active?.record.run.id ?? null;
  }

  /** Marks the runs that an earlier agent left unfinished; their changes are found again by the next cycle. */
  async recover(): Promise<void> {
    const { store } = this.#ports;
    const { items } = await store.runs(0, 100);
    for (const run of items.filter(({ state }) => state === "running")) {
      const problem = new Failure("E2006").problem;
      await store.saveRun({ ...run, state: "interrupted", endedAt: new Date().toISOString(), problem });
    }
  }

  /** Starts a cycle and gives its record at once. E2004 while another one runs, E2008 without a directory. */
  async start({ mode, policyType, configuration }: Request, startedBy: string): Promise<Run> {
    const { store, connection, log } = this.#ports;
    if (this.#active !== undefined) throw new Failure("E2004");
    if (!connection.known) throw new Failure("E2008");
    const run: Run = {
      id: randomUUID(),
      policyType,
      mode,
      state: "running",
      startedAt: new Date().toISOString(),
      endedAt: null,
      startedBy,
      configuration,
      steps: steps[mode].map(waiting),
      counts: noCounts,
      problem: null,
    };
    const record = new Recorder(run, store, () => new Date());
    const cancel = new AbortController();
    const ended = Promise.withResolvers<void>();
    this.#active = { record, cancel, ended: ended.promise };
    try {
      await store.saveRun(run);
    } catch (thrown) {
      this.#active = undefined;
      throw thrown;
    }
    log.info({ run: run.id, mode, startedBy }, "run started");
    void this.#perform(record, cancel.signal).finally(() => {
      this.#active = undefined;
      ended.resolve();
    });
    return run;
  }

  async #perform(record: Recorder, signal: AbortSignal): Promise<void> {
    const { connection, store, tenant, snapshot, log } = this.#ports;
    try {
      if (record.run.mode === "apply") {
        await record.step("save", async () => {
          await store.saveConfiguration(record.run.configuration);
          connection.save();
        });
      }
      const directory = await connection.open();
      try {
        await cycle({ tenant, directory, snapshot, store, record, signal });
      } finally {
        await directory.close();
      }
    } catch (thrown) {
      const cancelled = signal.aborted;
      const failure = cancelled ? new Failure("E2007") : failureOf(thrown);
      if (!cancelled) log.error({ err: thrown, run: record.run.id, code: failure.code }, "run failed");
      await record.end(cancelled ? "cancelled" : "failed", failure.problem);
    }
    const { id, state, counts } = record.run;
    log.info({ run: id, state, counts }, "run ended");
  }

  /** Stops the run before its next change; what was exported stays. E2005 when it is not under way. */
  async cancel(id: string): Promise<Run> {
    const active = this.#active;
    if (active?.record.run.id !== id) {
      const run = await this.run(id);
      return run;
    }
    active.cancel.abort(new Failure("E2007"));
    await active.ended;
    return active.record.run;
  }

  /** The run as it is now. E2005 when there is none. */
  async run(id: string): Promise<Run> {
    if (this.#active?.record.run.id === id) return this.#active.record.run;
    const run = await this.#ports.store.run(id);
    if (run === null) throw new Failure("E2005");
    return run;
  }

  /** Calls `watcher` at each change of the run under way; undefined when it is not under way. */
  watch(id: string, watcher: (run: Run) => void): (() => void) | undefined {
    return this.#active?.record.run.id === id ? this.#active.record.watch(watcher) : undefined;
  }

  /** Cancels what is under way, for an orderly end of the agent. */
  async stop(): Promise<void> {
    const active = this.#active;
    active?.cancel.abort(new Failure("E2007"));
    await active?.ended;
  }
}
