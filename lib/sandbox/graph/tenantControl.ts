import type { Hono } from "hono";
import { z } from "zod";
import { mailContact, windowsDevice } from "#lib/sandbox/tenant/devicesAndContacts.ts";
import {
  contactEntry,
  deviceEntry,
  groupChange,
  groupEntry,
  unitEntry,
  userChange,
  userEntry,
} from "#lib/sandbox/tenant/edits.ts";
import { deleteByKind } from "#lib/sandbox/tenant/graphEdits.ts";
import { newGroupObject } from "#lib/sandbox/tenant/groupObject.ts";
import { stableId } from "#lib/sandbox/tenant/identity.ts";
import { newUserObject } from "#lib/sandbox/tenant/people.ts";
import { notFound, RefusedEdit } from "#lib/sandbox/tenant/refusedEdit.ts";
import { moveSourceOfAuthority } from "#lib/sandbox/tenant/sourceOfAuthority.ts";
import type { Tenant } from "#lib/sandbox/tenant/tenant.ts";

const reference = z.strictObject({ id: z.string() });
const sourceOfAuthority = z.strictObject({ isCloudManaged: z.boolean() });
const settings = z.record(z.string(), z.string());
const done = { done: true };

/**
 * The control API's verbs for events in the tenant, whoever causes them: an admin, Exchange Online, Entra Connect, a
 * dynamic rule. So nothing is refused but what names an object that is not there or is there already.
 */
export function tenantControl(
  app: Hono,
  tenant: Tenant,
  read: <T>(request: Request, schema: z.ZodType<T>) => Promise<T>,
): void {
  groupControl(app, tenant, read);

  app.post("/users", async (c) => {
    const user = newUserObject(await read(c.req.raw, userEntry));
    refuseTaken(tenant, user.id);
    tenant.enter(user);
    return c.json(user, 201);
  });
  app.post("/users/:id", async (c) =>
    c.json(tenant.changeUser(c.req.param("id"), await read(c.req.raw, userChange))),
  );
  app.post("/users/:id/delete", (c) => {
    tenant.deleteUser(c.req.param("id"));
    return c.json(done);
  });
  app.post("/devices", async (c) => {
    const device = windowsDevice(await read(c.req.raw, deviceEntry));
    tenant.enter(device);
    return c.json(device, 201);
  });
  app.post("/contacts", async (c) => {
    const contact = mailContact(await read(c.req.raw, contactEntry));
    tenant.enter(contact);
    return c.json(contact, 201);
  });

  app.post("/administrativeUnits", async (c) => {
    const given = await read(c.req.raw, unitEntry);
    const id = given.id ?? stableId(`administrativeUnit/${given.displayName}`);
    const unit = { ...given, id, visibility: null };
    tenant.administrativeUnits.set(id, unit);
    return c.json(unit, 201);
  });
  app.post("/administrativeUnits/:id/members", async (c) => {
    const unit = c.req.param("id");
    if (!tenant.administrativeUnits.has(unit)) throw notFound(unit);
    tenant.unitMembers.add(unit, tenant.existing((await read(c.req.raw, reference)).id).id);
    return c.json(done);
  });
  app.post("/administrativeUnits/:id/members/remove", async (c) => {
    tenant.unitMembers.remove(c.req.param("id"), (await read(c.req.raw, reference)).id);
    return c.json(done);
  });

  app.post("/settings", async (c) => {
    for (const [name, value] of Object.entries(await read(c.req.raw, settings)))
      tenant.settings.set(name, value);
    return c.json(done);
  });
}

function groupControl(app: Hono, tenant: Tenant, read: Parameters<typeof tenantControl>[2]): void {
  app.post("/groups", async (c) => {
    const group = newGroupObject(tenant.domain, await read(c.req.raw, groupEntry));
    refuseTaken(tenant, group.id);
    tenant.enter(group);
    return c.json(group, 201);
  });
  app.post("/groups/:id", async (c) =>
    c.json(tenant.changeGroup(c.req.param("id"), await read(c.req.raw, groupChange))),
  );
  app.post("/groups/:id/source-of-authority", async (c) => {
    const { isCloudManaged } = await read(c.req.raw, sourceOfAuthority);
    return c.json(moveSourceOfAuthority(tenant, c.req.param("id"), isCloudManaged));
  });
  app.post("/groups/:id/delete", (c) => {
    deleteByKind(tenant, c.req.param("id"));
    return c.json(done);
  });
  app.post("/groups/:id/delete-softly", (c) => {
    tenant.deleteGroupSoftly(c.req.param("id"));
    return c.json(done);
  });
  app.post("/groups/:id/delete-permanently", (c) => {
    tenant.deleteGroupForGood(c.req.param("id"));
    return c.json(done);
  });
  app.post("/groups/:id/restore", (c) => c.json(tenant.restoreGroup(c.req.param("id"))));
  for (const verb of ["members", "owners"] as const) {
    app.post(`/groups/:id/${verb}`, async (c) => {
      const group = tenant.existingGroup(c.req.param("id")).id;
      const { id } = tenant.existing((await read(c.req.raw, reference)).id);
      if (verb === "members") tenant.enterMember(group, id);
      else tenant.owners.add(group, id);
      return c.json(done);
    });
    app.post(`/groups/:id/${verb}/remove`, async (c) => {
      const group = tenant.existingGroup(c.req.param("id")).id;
      const { id } = await read(c.req.raw, reference);
      if (verb === "members") tenant.leaveMember(group, id);
      else tenant.owners.remove(group, id);
      return c.json(done);
    });
  }
}

function refuseTaken(tenant: Tenant, id: string): void {
  if (tenant.find(id) !== undefined)
    throw new RefusedEdit(400, "Request_BadRequest", `There is an object ${id} already.`);
}
