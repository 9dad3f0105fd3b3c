import { z } from "zod";
import { configuration } from "#lib/model/configuration.ts";
import { objectId } from "#lib/model/identifier.ts";
import { change, skip } from "#lib/model/plan.ts";
import { problem } from "#lib/model/problem.ts";

/** As in ADSync: `Initial` reads everything. */
export const policyType = z.enum(["Initial"]);

/** `preview` ends with the plan; `apply` exports it. */
export const runMode = z.enum(["preview", "apply"]);
export type RunMode = z.infer<typeof runMode>;

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

/** One cycle, from its start. */
export const run = z.object({
  id: z.string(),
  policyType,
  mode: runMode,
  state: runState,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** The name of the person who started it. */
  startedBy: z.string(),
  configuration,
  steps: z.array(runStep),
  counts: runCounts,
  /** Why it did not complete. */
  problem: problem.nullable(),
});
export type Run = z.infer<typeof run>;

/** A change of a run's plan, with what became of it. Ordered as they are exported. */
export const recordedChange = z.object({
  index: z.int(),
  change,
  state: z.enum(["planned", "applied", "failed"]),
  problem: problem.nullable(),
});
export type RecordedChange = z.infer<typeof recordedChange>;

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
  problem: problem.nullable(),
});
export type GroupResult = z.infer<typeof groupResult>;
