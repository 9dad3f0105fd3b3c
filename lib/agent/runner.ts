import { randomUUID } from "node:crypto";
import type { Connection } from "#lib/agent/connection.ts";
import { type CyclePorts, cycle, exportAndEnd } from "#lib/agent/cycle.ts";
import type { Log } from "#lib/agent/log.ts";
import { Recorder } from "#lib/agent/recorder.ts";
import { Failure, failureOf } from "#lib/model/problem.ts";
import { noCounts, type Run, type RunStep, type StepName } from "#lib/model/run.ts";
import { checkConfiguration } from "#lib/plan/checkConfiguration.ts";
import { releasable } from "#lib/plan/guards/releasable.ts";
import type { Snapshot } from "#lib/store/snapshot.ts";
import type { Store } from "#lib/store/store.ts";
import type { Tenant } from "#lib/tenant/tenant.ts";

const imports: readonly StepName[] = ["importTenant", "importDirectory", "synchronize"];

/** The parts of a run, in order. Only an applied cycle keeps its configuration. */
function stepsOf({ mode, purpose }: Pick<Run, "mode" | "purpose">): readonly StepName[] {
  const plan = purpose === "undo" ? (["synchronize"] as const) : imports;
  const apply = mode === "apply" ? (["export"] as const) : [];
  return [...(purpose === "cycle" && mode === "apply" ? (["save"] as const) : []), ...plan, ...apply];
}

function waiting(name: StepName): RunStep {
  return { name, state: "waiting", done: 0, total: null, current: null, startedAt: null, endedAt: null };
}

export type RunnerPorts = {
  readonly tenant: Tenant;
  readonly connection: Connection;
  readonly snapshot: Snapshot;
  readonly store: Store;
  readonly log: Log;
};

/** What a run is started with; everything else is the same for all runs. */
export type RunRequest = Pick<Run, "mode" | "policyType" | "configuration" | "startedBy"> &
  Partial<Pick<Run, "purpose" | "only" | "undoes" | "disable" | "scheduled">>;

/** Starts runs, one at a time, and knows the one that is under way. */
export class Runner {
  readonly #ports: RunnerPorts;
  #active: { record: Recorder; cancel: AbortController; ended: Promise<void> } | undefined;

  #ended: ((run: Run) => Promise<void>) | undefined;

  constructor(ports: RunnerPorts) {
    this.#ports = ports;
  }

  /** Has `listener` told of every run that ends. */
  onEnd(listener: (run: Run) => Promise<void>): void {
    this.#ended = listener;
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

  /**
   * Starts a run and gives its record at once. E2004 while another one runs, E2008 without a directory, E5009 or E5010
   * for a mapping or naming that can't be used.
   */
  async start(request: RunRequest): Promise<Run> {
    checkConfiguration(request.configuration);
    const purpose = request.purpose ?? "cycle";
    const run: Run = {
      only: null,
      undoes: null,
      disable: null,
      scheduled: false,
      ...request,
      id: randomUUID(),
      purpose,
      state: "running",
      startedAt: new Date().toISOString(),
      endedAt: null,
      steps: stepsOf({ mode: request.mode, purpose }).map(waiting),
      counts: noCounts,
      problem: null,
      notes: [],
      release: null,
    };
    return this.#begin(run, cycle);
  }

  /**
   * Exports the plan that a guard holds. E2012 unless it is the newest run, meant to be applied, and held by a guard
   * about numbers: of anything else the directory must be mended first.
   */
  async release(id: string, by: string, reason: string): Promise<Run> {
    const run = await this.run(id);
    const [newest] = (await this.#ports.store.runs(0, 1)).items;
    const { problem: held } = run;
    if (
      run.state !== "held" ||
      run.mode !== "apply" ||
      held === null ||
      !releasable(held.code) ||
      newest?.id !== id
    )
      throw new Failure("E2012");
    const at = new Date().toISOString();
    const released: Run = {
      ...run,
      state: "running",
      endedAt: null,
      problem: null,
      release: { by, at, reason, held },
    };
    return this.#begin(released, exportAndEnd);
  }

  async #begin(run: Run, work: (ports: CyclePorts) => Promise<void>): Promise<Run> {
    const { store, connection, log } = this.#ports;
    if (this.#active !== undefined) throw new Failure("E2004");
    if (!connection.known) throw new Failure("E2008");
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
    const { id, mode, purpose, policyType, startedBy } = run;
    log.info({ run: id, mode, purpose, policyType, startedBy }, "run started");
    void this.#perform(record, cancel.signal, work).finally(() => {
      this.#active = undefined;
      ended.resolve();
    });
    return run;
  }

  async #perform(
    record: Recorder,
    signal: AbortSignal,
    work: (ports: CyclePorts) => Promise<void>,
  ): Promise<void> {
    const { connection, store, tenant, snapshot, log } = this.#ports;
    try {
      if (record.run.steps[0]?.name === "save" && record.run.release === null) {
        await record.step("save", async () => {
          await store.saveConfiguration(record.run.configuration);
          connection.save();
        });
      }
      const directory = await connection.open();
      try {
        await work({ tenant, directory, snapshot, store, record, signal });
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
    await this.#ended?.(record.run);
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
