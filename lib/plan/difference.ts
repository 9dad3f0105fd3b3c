import type { Configuration } from "#lib/model/configuration.ts";
import { type Dn, dnKey, nameOf, parentDn } from "#lib/model/dn.ts";
import type { CloudGroup, OnPremisesGroupType } from "#lib/model/group.ts";
import type { Guid } from "#lib/model/identifier.ts";
import type { Change } from "#lib/model/plan.ts";
import { type Attributes, attributesOf } from "#lib/plan/attributes.ts";
import { groupDn, samAccountName } from "#lib/plan/naming.ts";

/** A written-back group as AD holds it. */
export type ActualGroup = { readonly guid: Guid; readonly dn: Dn; readonly attributes: Attributes };

/** A cloud group that is in scope, with what it becomes. */
export type DesiredGroup = { readonly group: CloudGroup; readonly type: OnPremisesGroupType };

function sameValues(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

function mutable(attributes: Attributes): Record<string, string[]> {
  const set = Object.entries(attributes).filter(([, values]) => values.length > 0);
  return Object.fromEntries(set.map(([name, values]) => [name, [...values]]));
}

function relocation(
  actual: ActualGroup,
  after: Dn,
  common: { anchor: CloudGroup["id"]; name: string },
): Change[] {
  const sameParent = dnKey(parentDn(actual.dn) ?? "") === dnKey(parentDn(after) ?? "");
  // Names differ already when their case does: the cloud's spelling is the one that counts.
  if (sameParent && nameOf(actual.dn) === nameOf(after)) return [];
  const change = { ...common, guid: actual.guid, before: actual.dn, after };
  return sameParent
    ? [
        {
          kind: "rename",
          reason: "The name that the group should have differs from the one in the directory.",
          ...change,
        },
      ]
    : [{ kind: "move", reason: "The group is not directly in the target OU.", ...change }];
}

/** The changes that make one AD group what its cloud group says, memberships excepted; none when it is so already. */
export function compareGroup(
  { group, type }: DesiredGroup,
  actual: ActualGroup | undefined,
  configuration: Configuration,
  externalDirectoryObjectId: boolean,
): Change[] {
  const common = { anchor: group.id, name: group.displayName };
  const desired = attributesOf(group, type, externalDirectoryObjectId);
  const dn = groupDn(configuration.naming, group, configuration.target);
  if (actual === undefined) {
    const attributes = mutable({ sAMAccountName: [samAccountName(configuration.naming, group)], ...desired });
    return [
      {
        kind: "create",
        reason: "The group is in scope and not in the directory yet.",
        ...common,
        dn,
        attributes,
      },
    ];
  }
  const edits = Object.entries(desired)
    .filter(([attribute, after]) => !sameValues(actual.attributes[attribute] ?? [], after))
    .map(([attribute, after]) => ({
      attribute,
      before: [...(actual.attributes[attribute] ?? [])],
      after: [...after],
    }));
  const update: Change[] =
    edits.length === 0
      ? []
      : [
          {
            kind: "update",
            reason: "The cloud is the source of authority and holds other values.",
            ...common,
            guid: actual.guid,
            dn: actual.dn,
            edits,
          },
        ];
  return [...update, ...relocation(actual, dn, common)];
}

/** The change that deletes an AD group whose cloud group is out of scope or gone. */
export function deletion(anchor: CloudGroup["id"], actual: ActualGroup, reason: string): Change {
  const name = actual.attributes.displayName?.[0] ?? nameOf(actual.dn);
  return {
    kind: "delete",
    anchor,
    name,
    reason,
    guid: actual.guid,
    dn: actual.dn,
    attributes: mutable(actual.attributes),
  };
}
