import type { Configuration } from "#lib/model/configuration.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Change, PlannedMember } from "#lib/model/plan.ts";
import { type ActualGroup, deletion } from "#lib/plan/difference.ts";
import { withdrawalOf } from "#lib/plan/scope.ts";

/** Why a group of the directory is no longer written. */
export type Withdrawn = "outOfScope" | "softDeleted" | "deleted";

const reasons: Record<Withdrawn, string> = {
  outOfScope: "The cloud group is no longer in scope.",
  softDeleted: "The cloud group was deleted; it can be restored for 30 days.",
  deleted: "The cloud group was deleted for good.",
};

/** The same group as a distribution group (MS-ADTS 2.2.12: without the security bit), with its scope. */
function distribution(groupType: string | undefined): string | undefined {
  const value = Number(groupType);
  return Number.isInteger(value) && value < 0 ? String(value & 0x7fffffff) : undefined;
}

/**
 * What becomes of an AD group whose cloud group was withdrawn; null: it stays as it is. Kept groups stay frozen
 * until the cloud group is deleted for good, as with Entra Connect (facts.md 4.6).
 */
export function withdrawal(
  configuration: Configuration,
  common: { readonly anchor: ObjectId; readonly name: string },
  actual: ActualGroup,
  state: Withdrawn,
  members: () => PlannedMember[],
): Change | null {
  const setting = withdrawalOf(configuration, actual.dn);
  const reason = reasons[state];
  const { guid, dn } = actual;
  if (setting === "delete" || (setting === "keep" && state === "deleted"))
    return deletion(common.anchor, actual, reason, members());
  if (setting === "keep") return null;
  const before = actual.attributes.groupType ?? [];
  const after = distribution(before[0]);
  if (after === undefined) return null;
  const edits = [{ attribute: "groupType", before: [...before], after: [after] }];
  return { kind: "update", ...common, reason, guid, dn, edits };
}
