import { requirePermission } from "#lib/sandbox/graph/caller.ts";
import { answerCollection, selected } from "#lib/sandbox/graph/collection.ts";
import type { GraphApp, GraphContext, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { notFound } from "#lib/sandbox/graph/graphError.ts";
import { objectId } from "#lib/sandbox/graph/objectId.ts";
import { permissions } from "#lib/sandbox/graph/permissions.ts";
import { checkSelect, type Option, readQuery } from "#lib/sandbox/graph/query.ts";
import { shape, shapeAs } from "#lib/sandbox/graph/shape.ts";
import { present } from "#lib/sandbox/graph/visibility.ts";
import type { Group } from "#lib/sandbox/tenant/objects.ts";

const options: readonly Option[] = ["$select", "$top", "$count", "$skiptoken"];
const searching: readonly Option[] = [...options, "$filter", "$search"];

/** Groups by what holds them: their owner, an administrative unit, or the deleted items. */
export function relationRoutes(app: GraphApp, facts: GraphFacts): void {
  const { tenant } = facts;

  app.get("/v1.0/users/:id/ownedObjects/microsoft.graph.group", (c) => {
    requirePermission(c.get("caller"), permissions.readUsers);
    const id = objectId(c.req.param("id"));
    if (!tenant.users.has(id)) throw notFound(id);
    return answerGroups(c, facts, tenant.owners.from(id).sort());
  });

  app.get("/v1.0/directory/administrativeUnits", (c) => {
    requirePermission(c.get("caller"), permissions.readAdministrativeUnits);
    const query = readQuery(new URL(c.req.url).searchParams, searching);
    checkSelect("v1.0", ["administrativeUnit"], query.select);
    return answerCollection(c, facts, {
      objects: tenant.administrativeUnits.ordered,
      query,
      filterable: { plain: ["id", "displayName", "description"], collections: [] },
      searchable: ["displayName", "description"],
      context: selected("directory/administrativeUnits", query.select),
      present: (unit) => shapeAs("v1.0", "administrativeUnit", unit, query.select),
    });
  });

  app.get("/v1.0/directory/administrativeUnits/:id/members/microsoft.graph.group", (c) => {
    requirePermission(c.get("caller"), permissions.readAdministrativeUnits);
    const id = objectId(c.req.param("id"));
    if (!tenant.administrativeUnits.has(id)) throw notFound(id);
    return answerGroups(c, facts, tenant.unitMembers.ids(id));
  });

  app.get("/v1.0/directory/deletedItems/microsoft.graph.group", (c) => {
    requirePermission(c.get("caller"), permissions.readDeletedGroups);
    const query = readQuery(new URL(c.req.url).searchParams, searching);
    checkSelect("v1.0", ["group"], query.select);
    return answerCollection(c, facts, {
      objects: tenant.deletedGroups.ordered.map(({ group }) => group),
      query,
      filterable: { plain: ["id", "displayName"], collections: [] },
      searchable: ["displayName"],
      context: selected("groups", query.select),
      present: (group) => shape("v1.0", group, query.select),
    });
  });
}

/** The groups among these ids, as far as the caller may read groups. */
function answerGroups(c: GraphContext, facts: GraphFacts, ids: readonly string[]): Response {
  const query = readQuery(new URL(c.req.url).searchParams, options);
  checkSelect("v1.0", ["group"], query.select);
  const caller = c.get("caller");
  return answerCollection(c, facts, {
    objects: ids.flatMap((id) => facts.tenant.groups.get(id) ?? []),
    query,
    context: selected("groups", query.select),
    present: (group: Group) => present(caller, group, query.select),
  });
}
