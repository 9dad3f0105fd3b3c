import type { ObjectId } from "#lib/model/identifier.ts";
import { advanced, type GraphClient } from "#lib/tenant/client.ts";
import { idPage, pageSize } from "#lib/tenant/page.ts";

/**
 * The groups that a user owns (graph-docs: api/user-list-ownedobjects.md). Throws E3003 when there is no such user: a
 * selection must not turn empty because its owner is gone.
 */
export function readOwnedGroups(
  client: GraphClient,
  owner: ObjectId,
  signal: AbortSignal,
): AsyncGenerator<readonly ObjectId[]> {
  return readIds(client, `/v1.0/users/${owner}/ownedObjects/microsoft.graph.group`, signal);
}

/** The groups in an administrative unit (graph-docs: api/administrativeunit-list-members.md); E3003 as above. */
export function readUnitGroups(
  client: GraphClient,
  unit: ObjectId,
  signal: AbortSignal,
): AsyncGenerator<readonly ObjectId[]> {
  return readIds(client, `/v1.0/directory/administrativeUnits/${unit}/members/microsoft.graph.group`, signal);
}

async function* readIds(
  client: GraphClient,
  collection: string,
  signal: AbortSignal,
): AsyncGenerator<readonly ObjectId[]> {
  // Casts and options on these relationships count as advanced queries.
  const path = `${collection}?$select=id&$count=true&$top=${pageSize}`;
  for await (const page of client.pages(path, idPage, signal, advanced)) yield page.value.map(({ id }) => id);
}
