import pMap from "p-map";
import type { CyclePorts } from "#lib/agent/cycle.ts";
import { updateQuarantine } from "#lib/agent/quarantine.ts";
import type { DirectoryReference } from "#lib/directory/directory.ts";
import type { ErrorCode } from "#lib/model/errors.ts";
import type { Guid, ObjectId } from "#lib/model/identifier.ts";
import type { Change, ChangeKind, PlannedMember } from "#lib/model/plan.ts";
import { Failure, failureOf } from "#lib/model/problem.ts";
import type { RecordedChange } from "#lib/model/run.ts";
import { anchorValue } from "#lib/plan/anchor.ts";
import { phases } from "#lib/plan/phases.ts";

/** How many requests wait at the domain controller at once; more made writes slower where it was measured. */
const sideBySide = 8;

/** Errors of the connection as a whole: the next change would meet them too, so they end the run. */
const fatal: ReadonlySet<ErrorCode> = new Set(["E4001", "E4002", "E4003", "E4004", "E4010"]);

/** Applies the run's plan to the directory. Gives the number of changes that failed; one never blocks the others. */
export async function exportPlan(ports: CyclePorts): Promise<number> {
  const { store, record, signal, snapshot } = ports;
  const { counts, id } = record.run;
  const total = counts.create + counts.update + counts.rename + counts.move;
  const all = total + counts.addMembers + counts.removeMembers + counts.delete;
  const created = await createdBefore(ports);
  const failures = new Map<ObjectId, Failure>();
  const written = new Set<ObjectId>();
  let applied = 0;
  let failed = 0;

  async function one({ index, change }: RecordedChange): Promise<void> {
    signal.throwIfAborted();
    try {
      await apply(ports, change, created);
      applied++;
      written.add(change.anchor);
      const guid = change.kind === "create" ? (created.get(change.anchor) ?? null) : null;
      await store.recordOutcome(id, index, "applied", guid);
    } catch (thrown) {
      const failure = failureOf(thrown);
      failed++;
      failures.set(change.anchor, failure);
      await store.recordOutcome(id, index, failure.problem);
      if (fatal.has(failure.code)) throw failure;
    } finally {
      record.count({ applied, failed });
      record.progress("export", { done: applied + failed, total: all, current: change.name });
    }
  }

  record.progress("export", { done: 0, total: all });
  for (const phase of phases) {
    await pMap(inPhase(store.eachChange(id), phase), one, { concurrency: sideBySide, signal });
  }
  for (const anchor of written) snapshot.written(anchor);
  await updateQuarantine(store, written, failures, snapshot);
  return failed;
}

/** What an undone run created is not in the snapshot yet. */
async function createdBefore({ store, record }: CyclePorts): Promise<Map<ObjectId, Guid>> {
  const created = new Map<ObjectId, Guid>();
  if (record.run.undoes === null) return created;
  for await (const { change, created: guid } of store.eachChange(record.run.undoes))
    if (guid !== null) created.set(change.anchor, guid);
  return created;
}

async function* inPhase(
  changes: AsyncIterable<RecordedChange>,
  phase: readonly ChangeKind[],
): AsyncGenerator<RecordedChange> {
  for await (const change of changes) if (phase.includes(change.change.kind)) yield change;
}

async function apply(
  { directory, snapshot, record }: CyclePorts,
  change: Change,
  created: Map<ObjectId, Guid>,
): Promise<void> {
  const guidOf = (anchor: ObjectId) => created.get(anchor) ?? snapshot.directoryGroupsOf(anchor)[0]?.guid;
  switch (change.kind) {
    case "create":
      created.set(change.anchor, await createOrRestore({ directory, record }, change));
      return;
    case "update":
      return directory.update(
        change.guid,
        Object.fromEntries(change.edits.map(({ attribute, after }) => [attribute, after])),
      );
    case "rename":
    case "move":
      return directory.rename(change.guid, change.after);
    case "delete":
      return directory.delete(change.guid);
    case "addMembers": {
      const { group, references, absent } = membersFor(change, guidOf);
      const missing = await directory.addMembers(group, references);
      if (absent.length + missing.length === 0) return;
      const names = absent.map(({ name }) => name).join(", ");
      const why =
        absent.length > 0
          ? `The nested groups ${names} could not be created.`
          : `${missing.length} members are gone from the directory.`;
      throw new Failure("E4013", { why: `${why} All other members were written.` });
    }
    case "removeMembers": {
      const { group, references } = membersFor(change, guidOf);
      return directory.removeMembers(group, references);
    }
  }
}

/** A group that was there before comes back with its SID, on which access rights hang. */
async function createOrRestore(
  { directory, record }: Pick<CyclePorts, "directory" | "record">,
  { anchor, name, dn, attributes, restores }: Extract<Change, { kind: "create" }>,
): Promise<Guid> {
  const [deleted] = restores ? await directory.deletedGroups(anchorValue(anchor)) : [];
  if (deleted === undefined) return directory.create(dn, attributes);
  try {
    await directory.restore(deleted.guid, dn);
  } catch (thrown) {
    const { code, problem } = failureOf(thrown);
    if (fatal.has(code)) throw thrown;
    record.note(
      `“${name}” could not be restored from the Recycle Bin, so it was created anew with a new SID: ${problem.what} ${problem.why} (${code})`,
    );
    return directory.create(dn, attributes);
  }
  const { sAMAccountName: _, ...owned } = attributes;
  await directory.update(deleted.guid, owned);
  return deleted.guid;
}

/** The group and its members as the directory names them; `absent` are nested groups that do not exist there. */
function membersFor(
  change: Extract<Change, { kind: "addMembers" | "removeMembers" }>,
  guidOf: (anchor: ObjectId) => Guid | undefined,
): { group: Guid; references: DirectoryReference[]; absent: PlannedMember[] } {
  const group = guidOf(change.anchor);
  if (group === undefined)
    throw new Failure("E4013", { why: "The group could not be created, so it has no members." });
  const references: DirectoryReference[] = [];
  const absent: PlannedMember[] = [];
  for (const member of change.members) {
    const { reference } = member;
    const guid = reference.by === "anchor" ? guidOf(reference.anchor) : undefined;
    if (reference.by !== "anchor") references.push(reference);
    else if (guid !== undefined) references.push({ by: "guid", guid });
    else absent.push(member);
  }
  return { group, references, absent };
}
