import type { Collector } from "#lib/agent/collector.ts";
import type { CyclePorts } from "#lib/agent/cycle.ts";
import { decide } from "#lib/agent/decisions.ts";
import { softDeletedState } from "#lib/agent/importTenant.ts";
import { type MemberCounts, planMembers } from "#lib/agent/planMembers.ts";
import { type Dn, nameOf } from "#lib/model/dn.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Change, SkipReason } from "#lib/model/plan.ts";
import { type Failure, failureOf } from "#lib/model/problem.ts";
import type { TakenOverFrom } from "#lib/model/run.ts";
import { anchorAttributes, writtenBy } from "#lib/plan/anchor.ts";
import { compareGroup } from "#lib/plan/difference.ts";
import { groupDn } from "#lib/plan/naming.ts";
import { inTargets, placementOf } from "#lib/plan/placement.ts";
import { targetsOf } from "#lib/plan/scope.ts";
import { type Withdrawn, withdrawal } from "#lib/plan/withdrawal.ts";
import type { AnchoredGroup, StoredGroup } from "#lib/store/snapshot.ts";
import type { PlannedGroup } from "#lib/store/store.ts";

/** What planning a group needs beside the ports. */
export type Planning = {
  readonly plan: Collector;
  readonly externalDirectoryObjectId: boolean;
  /** Groups that are not written because their names are taken or not unique. */
  readonly unnameable: ReadonlySet<ObjectId>;
  /** Groups that failed and wait for their next try. */
  readonly quarantined: ReadonlySet<ObjectId>;
  /** Groups for which the admin's mapping gives no value, with the cause; filled while planning. */
  readonly unmappable: Map<ObjectId, Failure>;
};

/** What became of a group: `equal`: both sides are as they should be, so that it need not be looked at again. */
export type GroupOutcome = { readonly equal: boolean; readonly inScope: boolean };

function skipped(anchor: ObjectId, name: string, dn: Dn | null, reason: SkipReason): PlannedGroup {
  const skip = { anchor, name, reason, member: null };
  return { anchor, name, dn, members: 0, skip, skippedMembers: [], takenOverFrom: null };
}

/** Compares one group on both sides of the snapshot and adds to the plan what makes them equal. */
export async function planGroup(
  ports: CyclePorts,
  planning: Planning,
  anchor: ObjectId,
  onlyDirectoryChanged: boolean,
): Promise<GroupOutcome> {
  const { snapshot, record } = ports;
  const { configuration } = record.run;
  const { plan } = planning;
  const stored = snapshot.storedGroup(anchor);
  const found = snapshot.directoryGroupsOf(anchor);
  const targets = targetsOf(configuration);
  const gone = stored === undefined || snapshot.isSoftDeleted(anchor);
  const verdict = gone ? null : decide(snapshot, configuration, stored.group);

  if (gone || verdict === null || !verdict.inScope) {
    const here = inTargets(found, targets);
    if (here !== undefined) return withdraw(ports, planning, anchor, here, stored);
    if (verdict !== null && !verdict.inScope && stored !== undefined)
      await plan.group(skipped(anchor, stored.group.displayName, null, verdict.reason));
    return { equal: true, inScope: false };
  }

  const { group } = stored;
  const leaveOut = async (dn: Dn | null, reason: SkipReason, equal: boolean): Promise<GroupOutcome> => {
    await plan.group(skipped(anchor, group.displayName, dn, reason));
    return { equal, inScope: true };
  };
  const { join } = verdict;
  const placement = placementOf({ join, targets, isOurs: snapshot.isOurs(anchor) }, found);
  if (placement.state === "leftOut") {
    const isElsewhere = placement.reason === "group-outside-target";
    const dn = "group" in placement ? placement.group.dn : null;
    return { ...(await leaveOut(dn, placement.reason, isElsewhere)), inScope: !isElsewhere };
  }
  const actual = placement.state === "there" ? placement.group : undefined;
  const inPlace = placement.state === "there" && placement.inPlace;
  if (planning.quarantined.has(anchor)) return leaveOut(actual?.dn ?? null, "group-quarantined", false);
  if (planning.unnameable.has(anchor)) return leaveOut(actual?.dn ?? null, "group-name-not-unique", false);

  const desired = { group, type: verdict.type, target: verdict.target, inPlace };
  const { externalDirectoryObjectId } = planning;
  const comparison = { externalDirectoryObjectId, onlyDirectoryChanged, wasLost: snapshot.wasLost(anchor) };
  let changes: Change[];
  try {
    changes = compareGroup(desired, actual, configuration, comparison);
  } catch (thrown) {
    // An expression that does not fit this group is this group's failure and no other's.
    const failure = failureOf(thrown);
    if (failure.code !== "E5009") throw thrown;
    planning.unmappable.set(anchor, failure);
    return leaveOut(actual?.dn ?? null, "group-quarantined", false);
  }
  const isElsewhere = inPlace || (actual !== undefined && inTargets([actual], targets) === undefined);
  if (actual !== undefined && !isElsewhere && !snapshot.isOurs(anchor)) snapshot.markOurs(anchor);
  await plan.change(changes, actual, isElsewhere);

  const dn = inPlace && actual !== undefined ? actual.dn : groupDn(configuration, group, verdict.target);
  const counts: MemberCounts = { added: 0, removed: 0, skips: [], absent: false };
  let memberChanges = 0;
  const isWrittenBack = (id: ObjectId) => isInScope(ports, planning, id);
  const common = { anchor, name: group.displayName, dn };
  for await (const change of planMembers(ports, group, common, actual !== undefined, isWrittenBack, counts)) {
    memberChanges++;
    const reason = onlyDirectoryChanged ? `Changed on premises. ${change.reason}` : change.reason;
    await plan.change([{ ...change, reason }], actual, isElsewhere);
  }
  const before = actual === undefined ? 0 : snapshot.countDirectoryMembers(anchor);
  await plan.group({
    anchor,
    name: group.displayName,
    dn,
    members: before + counts.added - counts.removed,
    skip: null,
    skippedMembers: counts.skips,
    takenOverFrom: takenOver(actual, configuration.takeOverAttribute, inPlace, changes),
  });
  return { equal: changes.length + memberChanges === 0 && !counts.absent, inScope: true };
}

