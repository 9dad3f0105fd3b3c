import { type GroupEdit, type NewGroup, newGroupObject } from "#lib/sandbox/tenant/groupObject.ts";
import { type Group, isMicrosoft365 } from "#lib/sandbox/tenant/objects.ts";
import { notFound, RefusedEdit } from "#lib/sandbox/tenant/refusedEdit.ts";
import { checkGroup, checkMembershipIsEditable } from "#lib/sandbox/tenant/rules.ts";
import type { Tenant } from "#lib/sandbox/tenant/tenant.ts";

/** Edits by way of Graph, which refuses with `RefusedEdit` whatever is mastered elsewhere. */

export function createGroup(tenant: Tenant, edit: NewGroup): Group {
  const group = newGroupObject(tenant.domain, edit);
  if (tenant.find(group.id) !== undefined)
    throw badRequest("Another object with the same value for property id already exists.");
  checkGroup(group);
  tenant.enter(group);
  return group;
}

export function patchGroup(tenant: Tenant, id: string, edit: GroupEdit): Group {
  checkGroup({ ...tenant.existingGroup(id), ...edit });
  return tenant.changeGroup(id, edit);
}

export function deleteGroup(tenant: Tenant, id: string): void {
  checkGroup(tenant.existingGroup(id));
  deleteByKind(tenant, id);
}

/**
 * Deletes a group as its kind is: a Microsoft 365 group softly, any other for good, as Graph did for years. Its page
 * api/group-delete.md of late says that security groups, too, can be restored for 30 days, so that both are to be
 * reckoned with: `Tenant.deleteGroupSoftly` does that with a group of any kind.
 */
export function deleteByKind(tenant: Tenant, id: string): void {
  const group = tenant.groups.get(id);
  if (group !== undefined && isMicrosoft365(group)) tenant.deleteGroupSoftly(id);
  else tenant.deleteGroupForGood(id);
}

export function addMember(tenant: Tenant, group: string, member: string): void {
  checkMembershipIsEditable(tenant.existingGroup(group));
  tenant.existing(member);
  if (tenant.isMember(group, member))
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'members'.",
    );
  tenant.enterMember(group, member);
}

export function removeMember(tenant: Tenant, group: string, member: string): void {
  checkMembershipIsEditable(tenant.existingGroup(group));
  if (!tenant.isMember(group, member)) throw notFound(member);
  tenant.leaveMember(group, member);
}

function badRequest(message: string): RefusedEdit {
  return new RefusedEdit(400, "Request_BadRequest", message);
}
