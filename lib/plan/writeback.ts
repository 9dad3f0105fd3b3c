import {
  type CloudGroup,
  type CloudGroupKind,
  type OnPremisesGroupType,
  onPremisesGroupType,
} from "#lib/model/group.ts";
import type { SkipReason } from "#lib/model/plan.ts";

/** What a group's own setting in the tenant says: what it becomes, or why it is not written back. */
export type WritebackVerdict = { readonly type: OnPremisesGroupType } | { readonly reason: SkipReason };

/** The types that each kind can be written as; the first is meant where none is set. */
const typesOf: Partial<Record<CloudGroupKind, readonly OnPremisesGroupType[]>> = {
  microsoft365: onPremisesGroupType.options,
  security: ["universalSecurityGroup"],
};

/**
 * Entra Connect's decision by `writebackConfiguration` (facts.md 1.4). Not set (null) means: a security group is not
 * written; a Microsoft 365 group is, unless the tenant's `NewUnifiedGroupWritebackDefault` is false. A type that the
 * kind of group cannot become is invalid. Other kinds have no such setting.
 */
export function decideWriteback(
  { kind, writeback }: CloudGroup,
  newUnifiedGroupWritebackDefault: boolean,
): WritebackVerdict {
  const types = typesOf[kind];
  if (types === undefined) return { reason: "group-kind-not-supported" };
  const isEnabled = writeback?.isEnabled ?? null;
  if (isEnabled === false) return { reason: "group-writeback-disabled" };
  const isWrittenUnset = kind === "microsoft365" && newUnifiedGroupWritebackDefault;
  if (isEnabled === null && !isWrittenUnset) return { reason: "group-writeback-not-set" };
  const wanted = writeback?.onPremisesGroupType ?? types[0];
  const type = types.find((possible) => possible === wanted);
  return type === undefined ? { reason: "group-writeback-type-invalid" } : { type };
}
