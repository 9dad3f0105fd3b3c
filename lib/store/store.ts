import type { Configuration } from "#lib/model/configuration.ts";
import type { Guid, ObjectId } from "#lib/model/identifier.ts";
import type { QuarantinedGroup, Schedule } from "#lib/model/messages.ts";
import type { Change, Skip } from "#lib/model/plan.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { GroupResult, RecordedChange, Run, TakenOverFrom } from "#lib/model/run.ts";

/** A page of a list: its items, and where the next one starts, or null at the end. */
export type Page<Item> = {
  readonly items: readonly Item[];
  readonly total: number;
  readonly next: number | null;
};

/** What the plan says of one cloud group, before anything is exported. */
export type PlannedGroup = {
  readonly anchor: ObjectId;
  readonly name: string;
  readonly dn: string | null;
  /** Members that the AD group has once the plan is applied. */
  readonly members: number;
  readonly skip: Skip | null;
  readonly skippedMembers: readonly Skip[];
  readonly takenOverFrom: TakenOverFrom | null;
};

/** The port to what the agent remembers: its configuration, and its runs with their plans. */
export interface Store {
  configuration(): Promise<Configuration | null>;
  saveConfiguration(configuration: Configuration): Promise<void>;
  saveRun(run: Run): Promise<void>;
  run(id: string): Promise<Run | null>;
  runs(after: number, limit: number): Promise<Page<Run>>;
  addChanges(run: string, changes: readonly Change[]): Promise<void>;
  /** The plan's changes in the order of their export, streamed. */
  eachChange(run: string): AsyncIterable<RecordedChange>;
  changes(run: string, after: number, limit: number): Promise<Page<RecordedChange>>;
  /** `created` is the objectGUID that a created group got. */
  recordOutcome(
    run: string,
    index: number,
    outcome: "applied" | Problem,
    created?: Guid | null,
  ): Promise<void>;
  /** The groups whose changes failed, with when to try again. */
  quarantine(): Promise<readonly QuarantinedGroup[]>;
  putInQuarantine(group: QuarantinedGroup): Promise<void>;
  releaseFromQuarantine(anchor: ObjectId): Promise<void>;
  schedule(): Promise<Schedule | null>;
  saveSchedule(schedule: Schedule): Promise<void>;
  addGroups(run: string, groups: readonly PlannedGroup[]): Promise<void>;
  /** What the run did, or in a preview would do, group by group, in the order of their object ids. */
  groups(run: string, after: number, limit: number): Promise<Page<GroupResult>>;
  close(): Promise<void>;
}
