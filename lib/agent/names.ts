import type { CyclePorts } from "#lib/agent/cycle.ts";
import { decide } from "#lib/agent/decisions.ts";
import { type Dn, dnKey } from "#lib/model/dn.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import { duplicateNames, groupDn, samAccountName } from "#lib/plan/naming.ts";

/** How many names the directory is asked for at once. */
const batch = 500;

type Named = { readonly id: ObjectId; readonly dn: Dn; readonly samAccountName: string };

/**
 * The groups that can't be written because their name is not unique: another cloud group would get the same DN, or
 * an object of the directory has the DN or, for a new group, the sAMAccountName.
 */
export async function namesNotUnique(
  ports: CyclePorts,
  anchors: readonly ObjectId[],
): Promise<ReadonlySet<ObjectId>> {
  const { naming } = ports.record.run.configuration;
  const refused = new Set<ObjectId>();
  // Only a pattern of the admin's own can lack the part of the object id that keeps names apart.
  if (naming === "pattern")
    for (const ids of duplicateNames(everyName(ports)).values()) for (const id of ids) refused.add(id);
  let names: Named[] = [];
  for (const anchor of anchors) {
    const name = newName(ports, anchor);
    if (name !== undefined) names.push(name);
    if (names.length < batch) continue;
    await ask(ports, names, refused);
    names = [];
  }
  await ask(ports, names, refused);
  return refused;
}

function* everyName({ snapshot, record }: CyclePorts): Generator<{ id: ObjectId; dn: Dn }> {
  const { configuration } = record.run;
  for (const { group, softDeleted } of snapshot.cloudGroups()) {
    const verdict = softDeleted ? null : decide(snapshot, configuration, group);
    if (verdict?.inScope && verdict.join === null)
      yield { id: group.id, dn: groupDn(configuration, group, verdict.target) };
  }
}

/** The name that a group is to get, where it does not have it yet. */
function newName({ snapshot, record }: CyclePorts, anchor: ObjectId): Named | undefined {
  const { configuration } = record.run;
  const stored = snapshot.storedGroup(anchor);
  if (stored === undefined || snapshot.isSoftDeleted(anchor)) return undefined;
  const verdict = decide(snapshot, configuration, stored.group);
  if (!verdict.inScope || verdict.join !== null) return undefined;
  const dn = groupDn(configuration, stored.group, verdict.target);
  const found = snapshot.directoryGroupsOf(anchor);
  if (found.some((group) => dnKey(group.dn) === dnKey(dn))) return undefined;
  const samAccount = found.length === 0 ? samAccountName(configuration, stored.group) : "";
  return { id: anchor, dn, samAccountName: samAccount };
}

async function ask({ directory, snapshot }: CyclePorts, names: readonly Named[], refused: Set<ObjectId>) {
  if (names.length === 0) return;
  const taken = await directory.namesTaken({
    dns: names.map(({ dn }) => dn),
    samAccountNames: names.flatMap(({ samAccountName }) => (samAccountName === "" ? [] : [samAccountName])),
  });
  for (const { id, dn, samAccountName } of names) {
    const atDn = taken.dns.get(dn);
    const own = snapshot.directoryGroupsOf(id).some(({ guid }) => guid === atDn);
    if ((atDn !== undefined && !own) || taken.samAccountNames.has(samAccountName)) refused.add(id);
  }
}
