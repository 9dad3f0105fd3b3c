import type { Caller } from "#lib/sandbox/graph/caller.ts";
import { requirePermission } from "#lib/sandbox/graph/caller.ts";
import { answerCollection, selected } from "#lib/sandbox/graph/collection.ts";
import type { GraphApp, GraphContext, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { notFound } from "#lib/sandbox/graph/graphError.ts";
import type { Version } from "#lib/sandbox/graph/metadata.ts";
import { objectId } from "#lib/sandbox/graph/objectId.ts";
import { permissions } from "#lib/sandbox/graph/permissions.ts";
import { checkSelect, type Option, type Query, readQuery } from "#lib/sandbox/graph/query.ts";
import { odataType, shape } from "#lib/sandbox/graph/shape.ts";
import { present } from "#lib/sandbox/graph/visibility.ts";
import type { Group } from "#lib/sandbox/tenant/objects.ts";

const filterable = {
  plain: [
    "id",
    "displayName",
    "mail",
    "mailNickname",
    "mailEnabled",
    "securityEnabled",
    "onPremisesSyncEnabled",
    "onPremisesSecurityIdentifier",
  ],
  collections: ["groupTypes", "proxyAddresses"],
  // graph-docs: resources/group.md, relationship onPremisesSyncBehavior.
  advanced: ["onPremisesSyncBehavior/isCloudManaged"],
};
const searchable = ["displayName", "description"];
const memberTypes = ["directoryObject", "user", "group", "device", "orgContact"];

/** GET /groups, /groups/{id}, /groups/{id}/members and its cast to users; the first two also in beta. */
export function groupRoutes(app: GraphApp, facts: GraphFacts): void {
  const { tenant } = facts;
  for (const version of ["v1.0", "beta"] as const) {
    app.get(`/${version}/groups`, (c) => {
      const options = ["$select", "$top", "$filter", "$search", "$count", "$skiptoken"] as const;
      const query = readGroupQuery(c, facts, version, options);
      return answerCollection(c, facts, {
        objects: tenant.groups.ordered,
        query,
        filterable,
        searchable,
        context: selected("groups", query.select),
        present: (group: Group) => shape(version, group, query.select),
      });
    });
    app.get(`/${version}/groups/:id`, (c) => {
      const query = readGroupQuery(c, facts, version, ["$select"]);
      const id = objectId(c.req.param("id"));
      const group = tenant.groups.get(id);
      if (group === undefined) throw notFound(id);
      const context = `${facts.origin}/${version}/$metadata#${selected("groups", query.select)}/$entity`;
      return c.json({ "@odata.context": context, ...shape(version, group, query.select) });
    });
  }

  app.get("/v1.0/groups/:id/members", (c) => answerMembers(c, facts, false));
  app.get("/v1.0/groups/:id/members/microsoft.graph.user", (c) => answerMembers(c, facts, true));
}

function readGroupQuery(
  c: GraphContext,
  facts: GraphFacts,
  version: Version,
  allowed: readonly Option[],
): Query {
  const caller: Caller = c.get("caller");
  requirePermission(caller, permissions.readGroups);
  const query = readQuery(new URL(c.req.url).searchParams, allowed);
  checkSelect(version, ["group"], query.select, facts.tenant.extensions);
  if (query.select?.includes("writebackConfiguration")) {
    requirePermission(caller, permissions.readWritebackConfiguration);
  }
  return query;
}

function answerMembers(c: GraphContext, facts: GraphFacts, usersOnly: boolean): Response {
  const caller = c.get("caller");
  requirePermission(caller, permissions.readGroups);
  const query = readQuery(new URL(c.req.url).searchParams, ["$select", "$top", "$count", "$skiptoken"]);
  checkSelect("v1.0", usersOnly ? ["user"] : memberTypes, query.select);
  const id = objectId(c.req.param("id") ?? "");
  if (!facts.tenant.groups.has(id)) throw notFound(id);
  const members = facts.tenant.memberIds(id).flatMap((member) => facts.tenant.find(member) ?? []);
  return answerCollection(c, facts, {
    objects: usersOnly ? members.filter(({ kind }) => kind === "user") : members,
    query,
    context: selected(usersOnly ? "users" : "directoryObjects", query.select),
    present: (member) => ({
      ...(usersOnly ? {} : { "@odata.type": odataType(member.kind) }),
      ...present(caller, member, query.select),
    }),
  });
}
