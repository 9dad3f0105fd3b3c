import type { PlannedMember } from "#lib/model/plan.ts";
import { type ActualMember, keysOf, referenceKey } from "#lib/plan/reference.ts";

/** What to add to and remove from one group's members, and how many stay. */
export type MembershipDifference = {
  readonly add: readonly PlannedMember[];
  readonly remove: readonly PlannedMember[];
  readonly kept: number;
};

/**
 * Compares the members that a group should have with those that it has. A member that is named twice counts
 * once. Members are removed by objectGUID, which every AD object has.
 */
export function compareMembers(
  desired: Iterable<PlannedMember>,
  actual: Iterable<ActualMember>,
): MembershipDifference {
  const wanted = new Map<string, PlannedMember>();
  for (const member of desired) wanted.set(referenceKey(member.reference), member);
  const remove: PlannedMember[] = [];
  let kept = 0;
  for (const member of actual) {
    const keys = keysOf(member).filter((key) => wanted.has(key));
    if (keys.length === 0) remove.push({ reference: { by: "guid", guid: member.guid }, name: member.name });
    else kept++;
    for (const key of keys) wanted.delete(key);
  }
  return { add: [...wanted.values()], remove, kept };
}
