import type { Configuration } from "#lib/model/configuration.ts";
import { type Dn, dnKey, nameOf, parentDn } from "#lib/model/dn.ts";
import type { CloudGroup, OnPremisesGroupType } from "#lib/model/group.ts";
import type { Guid } from "#lib/model/identifier.ts";
import type { Change, PlannedMember } from "#lib/model/plan.ts";
import { anchorAttributes } from "#lib/plan/anchor.ts";
import { type Attributes, attributesOf, type DesiredValue, type SchemaFacts } from "#lib/plan/attributes.ts";
import { groupDn, samAccountName } from "#lib/plan/naming.ts";

/** A written-back group as AD holds it. */
export type ActualGroup = { readonly guid: Guid; readonly dn: Dn; readonly attributes: Attributes };

/**
 * A cloud group that is in scope, with what it becomes and where. `inPlace`: its AD group existed before the cloud
 * owned it and keeps its place, name, type and scope.
 */
export type DesiredGroup = {
  readonly group: CloudGroup;
  readonly type: OnPremisesGroupType;
  readonly target: Dn;
  readonly inPlace: boolean;
};

/** What a comparison knows beside the two groups. */
export type Comparison = SchemaFacts & {
  /** The cloud's side is as it was when both were equal: a difference was made on premises. */
  readonly onlyDirectoryChanged: boolean;
  /** The directory had the group at an earlier cycle. */
  readonly wasLost: boolean;
};

function sameValues(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  // AD gives the values of an attribute in no particular order (RFC 4511 4.1.7).
  const there = new Set(right);
  return left.every((value) => there.has(value));
}

function mutable(attributes: Attributes): Record<string, string[]> {
  const set = Object.entries(attributes).filter(([, values]) => values.length > 0);
  return Object.fromEntries(set.map(([name, values]) => [name, [...values]]));
}

function relocation(
  actual: ActualGroup,
  after: Dn,
  common: { anchor: CloudGroup["id"]; name: string },
  onPremises: string,
): Change[] {
  const sameParent = dnKey(parentDn(actual.dn) ?? "") === dnKey(parentDn(after) ?? "");
  // Names differ already when their case does: the cloud's spelling is the one that counts.
  if (sameParent && nameOf(actual.dn) === nameOf(after)) return [];
  const change = { ...common, guid: actual.guid, before: actual.dn, after };
  return sameParent
    ? [
        {
          kind: "rename",
          reason: `${onPremises}The name that the group should have differs from the one in the directory.`,
          ...change,
        },
      ]
    : [{ kind: "move", reason: `${onPremises}The group is not directly in the target OU.`, ...change }];
}

/** Whether a value of AD gives way to the cloud's. */
function isWritten({ apply }: DesiredValue, found: readonly string[]): boolean {
  if (apply === "always") return true;
  return apply === "leaveOnPremises" && found.length === 0;
}

/** The changes that make one AD group what its cloud group says, memberships excepted; none when it is so already. */
export function compareGroup(
  { group, type, target, inPlace }: DesiredGroup,
  actual: ActualGroup | undefined,
  configuration: Configuration,
  comparison: Comparison,
): Change[] {
  const common = { anchor: group.id, name: group.displayName };
  const desired = attributesOf(group, type, configuration.mapping, comparison);
  const dn = groupDn(configuration, group, target);
  if (actual === undefined) {
    const values = Object.entries(desired).map(([name, { values }]) => [name, values] as const);
    return [
      {
        kind: "create",
        reason: comparison.wasLost
          ? "The group was deleted on premises. It comes back from the Recycle Bin with its SID if it is there; otherwise it is created anew, with a new SID."
          : "The group is in scope and not in the directory yet.",
        ...common,
        dn,
        attributes: mutable({
          sAMAccountName: [samAccountName(configuration, group)],
          ...Object.fromEntries(values),
        }),
        ...(comparison.wasLost ? { restores: true } : {}),
      },
    ];
  }
  const onPremises = comparison.onlyDirectoryChanged ? "Changed on premises. " : "";
  const edits = Object.entries(desired)
    .filter(([attribute]) => !(inPlace && attribute === "groupType"))
    .map(([attribute, value]) => ({ attribute, value, found: actual.attributes[attribute] ?? [] }))
    .filter(({ value, found }) => isWritten(value, found) && !sameValues(found, value.values))
    .map(({ attribute, value, found }) => ({ attribute, before: [...found], after: [...value.values] }));
  const update: Change[] =
    edits.length === 0
      ? []
      : [
          {
            kind: "update",
            reason: `${onPremises}The cloud is the source of authority and holds other values.`,
            ...common,
            guid: actual.guid,
            dn: actual.dn,
            edits,
          },
        ];
  return inPlace ? update : [...update, ...relocation(actual, dn, common, onPremises)];
}

function nameOfGroup(actual: ActualGroup): string {
  return actual.attributes.displayName?.[0] ?? nameOf(actual.dn);
}

/** The change that deletes an AD group, with what an undo needs. */
export function deletion(
  anchor: CloudGroup["id"],
  actual: ActualGroup,
  reason: string,
  members: PlannedMember[],
): Change {
  return {
    kind: "delete",
    anchor,
    name: nameOfGroup(actual),
    reason,
    guid: actual.guid,
    dn: actual.dn,
    attributes: mutable(actual.attributes),
    members,
  };
}

/** The change that releases an AD group from the cloud: without its anchors it is an ordinary group of AD. */
export function release(anchor: CloudGroup["id"], actual: ActualGroup): Change {
  const edits = anchorAttributes
    .map((attribute) => ({ attribute, before: [...(actual.attributes[attribute] ?? [])], after: [] }))
    .filter(({ before }) => before.length > 0);
  return {
    kind: "update",
    anchor,
    name: nameOfGroup(actual),
    reason: "Group writeback is being disabled; the group stays and belongs to the directory.",
    guid: actual.guid,
    dn: actual.dn,
    edits,
  };
}
