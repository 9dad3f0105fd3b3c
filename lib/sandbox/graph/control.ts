import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import type { DeltaTokens } from "#lib/sandbox/graph/deltaToken.ts";
import { type Faults, fault } from "#lib/sandbox/graph/faults.ts";
import type { Journal } from "#lib/sandbox/graph/journal.ts";
import { tenantControl } from "#lib/sandbox/graph/tenantControl.ts";
import { type Listening, listen } from "#lib/sandbox/sign-in/listen.ts";
import type { IssuedTokens } from "#lib/sandbox/sign-in/tokens.ts";
import { RefusedEdit } from "#lib/sandbox/tenant/refusedEdit.ts";
import type { Tenant } from "#lib/sandbox/tenant/tenant.ts";

/** What the control API turns: everything that a test or a demo changes about the cloud from outside. */
export type Controls = {
  readonly tenant: Tenant;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly deltaTokens: DeltaTokens;
  readonly tokens: IssuedTokens;
  readonly origins: Set<string>;
  readonly permissions: Set<string>;
};

/** The origin of a web page that may sign in: http on loopback, or https. */
export const webOrigin = z.string().refine((text) => {
  const url = URL.parse(text);
  if (url === null || url.origin !== text) return false;
  return url.protocol === "https:" || ["localhost", "127.0.0.1"].includes(url.hostname);
}, "must be an origin such as http://localhost:3000, without a path; plain http is for loopback alone");

const permission = z.strictObject({ permission: z.string().min(1) });

/** Starts the control API on plain http; port 0 takes any free one. */
export async function startControl(
  controls: Controls,
  port: number,
): Promise<Listening & { readonly origin: string }> {
  const listening = await listen(createServer(), port);
  const origin = `http://127.0.0.1:${listening.port}`;
  const hosts = [`127.0.0.1:${listening.port}`, `localhost:${listening.port}`];
  const app = controlApp(controls, hosts);
  listening.server.on("request", getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  return { ...listening, origin };
}

function controlApp(controls: Controls, hosts: readonly string[]): Hono {
  const { tenant, faults, journal, deltaTokens, tokens, origins, permissions } = controls;
  const app = new Hono();

  // No page in a browser may turn these: a page's requests carry an Origin, a rebound name another Host.
  app.use(async (c, next) => {
    if (c.req.header("Origin") !== undefined || !hosts.includes(c.req.header("Host") ?? "")) {
      return c.json({ error: "The control API answers programs on this computer, not web pages." }, 403);
    }
    return next();
  });

  async function read<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await request.json());
  }
  const done = { done: true };

  app.post("/faults", async (c) => {
    faults.order(await read(c.req.raw, fault));
    return c.json(done);
  });
  app.post("/faults/clear", (c) => {
    faults.clear();
    return c.json(done);
  });
  app.get("/requests", (c) => c.json(journal.entries));
  app.post("/requests/clear", (c) => {
    journal.clear();
    return c.json(done);
  });

  app.post("/tokens/expire", (c) => {
    tokens.expireAll();
    return c.json(done);
  });
  app.post("/tokens/lifetime", async (c) => {
    tokens.lifetime = (
      await read(c.req.raw, z.strictObject({ seconds: z.int().min(1).max(86_400) }))
    ).seconds;
    return c.json(done);
  });
  app.post("/delta/expire", (c) => {
    deltaTokens.expireAll();
    return c.json(done);
  });
  app.post("/permissions/grant", async (c) => {
    permissions.add((await read(c.req.raw, permission)).permission);
    return c.json({ permissions: [...permissions] });
  });
  app.post("/permissions/revoke", async (c) => {
    permissions.delete((await read(c.req.raw, permission)).permission);
    return c.json({ permissions: [...permissions] });
  });
  app.post("/origins", async (c) => {
    origins.add((await read(c.req.raw, z.strictObject({ origin: webOrigin }))).origin);
    return c.json({ origins: [...origins] });
  });

  tenantControl(app, tenant, read);
  app.get("/state", (c) =>
    c.json({
      users: [...tenant.users.values()],
      devices: [...tenant.devices.values()],
      contacts: [...tenant.contacts.values()],
      groups: [...tenant.groups.values()].map((group) => ({
        ...group,
        members: tenant.memberIds(group.id),
        owners: tenant.owners.ids(group.id),
      })),
      deletedGroups: [...tenant.deletedGroups.values()].map(({ group }) => group),
      administrativeUnits: [...tenant.administrativeUnits.values()].map((unit) => ({
        ...unit,
        members: tenant.unitMembers.ids(unit.id),
      })),
      settings: Object.fromEntries(tenant.settings),
      permissions: [...permissions],
      origins: [...origins],
      tokenLifetime: tokens.lifetime,
    }),
  );

  app.notFound((c) => c.json({ error: `The control API has no ${c.req.method} ${c.req.path}.` }, 404));
  app.onError((error, c) => {
    if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400);
    if (error instanceof SyntaxError) return c.json({ error: "The body must be JSON." }, 400);
    if (error instanceof RefusedEdit)
      return c.json({ error: error.message }, error.status as ContentfulStatusCode);
    console.error("control:", error);
    return c.json({ error: "The control API failed; the sandbox's log tells why." }, 500);
  });
  return app;
}
