import type { Problem } from "#lib/model/problem.ts";
import type { Run, RunCounts, RunState, RunStep, StepName } from "#lib/model/run.ts";
import type { Store } from "#lib/store/store.ts";

/** The least time between two tellings of progress, in milliseconds; the ends of steps are told at once. */
const tellEvery = 150;

type Clock = () => Date;

/** Keeps a run's record while it is under way: tells whoever watches, and writes it to the store. */
export class Recorder {
  #run: Run;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #watchers = new Set<(run: Run) => void>();
  #toldAt = 0;
  #saving: Promise<void> = Promise.resolve();

  constructor(run: Run, store: Store, clock: Clock) {
    this.#run = run;
    this.#store = store;
    this.#clock = clock;
  }

  get run(): Run {
    return this.#run;
  }

  watch(watcher: (run: Run) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Runs one step of the cycle; the record says when it began, how it ended, and what it gave is given back. */
  async step<Result>(name: StepName, work: () => Promise<Result>): Promise<Result> {
    this.#edit(name, { state: "running", startedAt: this.#now() });
    await this.#save();
    try {
      const result = await work();
      this.#edit(name, { state: "done", current: null, endedAt: this.#now() });
      return result;
    } catch (thrown) {
      this.#edit(name, { state: "failed", endedAt: this.#now() });
      throw thrown;
    } finally {
      await this.#save();
    }
  }

  /** How far a step is. */
  progress(name: StepName, progress: { done: number; total?: number; current?: string }): void {
    const { done, total, current } = progress;
    this.#run = {
      ...this.#run,
      steps: this.#run.steps.map((step) =>
        step.name === name
          ? { ...step, done, total: total ?? step.total, current: current ?? step.current }
          : step,
      ),
    };
    if (this.#clock().getTime() - this.#toldAt >= tellEvery) this.#tell();
  }

  /** Something that whoever reads the run should know. */
  note(text: string): void {
    this.#run = { ...this.#run, notes: [...this.#run.notes, text] };
    this.#tell();
  }

  /** The Delta cycle has to read everything. */
  becomeInitial(): void {
    this.#run = { ...this.#run, policyType: "Initial" };
  }

  count(counts: Partial<RunCounts>): void {
    this.#run = { ...this.#run, counts: { ...this.#run.counts, ...counts } };
  }

  /** Ends the run and writes its last state. */
  async end(state: Exclude<RunState, "running">, problem: Problem | null): Promise<void> {
    this.#run = { ...this.#run, state, problem, endedAt: this.#now() };
    await this.#save();
  }

  #now(): string {
    return this.#clock().toISOString();
  }

  #edit(name: StepName, fields: Partial<RunStep>): void {
    this.#run = {
      ...this.#run,
      steps: this.#run.steps.map((step) => (step.name === name ? { ...step, ...fields } : step)),
    };
    this.#tell();
  }

  #tell(): void {
    this.#toldAt = this.#clock().getTime();
    for (const watcher of this.#watchers) watcher(this.#run);
  }

  async #save(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#store.saveRun(this.#run));
    await this.#saving;
    this.#tell();
  }
}
