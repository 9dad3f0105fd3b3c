import type { Principal } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { MemberReference, SkipReason } from "#lib/model/plan.ts";

/** How a cloud member is named on premises, or why it is left out. */
export type ReferenceVerdict =
  | { readonly found: true; readonly reference: MemberReference }
  | { readonly found: false; readonly reason: SkipReason };

/**
 * The on-premises reference of a cloud member: by SID, which no rename or move changes, else by objectGUID from
 * the immutable id (facts.md, decisions). A nested cloud group is named by its anchor, and only where it is
 * written back itself; its members are not flattened (facts.md 4.5).
 */
export function referenceOf(
  member: Principal,
  isWrittenBack: (group: ObjectId) => boolean,
): ReferenceVerdict {
  if (member.kind === "group" && !member.synced) {
    return isWrittenBack(member.id)
      ? { found: true, reference: { by: "anchor", anchor: member.id } }
      : { found: false, reason: "member-group-not-written-back" };
  }
  if (member.kind === "servicePrincipal") return { found: false, reason: "member-kind-not-supported" };
  if (!member.synced) return { found: false, reason: "member-cloud-only" };
  if (member.sid !== null) return { found: true, reference: { by: "sid", sid: member.sid } };
  if (member.guid !== null) return { found: true, reference: { by: "guid", guid: member.guid } };
  // Graph names a contact on premises by nothing but its address.
  if (member.kind === "contact" && member.mail !== null)
    return { found: true, reference: { by: "mail", mail: member.mail } };
  return { found: false, reason: "member-cloud-only" };
}

/** A text that is equal for equal references. */
export function referenceKey(reference: MemberReference): string {
  switch (reference.by) {
    case "sid":
      return reference.sid;
    case "guid":
      return reference.guid;
    case "anchor":
      return `Group_${reference.anchor}`;
    case "mail":
      return `mail:${reference.mail}`;
  }
}
