import { randomUUID } from "node:crypto";
import { createServer } from "node:https";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { SandboxCertificates } from "#lib/sandbox/certificates.ts";
import { batchRoute } from "#lib/sandbox/graph/batch.ts";
import { deltaRoute } from "#lib/sandbox/graph/deltaRoute.ts";
import { directoryRoutes } from "#lib/sandbox/graph/directoryRoutes.ts";
import type { GraphApp, GraphEnvironment, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { type Fault, faultCode } from "#lib/sandbox/graph/faults.ts";
import { errorBody, GraphError } from "#lib/sandbox/graph/graphError.ts";
import { groupRoutes } from "#lib/sandbox/graph/groupRoutes.ts";
import { relationRoutes } from "#lib/sandbox/graph/relationRoutes.ts";
import { settingRoutes } from "#lib/sandbox/graph/settingRoutes.ts";
import { sourceOfAuthorityRoutes } from "#lib/sandbox/graph/sourceOfAuthorityRoutes.ts";
import { writeRoutes } from "#lib/sandbox/graph/writeRoutes.ts";
import { type Listening, listen } from "#lib/sandbox/sign-in/listen.ts";
import { RefusedEdit } from "#lib/sandbox/tenant/refusedEdit.ts";

/** Starts the Graph emulator on https; port 0 takes any free one. */
export async function startGraph(
  facts: Omit<GraphFacts, "origin">,
  certificates: SandboxCertificates,
  port: number,
): Promise<Listening & { readonly origin: string }> {
  const { certificate: cert, key } = certificates.server;
  const listening = await listen(createServer({ cert, key }), port);
  const origin = `https://localhost:${listening.port}`;
  const app = graphApp({ ...facts, origin });
  listening.server.on("request", getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  return { ...listening, origin };
}

/** The emulator's routes: whatever is not here is refused in Graph's own words. */
function graphApp(facts: GraphFacts): GraphApp {
  const app = new Hono<GraphEnvironment>();

  app.use(async (c, next) => {
    const client = c.req.header("client-request-id");
    const request = randomUUID();
    c.set("ids", { request, client: client ?? request });
    const url = new URL(c.req.url);
    const path = decoded(url.pathname + url.search);
    const inBatch = c.env.inBatch === true;
    const fault = await facts.faults.hit(c.req.method, path);
    if (fault?.dropConnection) {
      facts.journal.add({ method: c.req.method, url: path, status: 0, inBatch });
      c.env.incoming?.socket.destroy();
      return c.body(null, 502);
    }
    if (fault?.status !== undefined) c.res = faultAnswer(fault, c.get("ids"));
    else await next();
    c.header("request-id", request);
    c.header("client-request-id", client ?? request);
    facts.journal.add({ method: c.req.method, url: path, status: c.res.status, inBatch });
  });

  app.use(async (c, next) => {
    c.set("caller", await facts.readCaller(c.req.header("Authorization")));
    await next();
    if (c.res.headers.get("Content-Type")?.startsWith("application/json")) {
      c.header(
        "Content-Type",
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
      );
      c.header("OData-Version", "4.0");
      c.header("Cache-Control", "no-cache");
    }
  });

  deltaRoute(app, facts);
  groupRoutes(app, facts);
  directoryRoutes(app, facts);
  relationRoutes(app, facts);
  settingRoutes(app, facts);
  sourceOfAuthorityRoutes(app, facts);
  writeRoutes(app, facts);
  batchRoute(app, facts);

  app.notFound((c) => {
    const [, version, segment] = c.req.path.split("/");
    const error =
      version === "v1.0" || version === "beta"
        ? { code: "BadRequest", message: `Resource not found for the segment '${segment ?? ""}'.` }
        : { code: "BadRequest", message: `Invalid version: ${version ?? ""}` };
    return c.json(errorBody(error, c.get("ids")), 400);
  });

  app.onError((error, c) => {
    const ids = c.get("ids");
    if (error instanceof GraphError) return c.json(errorBody(error, ids), error.status, { ...error.headers });
    if (error instanceof RefusedEdit) return c.json(errorBody(error, ids), error.status);
    console.error("graph:", error);
    return c.json(
      errorBody(
        { code: "InternalServerError", message: "The sandbox's Graph failed; its log tells why." },
        ids,
      ),
      500,
    );
  });
  return app;
}

function faultAnswer(fault: Fault, ids: GraphEnvironment["Variables"]["ids"]): Response {
  const status = fault.status ?? 500;
  const body =
    fault.body ??
    errorBody({ code: faultCode(status), message: "A fault that the sandbox was told to show." }, ids);
  const headers = fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) };
  return Response.json(body, { status, headers });
}

/** A path and query as a person writes them, for faults and for the journal; as it came when it is not valid. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
