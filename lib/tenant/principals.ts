import type { Principal, PrincipalKind } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { GraphClient } from "#lib/tenant/client.ts";
import { checkSelect, rememberSelect } from "#lib/tenant/deltaLink.ts";
import { pageOf, pageSize } from "#lib/tenant/page.ts";
import {
  principalAnswer,
  principalKindOf,
  principalOf,
  principalSelect,
} from "#lib/tenant/principalAnswer.ts";
import type { DeltaLink, PrincipalPage } from "#lib/tenant/tenant.ts";

const principalPage = pageOf(principalAnswer);

/** Read in full; only groups that AD owns have a name there that is not ours to give. */
const collections: readonly (readonly [kind: PrincipalKind, path: string])[] = [
  [
    "group",
    `/v1.0/groups?$select=${principalSelect.group}&$filter=onPremisesSyncEnabled eq true&$top=${pageSize}`,
  ],
  ["device", `/v1.0/devices?$select=${principalSelect.device}&$top=${pageSize}`],
  ["contact", `/v1.0/contacts?$select=${principalSelect.contact}&$top=${pageSize}`],
];

/**
 * Everybody who can be a member and stand on premises: synced groups, devices, contacts, and the users last, by delta
 * query. With `since` the users that changed alone.
 */
export async function* readPrincipals(
  client: GraphClient,
  signal: AbortSignal,
  since: DeltaLink | undefined,
): AsyncGenerator<PrincipalPage> {
  if (since === undefined) {
    for (const [kind, path] of collections) {
      for await (const page of client.pages(path, principalPage, signal)) {
        const principals = page.value.map((answer) => principalOf(kind, answer));
        yield { principals, removed: [], deltaLink: null };
      }
    }
  }
  const select = principalSelect.user;
  const start = since === undefined ? `/v1.0/users/delta?$select=${select}` : checkSelect(since, select);
  for await (const page of client.pages(start, principalPage, signal)) {
    const link = page["@odata.deltaLink"];
    const removed = page.value.filter((answer) => answer["@removed"] !== undefined);
    const there = page.value.filter((answer) => answer["@removed"] === undefined);
    yield {
      principals: there.map((answer) => principalOf("user", answer)),
      removed: removed.map(({ id }) => id),
      deltaLink: link === undefined ? null : rememberSelect(link, select),
    };
  }
}

/** A group's direct members, page by page. Throws E3003 when there is no such group. */
export async function* readGroupMembers(
  client: GraphClient,
  id: ObjectId,
  signal: AbortSignal,
): AsyncGenerator<readonly { readonly principal: Principal }[]> {
  const path = `/v1.0/groups/${id}/members?$select=${principalSelect.any}&$top=${pageSize}`;
  for await (const page of client.pages(path, principalPage, signal)) {
    yield page.value.map((answer) => ({
      principal: principalOf(principalKindOf(answer["@odata.type"]), answer),
    }));
  }
}
