import pMap from "p-map";
import type { CyclePorts } from "#lib/agent/cycle.ts";
import type { DirectoryGroup, DirectoryMember } from "#lib/directory/directory.ts";
import { isBelow } from "#lib/model/dn.ts";
import { readAnchor } from "#lib/plan/anchor.ts";
import { decideScope } from "#lib/plan/scope.ts";
import type { AnchoredGroup } from "#lib/store/snapshot.ts";

/** How many groups are written to the snapshot at once, and how many are read for members side by side. */
const batch = 500;
const sideBySide = 4;

function anchored(group: DirectoryGroup): AnchoredGroup[] {
  const anchor = readAnchor(group.attributes);
  // A value such as Group_of_sales is somebody else's text, not an anchor.
  if (anchor.state === "none") return [];
  return [{ ...group, anchor: anchor.state === "one" ? anchor.id : null }];
}

/** Reads every AD group that carries an anchor, and the members of those that the plan may change. */
export async function importDirectory({ directory, snapshot, record, signal }: CyclePorts): Promise<void> {
  const { target, scope } = record.run.configuration;
  await directory.checkTarget(target);
  let found: AnchoredGroup[] = [];
  let read = 0;
  for await (const group of directory.groups()) {
    signal.throwIfAborted();
    found.push(...anchored(group));
    if (found.length >= batch) {
      snapshot.putDirectoryGroups(found);
      found = [];
    }
    record.progress("importDirectory", { done: ++read });
  }
  snapshot.putDirectoryGroups(found);

  const compared = [...snapshot.directoryGroups()].filter(({ anchor, dn }) => {
    const group = anchor === null ? undefined : snapshot.cloudGroup(anchor);
    return group !== undefined && isBelow(dn, target) && decideScope(scope, group).inScope;
  });
  const readMembers = async ({ guid, dn }: AnchoredGroup) => {
    signal.throwIfAborted();
    let members: DirectoryMember[] = [];
    for await (const member of directory.members(guid)) {
      members.push(member);
      if (members.length >= 5000) {
        snapshot.putDirectoryMembers(guid, members);
        members = [];
      }
    }
    snapshot.putDirectoryMembers(guid, members);
    record.progress("importDirectory", { done: ++read, current: dn });
  };
  await pMap(compared, readMembers, { concurrency: sideBySide, signal });
}
