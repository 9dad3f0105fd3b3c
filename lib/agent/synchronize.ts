import type { CyclePorts } from "#lib/agent/cycle.ts";
import type { DirectoryReference } from "#lib/directory/directory.ts";
import { type Dn, isBelow, nameOf } from "#lib/model/dn.ts";
import type { CloudGroup, OnPremisesGroupType } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Change, PlannedMember, Skip, SkipReason } from "#lib/model/plan.ts";
import type { RunCounts } from "#lib/model/run.ts";
import { compareGroup, deletion } from "#lib/plan/difference.ts";
import type { PlanFacts } from "#lib/plan/guards/guard.ts";
import { compareMembers } from "#lib/plan/membership.ts";
import { groupDn } from "#lib/plan/naming.ts";
import { referenceKey, referenceOf } from "#lib/plan/reference.ts";
import { decideScope } from "#lib/plan/scope.ts";
import type { AnchoredGroup } from "#lib/store/snapshot.ts";
import type { PlannedGroup } from "#lib/store/store.ts";

/** How many members one change carries at the most: AD takes 5,000 values in one modify (MS-ADTS 3.1.1.3.4.6). */
const membersPerChange = 5000;

/** Whether a reference exists in the directory, asked once for each. */
class Existing {
  readonly #known = new Map<string, boolean>();
  readonly #resolve: CyclePorts["directory"]["resolve"];

  constructor(resolve: CyclePorts["directory"]["resolve"]) {
    this.#resolve = resolve;
  }

  async of(members: readonly PlannedMember[]): Promise<(member: PlannedMember) => boolean> {
    const unknown = members.flatMap(({ reference }): DirectoryReference[] =>
      reference.by === "anchor" || this.#known.has(referenceKey(reference)) ? [] : [reference],
    );
    const found = unknown.length === 0 ? [] : await this.#resolve(unknown);
    for (const [index, reference] of unknown.entries())
      this.#known.set(referenceKey(reference), found[index] != null);
    return ({ reference }) => reference.by === "anchor" || this.#known.get(referenceKey(reference)) === true;
  }
}

/** Collects a plan and writes it to the store in batches. */
class Collector {
  readonly #ports: CyclePorts;
  #changes: Change[] = [];
  #groups: PlannedGroup[] = [];
  readonly counts: RunCounts;

  constructor(ports: CyclePorts) {
    this.#ports = ports;
    this.counts = { ...ports.record.run.counts };
  }

