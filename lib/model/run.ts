import { z } from "zod";
import { configuration } from "#lib/model/configuration.ts";
import { guid, objectId } from "#lib/model/identifier.ts";
import { change, skip } from "#lib/model/plan.ts";
import { problem } from "#lib/model/problem.ts";

/** As in ADSync: `Initial` reads everything, `Delta` what changed since the last cycle. */
export const policyType = z.enum(["Initial", "Delta"]);

/** What a run is for: a cycle, the undo of an earlier run, or the end of writeback. */
export const runPurpose = z.enum(["cycle", "undo", "disable"]);

/** `preview` ends with the plan; `apply` exports it. */
export const runMode = z.enum(["preview", "apply"]);

/** The parts of a cycle, in order; the last ones do not occur in a preview. */
export const stepName = z.enum(["save", "importTenant", "importDirectory", "synchronize", "export"]);
export type StepName = z.infer<typeof stepName>;

export const runStep = z.object({
  name: stepName,
  state: z.enum(["waiting", "running", "done", "failed"]),
  /** Items done so far, and how many there are, where that is known. */
  done: z.int(),
  total: z.int().nullable(),
  /** What is being worked on: a group's name. */
  current: z.string().nullable(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export type RunStep = z.infer<typeof runStep>;

export const runState = z.enum([
  "running",
  "completed",
  "completedWithErrors",
  "held",
  "failed",
  "cancelled",
  "interrupted",
]);
export type RunState = z.infer<typeof runState>;

/** How many changes of each kind a plan has, and what became of them. */
export const runCounts = z.object({
  groupsInScope: z.int(),
  create: z.int(),
  update: z.int(),
  rename: z.int(),
  move: z.int(),
  addMembers: z.int(),
  removeMembers: z.int(),
  delete: z.int(),
  /** Memberships within addMembers and removeMembers. */
  membersAdded: z.int(),
  membersRemoved: z.int(),
  groupsSkipped: z.int(),
  membersSkipped: z.int(),
  applied: z.int(),
  failed: z.int(),
});
export type RunCounts = z.infer<typeof runCounts>;

/** The counts of a run that has done nothing yet. */
export const noCounts: RunCounts = {
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

/** One cycle, from its start. */
export const run = z.object({
  id: z.string(),
  purpose: runPurpose.default("cycle"),
  policyType,
  mode: runMode,
  /** The one group that is written on demand; null: all. */
  only: objectId.nullable().default(null),
  /** The run that this one undoes. */
  undoes: z.string().nullable().default(null),
  /** When writeback is being disabled: what becomes of the written groups. */
  disable: z.enum(["release", "delete"]).nullable().default(null),
  state: runState,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** The name of the person who started it. */
  startedBy: z.string(),
  /** Started by the schedule: groups in quarantine wait then for their time. */
  scheduled: z.boolean().default(false),
  configuration,
  steps: z.array(runStep),
  counts: runCounts,
  /** Why it did not complete. */
  problem: problem.nullable(),
  /** What a person or the schedule should know: why a Delta cycle became an Initial one, that staging held it. */
  notes: z.array(z.string()).default([]),
  /** Who released a held plan, when, and what had held it. */
  release: z
    .object({ by: z.string(), at: z.iso.datetime(), reason: z.string(), held: problem })
    .nullable()
    .default(null),
});
export type Run = z.infer<typeof run>;

/** A change of a run's plan, with what became of it. Ordered as they are exported. */
export const recordedChange = z.object({
  index: z.int(),
  change,
  state: z.enum(["planned", "applied", "failed"]),
  problem: problem.nullable(),
  /** The objectGUID that a created group got. */
  created: guid.nullable().default(null),
});
export type RecordedChange = z.infer<typeof recordedChange>;

/** Which tool wrote a group that is taken over, as far as its anchor tells. */
export const takenOverFrom = z.enum(["entraConnect", "cloudSync", "script", "sourceOfAuthority"]);
export type TakenOverFrom = z.infer<typeof takenOverFrom>;

/** What a run did for one cloud group. */
export const groupResult = z.object({
  anchor: objectId,
  name: z.string(),
  dn: z.string().nullable(),
  outcome: z.enum(["created", "updated", "unchanged", "deleted", "skipped", "failed", "planned"]),
  /** Members that the AD group has after the run (in a preview: would have). */
  members: z.int(),
  skippedMembers: z.array(skip),
  /** Why the group itself was left out. */
  skip: skip.nullable(),
  /** What wrote the AD group before: it is taken over in place. */
  takenOverFrom: takenOverFrom.nullable().default(null),
  problem: problem.nullable(),
});
export type GroupResult = z.infer<typeof groupResult>;
