import { z } from "zod";
import { readBody } from "#lib/sandbox/graph/body.ts";
import { requirePermission, requireRole } from "#lib/sandbox/graph/caller.ts";
import { answerCollection, selected } from "#lib/sandbox/graph/collection.ts";
import type { GraphApp, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { badRequest, denied, notFound } from "#lib/sandbox/graph/graphError.ts";
import { objectId } from "#lib/sandbox/graph/objectId.ts";
import { permissions, roleNeeds } from "#lib/sandbox/graph/permissions.ts";
import { checkSelect, readQuery } from "#lib/sandbox/graph/query.ts";
import { odataType, shape, shapeAs } from "#lib/sandbox/graph/shape.ts";
import { mayRead, present } from "#lib/sandbox/graph/visibility.ts";
import type { User } from "#lib/sandbox/tenant/objects.ts";
import { organization, synchronization } from "#lib/sandbox/tenant/organization.ts";

const filterableUser = {
  plain: [
    "id",
    "displayName",
    "givenName",
    "surname",
    "department",
    "mail",
    "userPrincipalName",
    "userType",
    "accountEnabled",
    "onPremisesSyncEnabled",
    "onPremisesImmutableId",
  ],
  collections: [],
};

const getByIds = z.strictObject({
  ids: z.array(z.string()).min(1).max(1000),
  types: z.array(z.enum(["user", "group", "device", "orgContact"])).optional(),
});

/** The organisation, users, devices, contacts, objects by id, and directory synchronisation. */
export function directoryRoutes(app: GraphApp, facts: GraphFacts): void {
  const { tenant } = facts;
  const metadata = `${facts.origin}/v1.0/$metadata#`;

  app.get("/v1.0/organization", (c) => {
    requirePermission(c.get("caller"), permissions.readOrganization);
    const { select } = readQuery(new URL(c.req.url).searchParams, ["$select"]);
    checkSelect("v1.0", ["organization"], select);
    const context = metadata + selected("organization", select);
    return c.json({
      "@odata.context": context,
      value: [shapeAs("v1.0", "organization", organization, select)],
    });
  });

  app.get("/v1.0/me", (c) => {
    const caller = c.get("caller");
    if (caller.kind === "app")
      throw badRequest("/me request is only valid with delegated authentication flow.");
    requirePermission(caller, permissions.readMe);
    const { select } = readQuery(new URL(c.req.url).searchParams, ["$select"]);
    checkSelect("v1.0", ["user"], select);
    const me = tenant.users.get(caller.id);
    if (me === undefined) throw notFound(caller.id);
    return c.json({
      "@odata.context": `${metadata}${selected("users", select)}/$entity`,
      ...shape("v1.0", me, select),
    });
  });

  app.get("/v1.0/users", (c) => {
    requirePermission(c.get("caller"), permissions.readUsers);
    const query = readQuery(new URL(c.req.url).searchParams, [
      "$select",
      "$top",
      "$filter",
      "$search",
      "$count",
      "$skiptoken",
    ]);
    checkSelect("v1.0", ["user"], query.select);
    return answerCollection(c, facts, {
      objects: tenant.users.ordered,
      query,
      filterable: filterableUser,
      searchable: ["displayName", "mail", "userPrincipalName", "givenName", "surname"],
      context: selected("users", query.select),
      present: (user: User) => shape("v1.0", user, query.select),
    });
  });

  app.get("/v1.0/users/:id", (c) => {
    requirePermission(c.get("caller"), permissions.readUsers);
    const { select } = readQuery(new URL(c.req.url).searchParams, ["$select"]);
    checkSelect("v1.0", ["user"], select);
    const id = c.req.param("id");
    const user = id.includes("@")
      ? [...tenant.users.values()].find(
          ({ userPrincipalName }) => userPrincipalName.toLowerCase() === id.toLowerCase(),
        )
      : tenant.users.get(objectId(id));
    if (user === undefined) throw notFound(id);
    return c.json({
      "@odata.context": `${metadata}${selected("users", select)}/$entity`,
      ...shape("v1.0", user, select),
    });
  });

  app.get("/v1.0/devices", (c) => {
    requirePermission(c.get("caller"), permissions.readDevices);
    const query = readQuery(new URL(c.req.url).searchParams, ["$select", "$top", "$count", "$skiptoken"]);
    checkSelect("v1.0", ["device"], query.select);
    return answerCollection(c, facts, {
      objects: tenant.devices.ordered,
      query,
      context: selected("devices", query.select),
      present: (device) => shape("v1.0", device, query.select),
    });
  });

  app.get("/v1.0/contacts", (c) => {
    requirePermission(c.get("caller"), permissions.readContacts);
    const query = readQuery(new URL(c.req.url).searchParams, ["$select", "$top", "$count", "$skiptoken"]);
    checkSelect("v1.0", ["orgContact"], query.select);
    return answerCollection(c, facts, {
      objects: tenant.contacts.ordered,
      query,
      context: selected("contacts", query.select),
      present: (contact) => shape("v1.0", contact, query.select),
    });
  });

  app.post("/v1.0/directoryObjects/getByIds", async (c) => {
    const caller = c.get("caller");
    const { select } = readQuery(new URL(c.req.url).searchParams, ["$select"]);
    checkSelect("v1.0", ["directoryObject", "user", "group", "device", "orgContact"], select);
    const { ids, types = ["user", "group", "device", "orgContact"] } = await readBody(c, getByIds);
    if (!types.some((kind) => mayRead(caller, kind))) throw denied();
    const found = ids.flatMap((id) => tenant.find(objectId(id)) ?? []);
    // Ids that are unknown or of another type are left out without an error, as in Graph.
    const value = found
      .filter(({ kind }) => types.includes(kind))
      .map((object) => ({ "@odata.type": odataType(object.kind), ...present(caller, object, select) }));
    return c.json({ "@odata.context": metadata + selected("directoryObjects", select), value });
  });

  app.get("/v1.0/directory/onPremisesSynchronization", (c) => {
    const caller = c.get("caller");
    requirePermission(caller, permissions.readSynchronization);
    requireRole(caller, roleNeeds.readSynchronization);
    const { select } = readQuery(new URL(c.req.url).searchParams, ["$select"]);
    checkSelect("v1.0", ["onPremisesDirectorySynchronization"], select);
    const value = [shapeAs("v1.0", "onPremisesDirectorySynchronization", synchronization, select)];
    return c.json({ "@odata.context": `${metadata}directory/onPremisesSynchronization`, value });
  });
}
