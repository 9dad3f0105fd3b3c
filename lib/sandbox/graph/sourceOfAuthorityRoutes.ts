import { z } from "zod";
import { readBody } from "#lib/sandbox/graph/body.ts";
import { requirePermission } from "#lib/sandbox/graph/caller.ts";
import type { GraphApp, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { objectId } from "#lib/sandbox/graph/objectId.ts";
import { permissions } from "#lib/sandbox/graph/permissions.ts";
import { checkSelect, readQuery } from "#lib/sandbox/graph/query.ts";
import { shapeAs } from "#lib/sandbox/graph/shape.ts";
import { moveSourceOfAuthority } from "#lib/sandbox/tenant/sourceOfAuthority.ts";

const edit = z.strictObject({ isCloudManaged: z.boolean() });

/** GET and PATCH /groups/{id}/onPremisesSyncBehavior (facts.md 6.9; graph-docs: api/onpremisessyncbehavior-get.md). */
export function sourceOfAuthorityRoutes(app: GraphApp, { tenant, origin }: GraphFacts): void {
  for (const version of ["v1.0", "beta"] as const) {
    const path = `/${version}/groups/:id/onPremisesSyncBehavior`;
    app.get(path, (c) => {
      requirePermission(c.get("caller"), permissions.sourceOfAuthority);
      const { select } = readQuery(new URL(c.req.url).searchParams, ["$select"]);
      checkSelect("v1.0", ["onPremisesSyncBehavior"], select);
      const { id, onPremisesSyncBehavior } = tenant.existingGroup(objectId(c.req.param("id") ?? ""));
      return c.json({
        "@odata.context": `${origin}/${version}/$metadata#groups('${id}')/onPremisesSyncBehavior/$entity`,
        ...shapeAs("v1.0", "onPremisesSyncBehavior", { id, ...onPremisesSyncBehavior }, select),
      });
    });
    app.patch(path, async (c) => {
      requirePermission(c.get("caller"), permissions.sourceOfAuthority);
      const { isCloudManaged } = await readBody(c, edit);
      moveSourceOfAuthority(tenant, objectId(c.req.param("id") ?? ""), isCloudManaged);
      return c.body(null, 204);
    });
  }
}
