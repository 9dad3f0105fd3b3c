import type { CyclePorts } from "#lib/agent/cycle.ts";
import { type Dn, isBelow } from "#lib/model/dn.ts";
import type { Guid } from "#lib/model/identifier.ts";
import type { Change, ChangeKind } from "#lib/model/plan.ts";
import type { RunCounts } from "#lib/model/run.ts";
import { targetsOf } from "#lib/plan/scope.ts";
import type { PlannedGroup } from "#lib/store/store.ts";

/** How many changes and groups are written to the store at once. */
const batch = 500;
/** How many groups of each kind of change a guard can name. */
const named = 5;

/** Collects a plan, writes it to the store in batches, and notes what the guards want to know of it. */
export class Collector {
  readonly #ports: CyclePorts;
  readonly #targets: readonly Dn[];
  #changes: Change[] = [];
  #groups: PlannedGroup[] = [];
  #privileged: Promise<ReadonlySet<Guid>> | undefined;
  readonly counts: RunCounts;
  /** Names of the first groups that have changes of a kind. */
  readonly names: Partial<Record<ChangeKind, string[]>> = {};
  readonly privilegedChanges: Dn[] = [];
  readonly changesOutsideTargets: Dn[] = [];

  constructor(ports: CyclePorts) {
    this.#ports = ports;
    this.#targets = targetsOf(ports.record.run.configuration);
    this.counts = { ...ports.record.run.counts };
  }

  /** Changes of one group. `isElsewhere`: it is joined where it is, or goes back to a target OU that it was in. */
  async change(
    changes: readonly Change[],
    group: { readonly guid: Guid; readonly dn: Dn; readonly privileged: boolean } | undefined,
    isElsewhere = false,
  ): Promise<void> {
    if (changes.length === 0) return;
    if (group !== undefined && (group.privileged || (await this.#privilegedGroups()).has(group.guid)))
      this.privilegedChanges.push(group.dn);
    for (const change of changes) {
      const dn = "dn" in change ? change.dn : change.after;
      if (!isElsewhere && !this.#targets.some((target) => isBelow(dn, target)))
        this.changesOutsideTargets.push(dn);
    }
    await this.#add(changes);
  }

  /** Changes that undo others, which the guards have seen when they were made. */
  async undo(changes: readonly Change[]): Promise<void> {
    await this.#add(changes);
  }

  #name({ kind, name }: Change): void {
    const names = this.names[kind] ?? [];
    if (names.length < named) this.names[kind] = [...names, name];
  }

  async #add(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      this.counts[change.kind]++;
      this.#name(change);
      if (change.kind === "addMembers") this.counts.membersAdded += change.members.length;
      if (change.kind === "removeMembers") this.counts.membersRemoved += change.members.length;
      this.#changes.push(change);
    }
    if (this.#changes.length >= batch) await this.flush();
  }

  async group(group: PlannedGroup): Promise<void> {
    if (group.skip !== null) this.counts.groupsSkipped++;
    this.counts.membersSkipped += group.skippedMembers.length;
    this.#groups.push(group);
    if (this.#groups.length >= batch) await this.flush();
  }

  async flush(): Promise<void> {
    const { store, record } = this.#ports;
    await store.addChanges(record.run.id, this.#changes);
    await store.addGroups(record.run.id, this.#groups);
    this.#changes = [];
    this.#groups = [];
    record.count(this.counts);
  }

  /** Asked only once something is to be changed: most cycles change nothing. */
  #privilegedGroups(): Promise<ReadonlySet<Guid>> {
    this.#privileged ??= this.#ports.directory.privilegedGroups();
    return this.#privileged;
  }
}
