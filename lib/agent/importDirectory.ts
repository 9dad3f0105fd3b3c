import pMap from "p-map";
import type { CyclePorts } from "#lib/agent/cycle.ts";
import { decide } from "#lib/agent/decisions.ts";
import type {
  DirectoryChange,
  DirectoryCookie,
  DirectoryGroup,
  GroupQuery,
} from "#lib/directory/directory.ts";
import type { Configuration } from "#lib/model/configuration.ts";
import { isBelow } from "#lib/model/dn.ts";
import type { Guid } from "#lib/model/identifier.ts";
import { readAnchor } from "#lib/plan/anchor.ts";
import { targetsOf } from "#lib/plan/scope.ts";
import type { AnchoredGroup } from "#lib/store/snapshot.ts";

/** How many groups are written to the snapshot at once, and how many are read for members side by side. */
const batch = 500;
const sideBySide = 4;
const cookieState = "directory.cookie";

/** What is read of each group: what the product and the admin's mapping write. */
export function groupQuery({ mapping, takeOverAttribute }: Configuration): GroupQuery {
  return { attributes: mapping.map(({ attribute }) => attribute), takeOverAttribute };
}

/**
 * Reads the directory into the snapshot: every AD group that carries an anchor, with its members where the plan may
 * change it, or in a Delta cycle what changed. E4015 when the domain controller can't tell what changed.
 */
export async function importDirectory(ports: CyclePorts, delta: boolean): Promise<void> {
  const { directory, snapshot, record } = ports;
  for (const target of targetsOf(record.run.configuration)) await directory.checkTarget(target);
  const known = delta ? (snapshot.state(cookieState) as DirectoryCookie | null) : null;
  if (known === null) await readAll(ports);
  else await readChanges(ports, known);
  await joinInPlace(ports);
}

async function readAll(ports: CyclePorts): Promise<void> {
  const { directory, snapshot, record, signal } = ports;
  // Taken first: what changes while the groups are read is told again at the next cycle.
  const cookie = await directory.cookie();
  let found: AnchoredGroup[] = [];
  let read = 0;
  for await (const group of directory.groups(groupQuery(record.run.configuration))) {
    signal.throwIfAborted();
    found.push(...anchored(ports, group));
    if (found.length >= batch) {
      snapshot.putDirectoryGroups(found);
      found = [];
    }
    record.progress("importDirectory", { done: ++read });
  }
  snapshot.putDirectoryGroups(found);
  await readMembers(ports, guidsUnderTargets(ports));
  snapshot.setState(cookieState, cookie);
}

function* guidsUnderTargets({ snapshot, record }: CyclePorts): Generator<Guid> {
  const targets = targetsOf(record.run.configuration);
  for (const { guid, dn, anchor } of snapshot.directoryGroups())
    if (targets.some((target) => isBelow(dn, target)) || (anchor !== null && snapshot.isOurs(anchor)))
      yield guid;
}

/** The group as the snapshot holds it; a value such as Group_of_sales is somebody else's text, not an anchor. */
function anchored({ record, snapshot }: CyclePorts, group: DirectoryGroup): AnchoredGroup[] {
  const anchor = readAnchor(group.attributes, record.run.configuration.takeOverAttribute);
  if (anchor.state !== "none") return [{ ...group, anchor: anchor.state === "one" ? anchor.id : null }];
  // A group that was joined by its SID gets its anchor with the first export only.
  const joined = snapshot.directoryGroup(group.guid)?.anchor ?? null;
  const sid = joined === null ? null : (snapshot.cloudGroup(joined)?.sid ?? null);
  return joined !== null && sid === group.sid ? [{ ...group, anchor: joined }] : [];
}

async function readMembers(ports: CyclePorts, groups: Iterable<Guid>): Promise<void> {
  const { directory, snapshot, record, signal } = ports;
  let read = 0;
  const one = async (guid: Guid) => {
    signal.throwIfAborted();
    snapshot.clearDirectoryMembers(guid);
    let members = [];
    for await (const member of directory.members(guid)) {
      members.push(member);
      if (members.length >= 5000) {
        snapshot.putDirectoryMembers(guid, members);
        members = [];
      }
    }
    snapshot.putDirectoryMembers(guid, members);
    record.progress("importDirectory", { done: ++read });
  };
  await pMap(groups, one, { concurrency: sideBySide, signal });
}

async function readChanges(ports: CyclePorts, since: DirectoryCookie): Promise<void> {
  const { directory, snapshot, record, signal } = ports;
  const query = groupQuery(record.run.configuration);
  const readAnew = new Set<Guid>();
  let cookie = since;
  let read = 0;
  for await (const change of directory.changes(since, query)) {
    signal.throwIfAborted();
    if (change.kind === "cookie") cookie = change.cookie;
    else applyChange(ports, change, readAnew);
    record.progress("importDirectory", { done: ++read });
  }
  await removeVanished(ports);
  await readMembers(
    ports,
    [...readAnew].filter((guid) => snapshot.directoryGroup(guid) !== undefined),
  );
  snapshot.setState(cookieState, cookie);
}

function applyChange(
  ports: CyclePorts,
  change: Exclude<DirectoryChange, { kind: "cookie" }>,
  readAnew: Set<Guid>,
): void {
  const { snapshot } = ports;
  switch (change.kind) {
    case "group": {
      const [group] = anchored(ports, change.group);
      const before = snapshot.directoryGroup(change.group.guid);
      if (group === undefined) snapshot.removeDirectoryGroups([change.group.guid]);
      else snapshot.putDirectoryGroups([group]);
      if (group !== undefined && before === undefined) readAnew.add(group.guid);
      return;
    }
    case "deleted":
      snapshot.removeDirectoryGroups([change.guid]);
      return;
    case "members":
      if (snapshot.directoryGroup(change.group) !== undefined) readAnew.add(change.group);
      return;
  }
}

/** Finds out which groups are gone by listing those that are left: not every account may see deleted objects. */
async function removeVanished({ directory, snapshot, record }: CyclePorts): Promise<void> {
  const vanished = new Set<Guid>();
  for (const { guid } of snapshot.directoryGroups()) vanished.add(guid);
  for await (const { guid } of directory.groups(groupQuery(record.run.configuration))) vanished.delete(guid);
  for (const guid of [...vanished]) {
    // One that was joined by its SID has no anchor yet, so it is asked for by itself.
    if ((await directory.group({ by: "guid", guid })) !== null) vanished.delete(guid);
  }
  snapshot.removeDirectoryGroups([...vanished]);
}

/** Finds the AD groups of cloud groups whose source of authority was moved from AD to the cloud, by their SIDs. */
async function joinInPlace(ports: CyclePorts): Promise<void> {
  const { directory, snapshot, record, signal } = ports;
  const { configuration } = record.run;
  const joined: Guid[] = [];
  for (const { group } of snapshot.cloudGroups()) {
    if (!group.cloudManaged || group.sid === null) continue;
    signal.throwIfAborted();
    const verdict = decide(snapshot, configuration, group);
    if (!verdict.inScope || snapshot.directoryGroupsOf(group.id).length > 0) continue;
    const found = await directory.group({ by: "sid", sid: group.sid }, groupQuery(configuration));
    if (found === null) continue;
    snapshot.putDirectoryGroups([{ ...found, anchor: group.id }]);
    joined.push(found.guid);
  }
  await readMembers(ports, joined);
}
