import type { SkipToken } from "#lib/sandbox/graph/deltaToken.ts";
import type { DeltaPageSize } from "#lib/sandbox/graph/facts.ts";
import { defaultProperties, odataType, shape } from "#lib/sandbox/graph/shape.ts";
import { type NetChange, netChanges } from "#lib/sandbox/tenant/changes.ts";
import type { Group } from "#lib/sandbox/tenant/objects.ts";
import type { Tenant } from "#lib/sandbox/tenant/tenant.ts";

/** A round of a delta query: `since` is absent when it tells everything; `group` and `member` say how far it got. */
export type Round = Omit<SkipToken, "group"> & { readonly group?: string | undefined };

export type DeltaPage = {
  readonly value: readonly Record<string, unknown>[];
  /** Where the next page goes on; absent on the last one. */
  readonly next: { readonly group: string; readonly member?: string } | undefined;
};

type MemberEntry = { readonly id: string; readonly [annotation: string]: unknown };

/**
 * The next page of a round. Groups come in the order of their ids. A group with more members than fit is continued on
 * the next page, where only its id and further members stand (facts.md 6.4). With `minimal`, changed groups show their
 * changed properties alone.
 */
export function deltaPage(tenant: Tenant, round: Round, size: DeltaPageSize, minimal: boolean): DeltaPage {
  const changes = round.since === undefined ? undefined : netChanges(tenant.log, round.since);
  const ids = [...(changes ?? tenant.groups).keys()].sort();
  const value: Record<string, unknown>[] = [];
  let room = size.members;
  for (const id of ids) {
    const resumes = id === round.group && round.member !== undefined;
    if (round.group !== undefined && (resumes ? id < round.group : id <= round.group)) continue;
    if (round.ids !== undefined && !round.ids.includes(id)) continue;
    const change = changes?.get(id);
    const group = tenant.groups.get(id);
    if (group === undefined) {
      if (change?.removed !== undefined) value.push({ id, "@removed": { reason: change.removed } });
    } else {
      const members = membersOf(tenant, round, group, change);
      const open = resumes ? members.filter((member) => member.id > (round.member ?? "")) : members;
      const told = open.slice(0, room);
      const head = resumes ? { id } : headOf(round, group, change, minimal, members.length > 0);
      if (head !== undefined) value.push({ ...head, ...(told.length > 0 ? { "members@delta": told } : {}) });
      room -= told.length;
      const last = told.at(-1);
      if (last !== undefined && told.length < open.length)
        return { value, next: { group: id, member: last.id } };
    }
    if ((value.length >= size.groups || room === 0) && id !== ids.at(-1))
      return { value, next: { group: id } };
  }
  return { value, next: undefined };
}

/** Whether the question tracks membership: with `members` selected, or with nothing selected. */
function tracksMembers(round: Round): boolean {
  return round.select === undefined || round.select.includes("members");
}

function membersOf(tenant: Tenant, round: Round, group: Group, change: NetChange | undefined): MemberEntry[] {
  if (!tracksMembers(round)) return [];
  if (change === undefined || change.created) {
    return tenant
      .memberIds(group.id)
      .map((id) => ({ "@odata.type": odataType(tenant.find(id)?.kind ?? "user"), id }));
  }
  const changed = [...change.members].sort(([left], [right]) => (left < right ? -1 : 1));
  return changed.map(([id, { kind, isMember }]) => ({
    "@odata.type": odataType(kind),
    id,
    ...(isMember ? {} : { "@removed": { reason: "deleted" } }),
  }));
}

/** The group's own properties; undefined when nothing that was asked for has changed. */
function headOf(
  round: Round,
  group: Group,
  change: NetChange | undefined,
  minimal: boolean,
  membersChanged: boolean,
): Record<string, unknown> | undefined {
  const asked = [...(round.select ?? defaultProperties(group))];
  const whole = change === undefined || change.created;
  const changed = whole ? asked : asked.filter((name) => change.properties.has(name));
  if (!whole && changed.length === 0 && !membersChanged) return undefined;
  const names = minimal && !whole ? changed : asked;
  const shaped = shape("v1.0", group, names);
  // A property that never had a value is left out (graph-docs: delta-query-overview.md).
  for (const [name, value] of Object.entries(shaped)) {
    if (value === null && (whole || !changed.includes(name))) delete shaped[name];
  }
  return { ...shaped, id: group.id };
}
