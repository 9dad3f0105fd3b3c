import { type Group, isDynamic, isMicrosoft365 } from "#lib/sandbox/tenant/objects.ts";
import { RefusedEdit } from "#lib/sandbox/tenant/refusedEdit.ts";

/** Throws `RefusedEdit` when Graph could not hold or change such a group (graph-docs: group-post-groups.md). */
export function checkGroup(group: Group): void {
  if (group.onPremisesSyncEnabled === true) {
    throw badRequest(
      "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.",
    );
  }
  if (group.mailEnabled && !isMicrosoft365(group)) {
    throw badRequest("Cannot Create or Update a mail-enabled security group and or distribution list.");
  }
  if (isMicrosoft365(group) && !group.mailEnabled) {
    throw badRequest("A 'Unified' group requires mailEnabled to be true.");
  }
  if (!group.mailEnabled && !group.securityEnabled) {
    throw badRequest(
      "The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.",
    );
  }
  if (group.displayName.length === 0 || group.displayName.length > 256) {
    throw badRequest("Invalid value specified for property 'displayName' of resource 'Group'.");
  }
  if (
    group.mailNickname === null ||
    !/^[\x21-\x7e]{1,64}$/.test(group.mailNickname) ||
    /[@()\\[\]";:<>,]/.test(group.mailNickname)
  ) {
    throw badRequest("Invalid value specified for property 'mailNickname' of resource 'Group'.");
  }
  if (isDynamic(group) !== (group.membershipRule !== null)) {
    throw badRequest(
      "A dynamic membership rule goes with the group type 'DynamicMembership', and only with it.",
    );
  }
}

/** Throws `RefusedEdit` for groups whose members are not for an API call to set. */
export function checkMembershipIsEditable(group: Group): void {
  checkGroup(group);
  if (isDynamic(group)) {
    throw badRequest("Cannot update a group with a dynamic membership rule: its members follow the rule.");
  }
}

function badRequest(message: string): RefusedEdit {
  return new RefusedEdit(400, "Request_BadRequest", message);
}
