import { randomUUID } from "node:crypto";
import type { Change, RemovalReason } from "#lib/sandbox/tenant/changes.ts";
import { cloudSecurityIdentifier } from "#lib/sandbox/tenant/identity.ts";
import {
  type Device,
  type DirectoryObject,
  type Group,
  isMicrosoft365,
  type User,
} from "#lib/sandbox/tenant/objects.ts";
import { RefusedEdit } from "#lib/sandbox/tenant/refusedEdit.ts";
import { checkGroup, checkMembershipIsEditable } from "#lib/sandbox/tenant/rules.ts";

/** What an edit may set on a group; the rest follows from it or is the tenant's own. */
export type GroupEdit = Partial<
  Pick<
    Group,
    | "displayName"
    | "description"
    | "mailEnabled"
    | "mailNickname"
    | "securityEnabled"
    | "visibility"
    | "membershipRule"
    | "membershipRuleProcessingState"
    | "writebackConfiguration"
  >
>;
export type NewGroup = GroupEdit &
  Pick<Group, "displayName" | "mailEnabled" | "mailNickname" | "securityEnabled"> &
  Partial<Pick<Group, "id" | "groupTypes" | "isAssignableToRole">>;

/**
 * Contoso's directory in memory. Every edit of a group or a membership is entered in a log that only grows, so that
 * delta queries can tell exactly what happened since any point. Edits that Entra would refuse throw `RefusedEdit`.
 */
export class Tenant {
  readonly users = new Map<string, User>();
  readonly devices = new Map<string, Device>();
  readonly groups = new Map<string, Group>();
  /** Soft-deleted groups, which could be restored. */
  readonly deletedGroups = new Map<string, Group>();
  /** Changes so far; the length is the present sequence number. */
  readonly log: Change[] = [];
  readonly domain: string;
  #members = new Map<string, Set<string>>();
  #sorted = new Map<string, readonly string[]>();

  constructor(domain: string) {
    this.domain = domain;
  }

  find(id: string): DirectoryObject | undefined {
    return this.users.get(id) ?? this.groups.get(id) ?? this.devices.get(id);
  }

  /** The ids of a group's direct members in ascending order; empty for an unknown group. */
  memberIds(group: string): readonly string[] {
    let sorted = this.#sorted.get(group);
    if (sorted === undefined) {
      sorted = [...(this.#members.get(group) ?? [])].sort();
      this.#sorted.set(group, sorted);
    }
    return sorted;
  }

  /** Enters a user, device or group as it stands, without the rules of an edit: for the seed. */
  enter(object: DirectoryObject): void {
    if (object.kind === "user") this.users.set(object.id, object);
    else if (object.kind === "device") this.devices.set(object.id, object);
    else {
      this.groups.set(object.id, object);
      this.log.push({ group: object.id, what: "created" });
    }
  }

  /** Enters a membership without the rules of an edit: for the seed and for dynamic membership. */
  enterMember(group: string, member: string): void {
    const kind = this.#existing(member).kind;
    const members = this.#members.get(group) ?? new Set();
    if (members.has(member)) return;
    this.#members.set(group, members.add(member));
    this.#sorted.delete(group);
    this.log.push({ group, what: "memberAdded", member, memberKind: kind });
  }

  createGroup(edit: NewGroup): Group {
    const now = new Date().toISOString();
    const id = edit.id ?? randomUUID();
    if (this.find(id) !== undefined) {
      throw new RefusedEdit(
        400,
        "Request_BadRequest",
        "Another object with the same value for property id already exists.",
      );
    }
    const nickname = edit.mailNickname;
    const group: Group = {
      description: null,
      groupTypes: [],
      visibility: null,
      isAssignableToRole: null,
      membershipRule: null,
      membershipRuleProcessingState: null,
      writebackConfiguration: { isEnabled: null, onPremisesGroupType: null },
      ...edit,
      kind: "group",
      id,
      mail: edit.mailEnabled ? `${nickname}@${this.domain}` : null,
      proxyAddresses: edit.mailEnabled ? [`SMTP:${nickname}@${this.domain}`] : [],
      securityIdentifier: cloudSecurityIdentifier(id),
      createdDateTime: now,
      renewedDateTime: now,
      deletedDateTime: null,
      onPremisesSyncEnabled: null,
      onPremisesLastSyncDateTime: null,
      onPremisesSecurityIdentifier: null,
      onPremisesDomainName: null,
      onPremisesNetBiosName: null,
      onPremisesSamAccountName: null,
    };
    checkGroup(group);
    this.enter(group);
    return group;
  }

  patchGroup(id: string, edit: GroupEdit): Group {
    const before = this.#existingGroup(id);
    const after: Group = { ...before, ...edit };
    checkGroup(after);
    const names = Object.keys(edit) as (keyof GroupEdit)[];
    const properties = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    if (properties.length === 0) return before;
    this.groups.set(id, after);
    this.log.push({ group: id, what: "patched", properties });
    return after;
  }

  /**
   * Deletes a group. A Microsoft 365 group is soft-deleted first, as in Entra; deleting it again, or `forGood`,
   * removes it.
   */
  deleteGroup(id: string, forGood = false): void {
    if (this.deletedGroups.delete(id)) {
      this.log.push({ group: id, what: "removed", reason: "deleted" });
      return;
    }
    const group = this.#existingGroup(id);
    checkGroup(group);
    const reason: RemovalReason = isMicrosoft365(group) && !forGood ? "changed" : "deleted";
    this.#leaveAll(id);
    this.groups.delete(id);
    this.#members.delete(id);
    this.#sorted.delete(id);
    if (reason === "changed")
      this.deletedGroups.set(id, { ...group, deletedDateTime: new Date().toISOString() });
    this.log.push({ group: id, what: "removed", reason });
  }

  addMember(group: string, member: string): void {
    checkMembershipIsEditable(this.#existingGroup(group));
    this.#existing(member);
    if (this.#members.get(group)?.has(member)) {
      throw new RefusedEdit(
        400,
        "Request_BadRequest",
        "One or more added object references already exist for the following modified properties: 'members'.",
      );
    }
    this.enterMember(group, member);
  }

  removeMember(group: string, member: string): void {
    checkMembershipIsEditable(this.#existingGroup(group));
    if (!this.#members.get(group)?.has(member)) throw notFound(member);
    this.#leave(group, member);
  }

  deleteUser(id: string): void {
    if (!this.users.has(id)) throw notFound(id);
    this.#leaveAll(id);
    this.users.delete(id);
  }

  #leave(group: string, member: string): void {
    const memberKind = this.#existing(member).kind;
    this.#members.get(group)?.delete(member);
    this.#sorted.delete(group);
    this.log.push({ group, what: "memberRemoved", member, memberKind });
  }

  #leaveAll(member: string): void {
    for (const [group, members] of this.#members) if (members.has(member)) this.#leave(group, member);
  }

  #existing(id: string): DirectoryObject {
    const object = this.find(id);
    if (object === undefined) throw notFound(id);
    return object;
  }

  #existingGroup(id: string): Group {
    const group = this.groups.get(id);
    if (group === undefined) throw notFound(id);
    return group;
  }
}

function notFound(id: string): RefusedEdit {
  return new RefusedEdit(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}
