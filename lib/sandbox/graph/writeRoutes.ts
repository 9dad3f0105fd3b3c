import { z } from "zod";
import { readBody } from "#lib/sandbox/graph/body.ts";
import { requirePermission, requireRole } from "#lib/sandbox/graph/caller.ts";
import type { GraphApp, GraphContext, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { notFound } from "#lib/sandbox/graph/graphError.ts";
import { objectId } from "#lib/sandbox/graph/objectId.ts";
import { permissions, roleNeeds } from "#lib/sandbox/graph/permissions.ts";
import { readQuery } from "#lib/sandbox/graph/query.ts";
import { odataType, shape } from "#lib/sandbox/graph/shape.ts";
import { groupEdit, newGroup, writebackEdit } from "#lib/sandbox/tenant/edits.ts";
import {
  addMember,
  createGroup,
  deleteGroup,
  patchGroup,
  removeMember,
} from "#lib/sandbox/tenant/graphEdits.ts";

const reference = z.strictObject({
  "@odata.id": z
    .string()
    .regex(/\/(directoryObjects|users|groups|devices)\/[0-9a-f-]{36}$/i, "must be the URL of an object"),
});

/** Creating, changing and deleting groups and memberships: for demos that edit the tenant, and for tests. */
export function writeRoutes(app: GraphApp, facts: GraphFacts): void {
  const { tenant } = facts;

  app.post("/v1.0/groups", async (c) => {
    mayWrite(c, permissions.writeGroups);
    const group = createGroup(tenant, await readBody(c, newGroup));
    return c.json(
      {
        "@odata.context": `${facts.origin}/v1.0/$metadata#groups/$entity`,
        ...shape("v1.0", group, undefined),
      },
      201,
    );
  });

  app.patch("/v1.0/groups/:id", async (c) => {
    mayWrite(c, permissions.writeGroups);
    patchGroup(tenant, objectId(c.req.param("id")), await readBody(c, groupEdit));
    return c.body(null, 204);
  });

  app.patch("/beta/groups/:id", async (c) => {
    mayWrite(c, permissions.writeGroups);
    patchGroup(tenant, objectId(c.req.param("id")), await readBody(c, writebackEdit));
    return c.body(null, 204);
  });

  app.delete("/v1.0/groups/:id", (c) => {
    mayWrite(c, permissions.writeGroups);
    deleteGroup(tenant, objectId(c.req.param("id")));
    return c.body(null, 204);
  });

  app.post("/v1.0/directory/deletedItems/:id/restore", (c) => {
    mayWrite(c, permissions.writeGroups);
    const group = tenant.restoreGroup(objectId(c.req.param("id")));
    const context = `${facts.origin}/v1.0/$metadata#directoryObjects/$entity`;
    return c.json({
      "@odata.context": context,
      "@odata.type": odataType("group"),
      ...shape("v1.0", group, undefined),
    });
  });

  app.delete("/v1.0/directory/deletedItems/:id", (c) => {
    mayWrite(c, permissions.writeGroups);
    const id = objectId(c.req.param("id"));
    if (!tenant.deletedGroups.has(id)) throw notFound(id);
    tenant.deleteGroupForGood(id);
    return c.body(null, 204);
  });

  app.post("/v1.0/groups/:id/members/$ref", async (c) => {
    mayWrite(c, permissions.writeMembers);
    const body = await readBody(c, reference);
    const member = body["@odata.id"].slice(body["@odata.id"].lastIndexOf("/") + 1);
    addMember(tenant, objectId(c.req.param("id")), objectId(member));
    return c.body(null, 204);
  });

  app.delete("/v1.0/groups/:id/members/:member/$ref", (c) => {
    mayWrite(c, permissions.writeMembers);
    removeMember(tenant, objectId(c.req.param("id")), objectId(c.req.param("member")));
    return c.body(null, 204);
  });
}

function mayWrite(c: GraphContext, anyOf: readonly string[]): void {
  const caller = c.get("caller");
  requirePermission(caller, anyOf);
  requireRole(caller, roleNeeds.writeGroups);
  readQuery(new URL(c.req.url).searchParams, []);
}
