import { z } from "zod";
import { readBody } from "#lib/sandbox/graph/body.ts";
import { requirePermission, requireRole } from "#lib/sandbox/graph/caller.ts";
import type { GraphApp, GraphContext, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { objectId } from "#lib/sandbox/graph/objectId.ts";
import { permissions, roleNeeds } from "#lib/sandbox/graph/permissions.ts";
import { readQuery } from "#lib/sandbox/graph/query.ts";
import { shape } from "#lib/sandbox/graph/shape.ts";
import { groupEdit, newGroup } from "#lib/sandbox/tenant/edits.ts";

const reference = z.strictObject({
  "@odata.id": z
    .string()
    .regex(/\/(directoryObjects|users|groups|devices)\/[0-9a-f-]{36}$/i, "must be the URL of an object"),
});
const writebackEdit = z.strictObject({
  writebackConfiguration: groupEdit.shape.writebackConfiguration.unwrap(),
});

/** Creating, changing and deleting groups and memberships: for demos that edit the tenant, and for tests. */
export function writeRoutes(app: GraphApp, facts: GraphFacts): void {
  const { tenant } = facts;

  app.post("/v1.0/groups", async (c) => {
    mayWrite(c, permissions.writeGroups);
    const group = tenant.createGroup(
      await readBody(c, newGroup.omit({ id: true, writebackConfiguration: true })),
    );
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
    tenant.patchGroup(
      objectId(c.req.param("id")),
      await readBody(c, groupEdit.omit({ writebackConfiguration: true })),
    );
    return c.body(null, 204);
  });

  app.patch("/beta/groups/:id", async (c) => {
    mayWrite(c, permissions.writeGroups);
    tenant.patchGroup(objectId(c.req.param("id")), await readBody(c, writebackEdit));
    return c.body(null, 204);
  });

  app.delete("/v1.0/groups/:id", (c) => {
    mayWrite(c, permissions.writeGroups);
    tenant.deleteGroup(objectId(c.req.param("id")));
    return c.body(null, 204);
  });

  app.post("/v1.0/groups/:id/members/$ref", async (c) => {
    mayWrite(c, permissions.writeMembers);
    const body = await readBody(c, reference);
    const member = body["@odata.id"].slice(body["@odata.id"].lastIndexOf("/") + 1);
    tenant.addMember(objectId(c.req.param("id")), objectId(member));
    return c.body(null, 204);
  });

  app.delete("/v1.0/groups/:id/members/:member/$ref", (c) => {
    mayWrite(c, permissions.writeMembers);
    tenant.removeMember(objectId(c.req.param("id")), objectId(c.req.param("member")));
    return c.body(null, 204);
  });
}

function mayWrite(c: GraphContext, anyOf: readonly string[]): void {
  const caller = c.get("caller");
  requirePermission(caller, anyOf);
  requireRole(caller, roleNeeds.writeGroups);
  readQuery(new URL(c.req.url).searchParams, []);
}
