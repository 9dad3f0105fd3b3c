import type { Change, RemovalReason } from "#lib/sandbox/tenant/changes.ts";
import { type LinkSource, Links } from "#lib/sandbox/tenant/links.ts";
import type {
  AdministrativeUnit,
  Device,
  DirectoryObject,
  Group,
  OrgContact,
  User,
} from "#lib/sandbox/tenant/objects.ts";
import { OrderedMap } from "#lib/sandbox/tenant/orderedMap.ts";
import { notFound } from "#lib/sandbox/tenant/refusedEdit.ts";
import type { UserChange } from "#lib/sandbox/tenant/userChanges.ts";

/** A soft-deleted group with what comes back with it. */
type DeletedGroup = {
  readonly group: Group;
  readonly members: readonly string[];
  /** The groups and units that it was in. */
  readonly memberOf: readonly string[];
  readonly units: readonly string[];
};

/**
 * Contoso's directory in memory, as it is changed by whoever masters an object: Entra, Exchange Online, or AD by way
 * of Entra Connect. What Graph would refuse to change is in `graphEdits.ts`. Every change of a group, a membership or
 * a user is entered in a log that only grows, so that delta queries can tell what happened since any point.
 */
export class Tenant {
  readonly users = new OrderedMap<User>();
  readonly devices = new OrderedMap<Device>();
  readonly contacts = new OrderedMap<OrgContact>();
  readonly groups = new OrderedMap<Group>();
  readonly administrativeUnits = new OrderedMap<AdministrativeUnit>();
  /** Soft-deleted groups, which can be restored. */
  readonly deletedGroups = new OrderedMap<DeletedGroup>();
  readonly owners = new Links();
  readonly unitMembers = new Links();
  /** Values of the setting Group.Unified that differ from the template's; none: no setting was made. */
  readonly settings = new Map<string, string>();
  /** Full names of the directory extensions that are registered for groups. */
  readonly extensions = new Set<string>();
  /** Changes so far; the length is the present sequence number. */
  readonly log: Change[] = [];
  readonly userLog: UserChange[] = [];
  readonly domain: string;
  readonly #members: Links;

  /** `memberships`: those that are there at the start without standing in the log. */
  constructor(domain: string, memberships?: LinkSource) {
    this.domain = domain;
    this.#members = new Links(memberships);
  }

  find(id: string): DirectoryObject | undefined {
    return (
      this.users.get(id) ?? this.groups.get(id) ?? this.devices.get(id) ?? this.contacts.get(id) ?? undefined
    );
  }

  /** The ids of a group's direct members in ascending order; empty for an unknown group. */
  memberIds(group: string): readonly string[] {
    return this.#members.ids(group);
  }

  isMember(group: string, member: string): boolean {
    return this.#members.has(group, member);
  }

  /** Enters a new object as it stands. */
  enter(object: DirectoryObject): void {
    switch (object.kind) {
      case "user":
        this.users.set(object.id, object);
        this.userLog.push({ user: object.id, what: "created" });
        return;
      case "device":
        this.devices.set(object.id, object);
        return;
      case "orgContact":
        this.contacts.set(object.id, object);
        return;
      case "group":
        this.groups.set(object.id, object);
        for (const name of Object.keys(object.directoryExtensions)) this.extensions.add(name);
        this.log.push({ group: object.id, what: "created" });
    }
  }

  changeGroup(id: string, edit: Partial<Group>): Group {
    const before = this.existingGroup(id);
    const after: Group = { ...before, ...edit };
    const properties = changed(before, after);
    if (properties.length === 0) return before;
    this.groups.set(id, after);
    for (const name of Object.keys(after.directoryExtensions)) this.extensions.add(name);
    this.log.push({ group: id, what: "patched", properties });
    return after;
  }

  changeUser(id: string, edit: Partial<User>): User {
    const before = this.users.get(id);
    if (before === undefined) throw notFound(id);
    const after: User = { ...before, ...edit };
    const properties = changed(before, after);
    if (properties.length === 0) return before;
    this.users.set(id, after);
    this.userLog.push({ user: id, what: "patched", properties });
    return after;
  }

  enterMember(group: string, member: string): void {
    const memberKind = this.existing(member).kind;
    if (this.#members.add(group, member)) this.log.push({ group, what: "memberAdded", member, memberKind });
  }

  leaveMember(group: string, member: string): void {
    const memberKind = this.existing(member).kind;
    if (this.#members.remove(group, member))
      this.log.push({ group, what: "memberRemoved", member, memberKind });
  }

  /** Deletes a group so that it can be restored, with what it held and where it was. */
  deleteGroupSoftly(id: string): void {
    const group = { ...this.existingGroup(id), deletedDateTime: new Date().toISOString() };
    const kept = {
      members: this.memberIds(id),
      memberOf: this.#members.from(id),
      units: this.unitMembers.from(id),
    };
    this.#remove(id, "changed");
    this.deletedGroups.set(id, { group, ...kept });
  }

  /** Deletes a group for good, whether it is there or soft-deleted. */
  deleteGroupForGood(id: string): void {
    if (this.deletedGroups.delete(id)) this.log.push({ group: id, what: "removed", reason: "deleted" });
    else this.#remove(this.existingGroup(id).id, "deleted");
  }

  restoreGroup(id: string): Group {
    const deleted = this.deletedGroups.get(id);
    if (deleted === undefined) throw notFound(id);
    this.deletedGroups.delete(id);
    const group = { ...deleted.group, deletedDateTime: null };
    this.enter(group);
    for (const member of deleted.members) if (this.find(member)) this.enterMember(id, member);
    for (const container of deleted.memberOf) if (this.groups.has(container)) this.enterMember(container, id);
    for (const unit of deleted.units) this.unitMembers.add(unit, id);
    return group;
  }

  deleteUser(id: string, reason: RemovalReason = "changed"): void {
    if (!this.users.has(id)) throw notFound(id);
    this.#leaveAll(id);
    this.users.delete(id);
    this.userLog.push({ user: id, what: "removed", reason });
  }

  existing(id: string): DirectoryObject {
    const object = this.find(id);
    if (object === undefined) throw notFound(id);
    return object;
  }

  existingGroup(id: string): Group {
    const group = this.groups.get(id);
    if (group === undefined) throw notFound(id);
    return group;
  }

  #remove(id: string, reason: RemovalReason): void {
    this.#leaveAll(id);
    this.groups.delete(id);
    this.#members.replace(id, []);
    this.log.push({ group: id, what: "removed", reason });
  }

  #leaveAll(member: string): void {
    for (const group of this.#members.from(member)) this.leaveMember(group, member);
    for (const unit of this.unitMembers.from(member)) this.unitMembers.remove(unit, member);
    for (const owned of this.owners.from(member)) this.owners.remove(owned, member);
  }
}

function changed<T extends object>(before: T, after: T): string[] {
  const names = Object.keys(after) as (keyof T & string)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
