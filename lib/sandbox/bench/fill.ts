import { synchronize } from "#lib/agent/synchronize.ts";
import type { DirectoryMember } from "#lib/directory/directory.ts";
import { nameOf } from "#lib/model/dn.ts";
import type { Guid, ObjectId, Sid } from "#lib/model/identifier.ts";
import { type PlannedWork, principalOf } from "#lib/sandbox/bench/planned-work.ts";
import { cyclePorts, type Parts } from "#lib/sandbox/bench/ports.ts";
import { stableId } from "#lib/sandbox/tenant/identity.ts";
import type { AnchoredGroup, Snapshot } from "#lib/store/snapshot.ts";

function* batches<Item>(items: Iterable<Item>, size = 1000): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function* map<From, To>(items: Iterable<From>, to: (item: From) => To): Generator<To> {
  for (const item of items) yield to(item);
}

/** Fills an empty snapshot as an Initial cycle would, with both sides alike. */
export async function fillSnapshot(work: PlannedWork, parts: Parts): Promise<void> {
  const { snapshot } = parts;
  for (const batch of batches(map(work.members, principalOf))) snapshot.putPrincipals(batch);
  for (const batch of batches(map(work.order("cloud"), (number) => work.group(number))))
    snapshot.putCloudGroups(batch);
  const guids = await createGroups(work, parts);
  for (const batch of batches(cloudMemberships(work))) snapshot.putCloudMembers(batch);
  for (const number of work.order("directory")) putMembers(work, snapshot, guids, number);
}

function* cloudMemberships(work: PlannedWork) {
  for (const number of work.order("cloud")) {
    const { id: group } = work.group(number);
    for (const { id: member } of work.membersOf(number, "cloud"))
      yield { group, member, kind: "user" as const };
  }
}

/** Gives the directory the very groups that a plan would create: so nothing is to be changed in them. */
async function createGroups(work: PlannedWork, parts: Parts): Promise<ReadonlyMap<ObjectId, Guid>> {
  const ports = await cyclePorts(parts, work.target);
  await synchronize(ports, false);
  const guids = new Map<ObjectId, Guid>();
  let groups: AnchoredGroup[] = [];
  for await (const { change, index } of parts.store.eachChange(ports.record.run.id)) {
    if (change.kind !== "create") throw new Error(`a plan of new groups has a change of kind ${change.kind}`);
    const { anchor, dn, attributes } = change;
    const guid = stableId(`bench/group/${anchor}/guid`) as Guid;
    const sid = `S-1-5-21-1004336348-1177238915-682003330-${1_000_000 + index}` as Sid;
    const cn = [nameOf(dn)];
    groups.push({ guid, sid, dn, anchor, attributes: { ...attributes, cn }, privileged: false });
    guids.set(anchor, guid);
    if (groups.length < 1000) continue;
    parts.snapshot.putDirectoryGroups(groups);
    groups = [];
  }
  parts.snapshot.putDirectoryGroups(groups);
  return guids;
}

function putMembers(
  work: PlannedWork,
  snapshot: Snapshot,
  guids: ReadonlyMap<ObjectId, Guid>,
  number: number,
): void {
  const { id, displayName } = work.group(number);
  const guid = guids.get(id);
  if (guid === undefined) throw new Error(`the plan does not create ${displayName}`);
  const members: DirectoryMember[] = [...work.membersOf(number, "directory")];
  snapshot.putDirectoryMembers(guid, members);
}