  async change(...changes: Change[]): Promise<void> {
    for (const change of changes) {
      this.counts[change.kind]++;
      if (change.kind === "addMembers") this.counts.membersAdded += change.members.length;
      if (change.kind === "removeMembers") this.counts.membersRemoved += change.members.length;
      this.#changes.push(change);
    }
    if (this.#changes.length >= 500) await this.flush();
  }

  async group(group: PlannedGroup): Promise<void> {
    if (group.skip !== null) this.counts.groupsSkipped++;
    this.counts.membersSkipped += group.skippedMembers.length;
    this.#groups.push(group);
    if (this.#groups.length >= 500) await this.flush();
  }

  async flush(): Promise<void> {
    const { store, record } = this.#ports;
    await store.addChanges(record.run.id, this.#changes);
    await store.addGroups(record.run.id, this.#groups);
    this.#changes = [];
    this.#groups = [];
    record.count(this.counts);
  }
}

function skipped(anchor: ObjectId, name: string, reason: SkipReason): Skip {
  return { anchor, name, reason, member: null };
}

/** A group that is left out, with its place in the directory where it has one. */
function skippedGroup(anchor: ObjectId, name: string, dn: Dn | null, reason: SkipReason): PlannedGroup {
  return { anchor, name, dn, members: 0, skip: skipped(anchor, name, reason), skippedMembers: [] };
}

/** Compares both sides of the snapshot and writes the plan to the store, in the order of its export. */
export async function synchronize(ports: CyclePorts): Promise<PlanFacts> {
  const { snapshot, record, directory, signal } = ports;
  const { configuration } = record.run;
  const { externalDirectoryObjectId } = await directory.describe();
  const plan = new Collector(ports);
  const existing = new Existing((references) => directory.resolve(references));
  const cloudGroups = snapshot.countCloudGroups();
  const under = ({ dn }: AnchoredGroup) => isBelow(dn, configuration.target);
  const written = new Map<ObjectId, OnPremisesGroupType>();

  // Groups first, so that every group exists before a membership names it.
  for (const group of snapshot.cloudGroups()) {
    signal.throwIfAborted();
    const verdict = decideScope(configuration.scope, group);
    const found = snapshot.directoryGroupsOf(group.id);
    const here = found.find(under);
    if (!verdict.inScope) {
      if (here === undefined)
        await plan.group(skippedGroup(group.id, group.displayName, null, verdict.reason));
      continue;
    }
    if (here === undefined && found[0] !== undefined) {
      await plan.group(skippedGroup(group.id, group.displayName, found[0].dn, "group-outside-target"));
      continue;
    }
    written.set(group.id, verdict.type);
    await plan.change(
      ...compareGroup({ group, type: verdict.type }, here, configuration, externalDirectoryObjectId),
    );
  }
  plan.counts.groupsInScope = written.size;

  let done = 0;
  for (const anchor of written.keys()) {
    signal.throwIfAborted();
    const group = snapshot.cloudGroup(anchor);
    if (group === undefined) continue;
    const here = snapshot.directoryGroupsOf(anchor).find(under);
    await planMembers(ports, plan, existing, group, here, (id) => written.has(id));
    record.progress("synchronize", { done: ++done, total: written.size, current: group.displayName });
  }

  const facts = await planWithdrawals(ports, plan, written);
  await plan.flush();
  return { ...facts, configuration, cloudGroups, deletions: plan.counts.delete };
}

async function planMembers(
  { snapshot, record }: CyclePorts,
  plan: Collector,
  existing: Existing,
  group: CloudGroup,
  here: AnchoredGroup | undefined,
  isWrittenBack: (id: ObjectId) => boolean,
): Promise<void> {
  const skips: Skip[] = [];
  const leaveOut = (id: ObjectId, name: string, reason: SkipReason) =>
    skips.push({ ...skipped(group.id, group.displayName, reason), member: { id, name } });
  const wanted: (PlannedMember & { id: ObjectId })[] = [];
  for (const { id, kind, principal } of snapshot.cloudMembers(group.id)) {
    const nested = kind === "group" ? snapshot.cloudGroup(id) : undefined;
    const name = principal?.displayName ?? nested?.displayName ?? id;
    const synced = principal?.synced ?? nested?.synced ?? false;
    const known = {
      id,
      kind,
      displayName: name,
      synced,
      sid: principal?.sid ?? null,
      guid: principal?.guid ?? null,
    };
    if (kind === "user" && principal === null) leaveOut(id, name, "member-unknown");
    else {
      const verdict = referenceOf(known, isWrittenBack);
      if (verdict.found) wanted.push({ id, name, reference: verdict.reference });
      else leaveOut(id, name, verdict.reason);
    }
  }
  const actual = here === undefined ? [] : [...snapshot.directoryMembers(here.guid)];
  const named = actual.map((member) => ({ ...member, name: nameOf(member.dn) }));
  const { add, remove, kept } = compareMembers(
    wanted.map(({ reference, name }) => ({ reference, name })),
    named,
  );
  const exists = await existing.of(add);
  const ids = new Map(wanted.map(({ id, reference }) => [referenceKey(reference), id]));
  for (const member of add.filter((candidate) => !exists(candidate))) {
    leaveOut(ids.get(referenceKey(member.reference)) ?? group.id, member.name, "member-not-in-directory");
  }
  const addable = add.filter(exists);
  const dn = groupDn(record.run.configuration.naming, group, record.run.configuration.target);
  const common = { anchor: group.id, name: group.displayName, dn };
  for (let start = 0; start < remove.length; start += membersPerChange) {
    const members = remove.slice(start, start + membersPerChange);
    await plan.change({
      kind: "removeMembers",
      reason: "They are not members of the cloud group.",
      ...common,
      members,
    });
  }
  for (let start = 0; start < addable.length; start += membersPerChange) {
    const members = addable.slice(start, start + membersPerChange);
    await plan.change({
      kind: "addMembers",
      reason: "They are members of the cloud group.",
      ...common,
      members,
    });
  }
  await plan.group({
    anchor: group.id,
    name: group.displayName,
    dn,
    members: kept + addable.length,
    skip: null,
    skippedMembers: skips,
  });
}

/** Plans what becomes of written-back groups whose cloud group is out of scope or gone, deletions last of all. */
async function planWithdrawals(
  { snapshot, record, signal }: CyclePorts,
  plan: Collector,
  written: ReadonlyMap<ObjectId, unknown>,
): Promise<Pick<PlanFacts, "writtenBackGroups" | "sharedAnchors" | "disagreeingAnchors">> {
  const { target, withdrawal } = record.run.configuration;
  const disagreeingAnchors: Dn[] = [];
  const holders = new Map<ObjectId, Dn[]>();
  let writtenBackGroups = 0;
  for (const actual of snapshot.directoryGroups()) {
    signal.throwIfAborted();
    if (actual.anchor === null) disagreeingAnchors.push(actual.dn);
    else holders.set(actual.anchor, [...(holders.get(actual.anchor) ?? []), actual.dn]);
    if (actual.anchor === null || !isBelow(actual.dn, target)) continue;
    writtenBackGroups++;
    if (written.has(actual.anchor)) continue;
    const group = snapshot.cloudGroup(actual.anchor);
    const name = group?.displayName ?? actual.attributes.displayName?.[0] ?? nameOf(actual.dn);
    const reason =
      group === undefined ? "The cloud group was deleted." : "The cloud group is no longer in scope.";
    if (withdrawal === "keep")
      await plan.group(skippedGroup(actual.anchor, name, actual.dn, "group-kept-out-of-scope"));
    else {
      await plan.change(deletion(actual.anchor, actual, reason));
      await plan.group({
        anchor: actual.anchor,
        name,
        dn: actual.dn,
        members: 0,
        skip: null,
        skippedMembers: [],
      });
    }
  }
  const sharedAnchors = [...holders]
    .filter(([, groups]) => groups.length > 1)
    .map(([anchor, groups]) => ({ anchor, groups }));
  return { writtenBackGroups, sharedAnchors, disagreeingAnchors };
}
