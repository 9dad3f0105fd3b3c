import { deltaEntry } from "#lib/sandbox/graph/deltaEntry.ts";
import type { SkipToken } from "#lib/sandbox/graph/deltaToken.ts";
import type { DeltaPageSize } from "#lib/sandbox/graph/facts.ts";
import { odataType } from "#lib/sandbox/graph/shape.ts";
import { type NetChange, netChanges } from "#lib/sandbox/tenant/changes.ts";
import type { Group } from "#lib/sandbox/tenant/objects.ts";
import { indexAfter } from "#lib/sandbox/tenant/orderedMap.ts";
import type { Tenant } from "#lib/sandbox/tenant/tenant.ts";

/** A round of a delta query: `since` is absent when it tells everything; `last` and `member` say how far it got. */
export type Round = Omit<SkipToken, "last"> & { readonly last?: string | undefined };

export type DeltaPage = {
  readonly value: readonly Record<string, unknown>[];
  /** Where the next page goes on; absent on the last one. */
  readonly next: { readonly last: string; readonly member?: string } | undefined;
};

const itself = (id: string) => id;

/**
 * The next page of a round. Groups come in the order of their ids. A group with more members than fit is continued on
 * the next page, where only its id and further members stand (facts.md 6.4). With `minimal`, changed groups show their
 * changed properties alone.
 */
export function groupDeltaPage(
  tenant: Tenant,
  round: Round,
  size: DeltaPageSize,
  minimal: boolean,
): DeltaPage {
  const changes = round.since === undefined ? undefined : netChanges(tenant.log, round.since);
  const ids = changes === undefined ? tenant.groups.ids : [...changes.keys()].sort();
  const value: Record<string, unknown>[] = [];
  let room = size.members;
  const after = round.last === undefined ? 0 : indexAfter(ids, round.last, itself);
  const start = round.member !== undefined && ids[after - 1] === round.last ? after - 1 : after;
  for (let index = start; index < ids.length; index += 1) {
    const id = ids[index] as string;
    if (round.ids !== undefined && !round.ids.includes(id)) continue;
    const resumes = id === round.last && round.member !== undefined;
    const change = changes?.get(id);
    const group = tenant.groups.get(id);
    if (group === undefined) {
      if (change?.removed !== undefined) value.push({ id, "@removed": { reason: change.removed } });
    } else {
      const members = membersOf(tenant, round, group, change);
      const from = resumes ? indexAfter(members.ids, round.member ?? "", itself) : 0;
      const told = members.ids.slice(from, from + room);
      const head = resumes
        ? { id }
        : deltaEntry(round, group, { change, minimal, anyway: members.ids.length > 0 });
      if (head !== undefined)
        value.push({ ...head, ...(told.length > 0 ? { "members@delta": told.map(members.entry) } : {}) });
      room -= told.length;
      const last = told.at(-1);
      if (last !== undefined && from + told.length < members.ids.length)
        return { value, next: { last: id, member: last } };
    }
    if ((value.length >= size.groups || room === 0) && id !== ids.at(-1))
      return { value, next: { last: id } };
  }
  return { value, next: undefined };
}

/** Whether the question tracks membership: with `members` selected, or with nothing selected. */
function tracksMembers(round: Round): boolean {
  return round.select === undefined || round.select.includes("members");
}

type Members = {
  /** In ascending order. */
  readonly ids: readonly string[];
  readonly entry: (id: string) => Record<string, unknown>;
};

function membersOf(tenant: Tenant, round: Round, group: Group, change: NetChange | undefined): Members {
  if (!tracksMembers(round)) return { ids: [], entry: () => ({}) };
  if (change === undefined || change.created) {
    return {
      ids: tenant.memberIds(group.id),
      entry: (id) => ({ "@odata.type": odataType(tenant.find(id)?.kind ?? "user"), id }),
    };
  }
  return {
    ids: [...change.members.keys()].sort(),
    entry(id) {
      const member = change.members.get(id);
      return {
        "@odata.type": odataType(member?.kind ?? "user"),
        id,
        ...(member?.isMember ? {} : { "@removed": { reason: "deleted" } }),
      };
    },
  };
}
