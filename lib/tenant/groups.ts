import type { CloudGroup } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";
import type { GraphClient } from "#lib/tenant/client.ts";
import { CloudManagedGroups } from "#lib/tenant/cloudManaged.ts";
import { checkSelect, rememberSelect } from "#lib/tenant/deltaLink.ts";
import { cloudGroupOf, groupAnswer, groupSelect, membersOf } from "#lib/tenant/groupAnswer.ts";
import { idPage, pageOf, pageSize } from "#lib/tenant/page.ts";
import type { GroupPage, GroupRequest } from "#lib/tenant/tenant.ts";

const groupPage = pageOf(groupAnswer);

/**
 * One round of the delta query, which gives groups and members together (facts.md 6.4). Without `return=minimal` a
 * changed group comes with all selected properties, so that no answer is half a group.
 */
export async function* readGroups(
  client: GraphClient,
  signal: AbortSignal,
  { since, extensions = [] }: GroupRequest,
): AsyncGenerator<GroupPage> {
  const select = `${groupSelect(extensions)},members`;
  const start = since === undefined ? `/v1.0/groups/delta?$select=${select}` : checkSelect(since, select);
  const cloudManaged = new CloudManagedGroups(client, signal);
  for await (const page of client.pages(start, groupPage, signal)) {
    const members = page.value.map(membersOf);
    const link = page["@odata.deltaLink"];
    yield {
      groups: await cloudManaged.tell(page.value.flatMap((answer) => cloudGroupOf(answer) ?? [])),
      removedGroups: page.value.flatMap(({ id, "@removed": removed }) =>
        removed === undefined ? [] : { id, soft: removed.reason === "changed" },
      ),
      members: members.flatMap(({ added }) => added),
      removedMembers: members.flatMap(({ removed }) => removed),
      deltaLink: link === undefined ? null : rememberSelect(link, select),
    };
  }
}

/** Every group without its members, page by page. */
export async function* readGroupList(
  client: GraphClient,
  signal: AbortSignal,
  extensions: readonly string[],
): AsyncGenerator<readonly CloudGroup[]> {
  const path = `/v1.0/groups?$select=${groupSelect(extensions)}&$top=${pageSize}`;
  const cloudManaged = new CloudManagedGroups(client, signal);
  for await (const page of client.pages(path, groupPage, signal))
    yield await cloudManaged.tell(page.value.flatMap((answer) => cloudGroupOf(answer) ?? []));
}

/** One group, or null when the tenant has none with this id. */
export async function readGroup(
  client: GraphClient,
  id: ObjectId,
  signal: AbortSignal,
  extensions: readonly string[],
): Promise<CloudGroup | null> {
  try {
    const path = `/v1.0/groups/${id}?$select=${groupSelect(extensions)}`;
    const group = cloudGroupOf(await client.get(path, groupAnswer, signal));
    const [told] = await new CloudManagedGroups(client, signal).tell(group === undefined ? [] : [group]);
    return told ?? null;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === "E3003") return null;
    throw thrown;
  }
}

/** Groups that were deleted within 30 days and can be restored (graph-docs: api/directory-deleteditems-list.md). */
export async function* readSoftDeletedGroups(
  client: GraphClient,
  signal: AbortSignal,
): AsyncGenerator<readonly ObjectId[]> {
  const path = `/v1.0/directory/deletedItems/microsoft.graph.group?$select=id&$top=${pageSize}`;
  for await (const page of client.pages(path, idPage, signal)) yield page.value.map(({ id }) => id);
}
