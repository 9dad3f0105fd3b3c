import { deltaEntry } from "#lib/sandbox/graph/deltaEntry.ts";
import type { DeltaPage, Round } from "#lib/sandbox/graph/deltaPage.ts";
import type { DeltaPageSize } from "#lib/sandbox/graph/facts.ts";
import { indexAfter } from "#lib/sandbox/tenant/orderedMap.ts";
import type { Tenant } from "#lib/sandbox/tenant/tenant.ts";
import { netUserChanges } from "#lib/sandbox/tenant/userChanges.ts";

/** The next page of a round over the users, in the order of their ids (graph-docs: api/user-delta.md). */
export function userDeltaPage(
  tenant: Tenant,
  round: Round,
  size: DeltaPageSize,
  minimal: boolean,
): DeltaPage {
  const changes = round.since === undefined ? undefined : netUserChanges(tenant.userLog, round.since);
  const ids = changes === undefined ? tenant.users.ids : [...changes.keys()].sort();
  const start = round.last === undefined ? 0 : indexAfter(ids, round.last, (id) => id);
  const page = ids.slice(start, start + size.users);
  const value = page.flatMap((id): Record<string, unknown>[] => {
    if (round.ids !== undefined && !round.ids.includes(id)) return [];
    const change = changes?.get(id);
    const user = tenant.users.get(id);
    if (user === undefined)
      return change?.removed === undefined ? [] : [{ id, "@removed": { reason: change.removed } }];
    const entry = deltaEntry(round, user, { change, minimal, anyway: false });
    return entry === undefined ? [] : [entry];
  });
  const last = page.at(-1);
  return { value, next: last === undefined || last === ids.at(-1) ? undefined : { last } };
}