/** Which tool wrote the AD group: asked only while the product's own anchor is not complete on it. */
function takenOver(
  actual: AnchoredGroup | undefined,
  attribute: string | null,
  inPlace: boolean,
  changes: readonly Change[],
): TakenOverFrom | null {
  const addsAnchor = changes.some(
    (change) =>
      change.kind === "update" &&
      change.edits.some((edit) => anchorAttributes.some((name) => name === edit.attribute)),
  );
  if (actual === undefined || !addsAnchor) return null;
  return writtenBy(actual.attributes, attribute) ?? (inPlace ? "sourceOfAuthority" : null);
}

/** Whether a nested group is written back itself, so that it can be named by its anchor. */
function isInScope({ snapshot, record }: CyclePorts, planning: Planning, id: ObjectId): boolean {
  const stored = snapshot.storedGroup(id);
  if (stored === undefined || snapshot.isSoftDeleted(id) || planning.unnameable.has(id)) return false;
  const { configuration } = record.run;
  const verdict = decide(snapshot, configuration, stored.group);
  if (!verdict.inScope) return false;
  const { join } = verdict;
  const search = { join, targets: targetsOf(configuration), isOurs: snapshot.isOurs(id) };
  const placement = placementOf(search, snapshot.directoryGroupsOf(id));
  return placement.state === "there" || (placement.state === "missing" && !planning.quarantined.has(id));
}

async function withdraw(
  { record, snapshot }: CyclePorts,
  { plan }: Planning,
  anchor: ObjectId,
  here: AnchoredGroup,
  stored: StoredGroup | undefined,
): Promise<GroupOutcome> {
  const name = stored?.group.displayName ?? here.attributes.displayName?.[0] ?? nameOf(here.dn);
  const state = withdrawnAs(snapshot, anchor, stored !== undefined);
  const change = withdrawal(record.run.configuration, { anchor, name }, here, state, () =>
    snapshot.directoryMembersNamed(here.guid),
  );
  if (change === null) {
    const reason = state === "softDeleted" ? "group-soft-deleted" : "group-kept-out-of-scope";
    await plan.group(skipped(anchor, name, here.dn, reason));
    return { equal: true, inScope: false };
  }
  await plan.change([change], here);
  const members = change.kind === "delete" ? 0 : snapshot.countDirectoryMembers(anchor);
  await plan.group({
    anchor,
    name,
    dn: here.dn,
    members,
    skip: null,
    skippedMembers: [],
    takenOverFrom: null,
  });
  return { equal: false, inScope: false };
}

/** What is known of a cloud group that is not written any more; in doubt it can be restored. */
function withdrawnAs(snapshot: CyclePorts["snapshot"], anchor: ObjectId, exists: boolean): Withdrawn {
  if (snapshot.isSoftDeleted(anchor)) return "softDeleted";
  if (exists) return "outOfScope";
  const isKnown = snapshot.state(softDeletedState) !== null || snapshot.isGone(anchor);
  return isKnown ? "deleted" : "softDeleted";
}
