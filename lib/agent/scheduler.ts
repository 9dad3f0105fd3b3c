import type { Log } from "#lib/agent/log.ts";
import type { Runner } from "#lib/agent/runner.ts";
import type { Answer, Schedule } from "#lib/model/messages.ts";
import { failureOf } from "#lib/model/problem.ts";
import type { Run } from "#lib/model/run.ts";
import type { Store } from "#lib/store/store.ts";

/** As in Entra Connect: every 30 minutes (facts.md 2.8). Nothing runs before Configure was pressed once. */
const initial: Schedule = { enabled: false, intervalMinutes: 30 };
/** The name under which the schedule starts runs. */
const actor = "Schedule";

/** Starts a Delta cycle whenever its time has come. */
export class Scheduler {
  readonly #store: Store;
  readonly #runner: Runner;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #nextAt: Date | null = null;

  constructor(store: Store, runner: Runner, log: Log) {
    this.#store = store;
    this.#runner = runner;
    this.#log = log;
    runner.onEnd((run) => this.#ended(run));
  }

  /** Takes up the schedule that an earlier agent had; what is overdue runs at once. */
  async start(): Promise<void> {
    const [last] = (await this.#store.runs(0, 1)).items;
    this.#plan(await this.#schedule(), last === undefined ? new Date() : new Date(last.startedAt));
  }

  async state(): Promise<Answer<"schedule">> {
    const { items } = await this.#store.runs(0, 1);
    return {
      ...(await this.#schedule()),
      nextAt: this.#nextAt?.toISOString() ?? null,
      lastRun: items[0]?.id ?? null,
      nextPolicyType: "Delta",
    };
  }

  async set(schedule: Schedule): Promise<Answer<"schedule">> {
    await this.#store.saveSchedule(schedule);
    this.#plan(schedule, new Date());
    return this.state();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #schedule(): Promise<Schedule> {
    return (await this.#store.schedule()) ?? initial;
  }

  #plan({ enabled, intervalMinutes }: Schedule, from: Date): void {
    clearTimeout(this.#timer);
    this.#nextAt = enabled ? new Date(from.getTime() + intervalMinutes * 60_000) : null;
    if (this.#nextAt === null) return;
    const wait = Math.max(0, this.#nextAt.getTime() - Date.now());
    this.#timer = setTimeout(() => void this.#run(), wait);
    this.#timer.unref();
  }

  async #run(): Promise<void> {
    try {
      const schedule = await this.#schedule();
      this.#plan(schedule, new Date());
      const configuration = await this.#store.configuration();
      if (configuration === null || this.#runner.activeRun !== null) return;
      await this.#runner.start({
        mode: "apply",
        policyType: "Delta",
        configuration,
        startedBy: actor,
        scheduled: true,
      });
    } catch (thrown) {
      this.#log.error({ err: thrown, code: failureOf(thrown).code }, "the scheduled cycle did not start");
    }
  }

  /**
   * The first applied cycle starts the schedule; the next one is counted from the last cycle's end. After an undo or
   * the end of writeback it is suspended: the next cycle would do again what was just undone.
   */
  async #ended({ mode, purpose }: Run): Promise<void> {
    if (mode !== "apply") return;
    const known = await this.#store.schedule();
    if (purpose !== "cycle") await this.set({ ...(known ?? initial), enabled: false });
    else if (known === null) await this.set({ ...initial, enabled: true });
    else this.#plan(known, new Date());
  }
}
