import { generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Access, type OperationName, operations, pathOf } from "#lib/model/api.ts";
import { type ErrorCode, errors } from "#lib/model/errors.ts";
import { messages } from "#lib/model/messages.ts";
import { Failure, type Problem } from "#lib/model/problem.ts";
import { bodyLimit } from "#lib/wizard/server/input.ts";
import * as stand from "#lib/wizard/server/stand.ts";
import * as routes from "../../../app/api/[...path]/route.ts";

const host = "wizard.example:3000";
const names = Object.keys(operations) as OperationName[];
const reached = names.filter((name) => operations[name].by === "agent");
const configuration = {
  version: 1,
  scope: { microsoft365Groups: true, securityGroups: true },
  target: "OU=Groups,DC=contoso,DC=com",
  naming: "objectId",
  withdrawal: "keep",
};
const bodies: Partial<Record<OperationName, unknown>> = {
  connectDirectory: { server: "dc1.contoso.com", port: 636, account: "CONTOSO\\svc", password: "p" },
  startRun: { mode: "apply", policyType: "Initial", configuration },
  releaseRun: { reason: "It was announced." },
  undoRun: { mode: "preview" },
  disableWriteback: { mode: "preview", groups: "release" },
  setSchedule: { enabled: true, intervalMinutes: 30 },
  previewScope: { configuration },
  tryMapping: { configuration, group: stand.tenantId },
};
const queries: Partial<Record<OperationName, Record<string, string>>> = {
  explain: { group: stand.tenantId },
  findObjects: { kind: "group" },
};
/** What the agent is asked with where the caller leaves it out. */
const standardQueries: Partial<Record<OperationName, string>> = {
  runs: "?after=0&limit=200",
  runChanges: "?after=0&limit=200",
  runGroups: "?after=0&limit=200",
  runPlan: "?format=json",
  explain: `?group=${stand.tenantId}`,
  findObjects: "?kind=group&search=",
};

let authority: Awaited<ReturnType<typeof stand.startAuthority>>;
let agent: Awaited<ReturnType<typeof stand.startAgent>>;
let reply: Parameters<typeof stand.startAgent>[0];

const json =
  (status: number, value: unknown): typeof reply =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));

beforeAll(async () => {
  authority = await stand.startAuthority();
  agent = await stand.startAgent((request, response) => reply(request, response));
});
afterAll(async () => {
  await authority.close();
  await agent.close();
});
beforeEach(() => {
  agent.seen.length = 0;
  reply = json(200, { answered: true });
  vi.stubEnv("GW_TENANT_ID", stand.tenantId);
  vi.stubEnv("GW_CLIENT_ID", stand.clientId);
  vi.stubEnv("GW_AUTHORITY", authority.authority);
  vi.stubEnv("GW_AGENT_URL", agent.url);
  vi.stubEnv("GW_AGENT_SECRET", stand.secret);
});
afterEach(() => vi.unstubAllEnvs());

const handlers = new Map(Object.entries(routes)) as Map<string, unknown> as Map<string, typeof routes.GET>;

type Options = {
  token?: string | undefined;
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
};

function send(
  method: string,
  path: string,
  { token, headers, body, signal }: Options = {},
): Promise<Response> {
  const request = new Request(`http://${host}/api${path}`, {
    method,
    headers: {
      host,
      origin: `http://${host}`,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const handler = handlers.get(method);
  if (handler === undefined) throw new RangeError(`the route handles no ${method}`);
  return handler(request);
}

function call(name: OperationName, options: Options = {}): Promise<Response> {
  return send(operations[name].method, pathOf(name, { id: "r1" }, queries[name]), {
    body: bodies[name],
    ...options,
  });
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("cache-control")).toContain("no-store");
  return ((await response.json()) as { problem: Problem }).problem;
}

async function expectProblem(response: Response, code: ErrorCode, why?: string | RegExp): Promise<Problem> {
  const problem = await problemOf(response);
  expect(problem.code).toBe(code);
  expect(response.status).toBe(errors[code].status);
  if (why !== undefined) expect(problem.why).toMatch(why);
  return problem;
}

const admin = () => authority.token({ wids: [stand.roleId.globalAdministrator] });
const reader = () => authority.token({ wids: [stand.roleId.globalReader] });

/** Callers that no operation but those for anyone may answer, and the code that each gets. */
const strangers: [string, () => Promise<string | undefined>, ErrorCode][] = [
  ["nobody", async () => undefined, "E1001"],
  ["garbage", async () => "garbage", "E1003"],
  ["garbage in three parts", async () => "e30.e30.e30", "E1003"],
  ["alg none", async () => new UnsecuredJWT(authority.claims(asAdmin)).encode(), "E1003"],
  ["alg HS256 with the public key", () => symmetric(), "E1003"],
  ["alg PS256 with the right key's id", () => otherAlgorithm(), "E1003"],
  ["a wrong signature", async () => authority.token(asAdmin, await strangeKey()), "E1003"],
  ["a changed payload", () => changedPayload(), "E1003"],
  ["an unknown key", async () => authority.token(asAdmin, await strangeKey(), "two"), "E1003"],
  ["an expired token", () => authority.token({ ...asAdmin, exp: stand.now() - 120 }), "E1002"],
  ["no end", () => authority.token({ ...asAdmin, exp: undefined }), "E1003"],
  ["one not yet valid", () => authority.token({ ...asAdmin, nbf: stand.now() + 120 }), "E1003"],
  ["another app's", () => authority.token({ ...asAdmin, aud: stand.otherTenantId }), "E1003"],
  [
    "the application id URI as audience",
    () => authority.token({ ...asAdmin, aud: `api://${stand.clientId}` }),
    "E1003",
  ],
  ["Graph's", () => authority.token({ ...asAdmin, aud: "00000003-0000-0000-c000-000000000000" }), "E1003"],
  ["another tenant's", () => authority.token({ ...asAdmin, ...ofOtherTenant() }), "E1004"],
  ["a tid of another tenant", () => authority.token({ ...asAdmin, tid: stand.otherTenantId }), "E1004"],
  ["no tid", () => authority.token({ ...asAdmin, tid: undefined }), "E1003"],
  ["another issuer", () => authority.token({ ...asAdmin, iss: "https://evil.example/v2.0" }), "E1003"],
  ["version 1.0", () => authority.token({ ...asAdmin, ver: "1.0" }), "E1003"],
  ["an ID token (no scope)", () => authority.token({ ...asAdmin, scp: undefined }), "E1003"],
  ["another scope", () => authority.token({ ...asAdmin, scp: "access_as_user_not openid" }), "E1003"],
];
const asAdmin = { wids: [stand.roleId.globalAdministrator] };
const ofOtherTenant = () => ({
  tid: stand.otherTenantId,
  iss: `${authority.origin}/${stand.otherTenantId}/v2.0`,
});
const strangeKey = async () => (await generateKeyPair("RS256")).privateKey;

async function symmetric(): Promise<string> {
  const key = new TextEncoder().encode(JSON.stringify(authority.jwk));
  return new SignJWT(authority.claims(asAdmin)).setProtectedHeader({ alg: "HS256", kid: "one" }).sign(key);
}

async function otherAlgorithm(): Promise<string> {
  const { privateKey } = await generateKeyPair("PS256");
  return new SignJWT(authority.claims(asAdmin))
    .setProtectedHeader({ alg: "PS256", kid: "one" })
    .sign(privateKey);
}

async function changedPayload(): Promise<string> {
  const [header, , signature] = (await authority.token()).split(".");
  const payload = Buffer.from(JSON.stringify(authority.claims(asAdmin))).toString("base64url");
  return `${header}.${payload}.${signature}`;
}

/** People of the tenant, and the accesses that they have. */
const people: [string, Record<string, unknown>, Access[]][] = [
  ["somebody without a role", { wids: [stand.roleId.user] }, ["anyone", "signedIn"]],
  ["somebody whose token tells no roles", { wids: undefined }, ["anyone", "signedIn"]],
  ["a Global Reader", { wids: [stand.roleId.globalReader] }, ["anyone", "signedIn", "reader"]],
  [
    "a Helpdesk Administrator",
    { wids: [stand.roleId.helpdeskAdministrator] },
    ["anyone", "signedIn", "reader"],
  ],
  [
    "a Hybrid Identity Administrator",
    { wids: [stand.roleId.user, stand.roleId.hybridIdentityAdministrator] },
    ["anyone", "signedIn", "reader", "admin"],
  ],
  [
    "a Global Administrator who is also a reader",
    { wids: [stand.roleId.globalReader, stand.roleId.globalAdministrator.toUpperCase()] },
    ["anyone", "signedIn", "reader", "admin"],
  ],
];

describe("every operation in the list", () => {
  describe.each(names)("%s", (name) => {
    test.each(strangers)("refuses %s", async (_, token, code) => {
      const response = await call(name, { token: await token() });
      if (operations[name].access === "anyone") expect(response.status).toBe(200);
      else {
        await expectProblem(response, code);
        expect(response.headers.has("www-authenticate")).toBe(response.status === 401);
      }
      expect(agent.seen).toEqual([]);
    });

    test.each(people)("for %s", async (_, claims, accesses) => {
      const response = await call(name, { token: await authority.token(claims) });
      const may = accesses.includes(operations[name].access);
      if (may) expect(response.status).toBe(200);
      else await expectProblem(response, "E1005");
      expect(agent.seen).toHaveLength(may && operations[name].by === "agent" ? 1 : 0);
    });

    test("refuses a page of another site, by its Origin, for each method that changes", async () => {
      const token = await admin();
      const origins: Record<string, string>[] = [
        { origin: "https://evil.example" },
        { origin: "null" },
        { origin: `http://${host}.evil.example` },
        { origin: "http://wizard.example:3001" },
        { origin: `http://${host}`, "sec-fetch-site": "same-site" },
        { origin: "" },
      ];
      for (const headers of origins) {
        const response = await call(name, { token, headers });
        if (operations[name].method === "GET") expect(response.status).toBe(200);
        else await expectProblem(response, "E1011");
      }
      if (operations[name].method !== "GET") expect(agent.seen).toEqual([]);
    });
  });
});

test("a request that changes and carries no Origin is refused", async () => {
  const request = new Request(`http://${host}/api/runs/r1/cancel`, {
    method: "POST",
    headers: { host, authorization: `Bearer ${await admin()}` },
  });
  await expectProblem(await routes.POST(request), "E1011", /no Origin/);
});

test("an Origin with TLS ended before the web app is the same site", async () => {
  const headers = {
    origin: "https://wizard.example",
    host: "wizard.example:443",
    "sec-fetch-site": "same-origin",
  };
  expect((await call("cancelRun", { token: await admin(), headers })).status).toBe(200);
});

describe("the refusal for a missing role", () => {
  test("names the person, the roles held and those missing", async () => {
    const response = await call("startRun", { token: await reader() });
    await expectProblem(
      response,
      "E1005",
      "This needs Global Administrator or Hybrid Identity Administrator. Zoë Müller 李 has the role Global Reader.",
    );
  });
  test("says so when the token tells no roles at all", async () => {
    const response = await call("status", { token: await authority.token({ wids: undefined }) });
    await expectProblem(response, "E1005", /groupMembershipClaims/);
  });
});

describe("what is not in the list", () => {
  test.each([
    ["GET", "/nothing"],
    ["POST", "/status"],
    ["DELETE", "/runs/r1"],
    ["PATCH", "/runs"],
    ["PUT", "/runs"],
    ["GET", "/runs/r1/events/more"],
    ["GET", "/runs/"],
    ["GET", "/directory"],
    ["GET", "/STATUS"],
    ["HEAD", "/status"],
    ["OPTIONS", "/status"],
  ])("%s %s is E1009", async (method, path) => {
    await expectProblem(await send(method, path, { token: await admin() }), "E1009");
    expect(agent.seen).toEqual([]);
  });
});

describe("input", () => {
  test.each<[string, string, string, unknown, RegExp]>([
    ["a wrong id", "GET", "/runs/a%2Fb", undefined, /^These fields are not as expected. id: /],
    ["a climbing id", "GET", "/runs/..%2fstatus", undefined, /id: /],
    ["a wrong query", "GET", "/runs?limit=5000", undefined, /limit: /],
    ["a wrong DN", "GET", "/directory/units?parent=nonsense", undefined, /parent: /],
    ["no body", "POST", "/runs", undefined, /the body: /],
    ["a body that is not JSON", "POST", "/runs", "{", /not JSON/],
    ["a body where none belongs", "POST", "/runs/r1/cancel", {}, /the body: /],
    [
      "a missing field",
      "POST",
      "/directory/connection",
      { port: 636, account: "a", password: "p" },
      /server: /,
    ],
    ["a body that is too large", "POST", "/runs", `"${"x".repeat(bodyLimit)}"`, /1 MiB/],
  ])("%s is E1008", async (_, method, path, body, why) => {
    await expectProblem(await send(method, path, { token: await admin(), body }), "E1008", why);
    expect(agent.seen).toEqual([]);
  });

  test("a refused body is not quoted", async () => {
    const body = '{"password": "hunter2", "port": hunter2}';
    const text = await (await call("connectDirectory", { token: await admin(), body })).text();
    expect(text).not.toContain("hunter2");
  });

  test("a body of another type is E1008", async () => {
    const headers = { "content-type": "text/plain" };
    await expectProblem(
      await call("startRun", { token: await admin(), headers }),
      "E1008",
      /application\/json/,
    );
  });

  test("a stranger learns nothing about their input", async () => {
    await expectProblem(await send("POST", "/runs", { body: "{" }), "E1001");
  });
});

describe("passing on to the agent", () => {
  test.each(reached)("%s: method, path, secret, person; never the access token", async (name) => {
    const token = await admin();
    const response = await call(name, { token });
    expect(await response.json()).toEqual({ answered: true });
    const [seen] = agent.seen;
    const parameters = standardQueries[name] ?? "";
    expect(seen).toMatchObject({
      method: operations[name].method,
      url: pathOf(name, { id: "r1" }) + parameters,
    });
    expect(seen?.headers.authorization).toBe(`Bearer ${stand.secret}`);
    expect(decodeURIComponent(String(seen?.headers["x-actor"]))).toBe("Zoë Müller 李");
    expect(JSON.stringify(seen)).not.toContain(token);
    expect(seen?.headers).not.toHaveProperty("origin");
  });

  test("a document is passed on as the file that it is", async () => {
    const headers = {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": 'attachment; filename="plan.ldif"',
    };
    reply = (_, response) => response.writeHead(200, headers).end("version: 1\n");
    const response = await call("runPlan", { token: await reader() });
    expect(await response.text()).toBe("version: 1\n");
    for (const [name, value] of Object.entries(headers)) expect(response.headers.get(name)).toBe(value);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("the body is the validated one", async () => {
    const body = { ...(bodies.connectDirectory as object), server: " dc1.contoso.com ", more: "dropped" };
    await call("connectDirectory", { token: await admin(), body });
    expect(JSON.parse(agent.seen[0]?.body ?? "")).toEqual({
      ...(bodies.connectDirectory as object),
      certificateAuthority: "",
    });
  });

  test("the query is the validated one", async () => {
    const path = `${pathOf("directoryUnits", {}, { parent: "OU=A\\, B&C,DC=contoso,DC=com" })}&more=dropped`;
    await send("GET", path, { token: await reader() });
    const { searchParams } = new URL(agent.seen[0]?.url ?? "", "http://agent");
    expect(Object.fromEntries(searchParams)).toEqual({ parent: "OU=A\\, B&C,DC=contoso,DC=com" });
  });

  test("the agent's own problem keeps its status and reference", async () => {
    const { problem } = new Failure("E2004", { why: "Run r0 is active.", reference: "abc" });
    reply = json(409, { problem });
    const response = await call("startRun", { token: await admin() });
    expect(response.status).toBe(409);
    expect(await problemOf(response)).toEqual(problem);
  });

  test("the agent's refusal of the secret reaches the browser as 502", async () => {
    reply = json(401, { problem: new Failure("E2002").problem });
    const response = await call("status", { token: await reader() });
    expect(response.status).toBe(502);
    expect((await problemOf(response)).code).toBe("E2002");
    expect(response.headers.has("www-authenticate")).toBe(false);
  });

  test("an agent that is down is E2001", async () => {
    const gone = await stand.startAgent(() => undefined);
    await gone.close();
    vi.stubEnv("GW_AGENT_URL", gone.url);
    await expectProblem(await call("status", { token: await reader() }), "E2001", /ECONNREFUSED/);
  });

  test.each<[string, typeof reply]>([
    ["a page", (_, response) => response.setHeader("content-type", "text/html").end("<p>hello</p>")],
    ["another service's error", json(404, { message: "no such route" })],
    ["a 401 of something else", (_, response) => response.writeHead(401).end()],
    ["a redirect", (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end()],
    ["a broken connection", (request) => request.socket.destroy()],
  ])("%s from the agent's address is E2001", async (_, listener) => {
    reply = listener;
    await expectProblem(await call("status", { token: await reader() }), "E2001");
  });

  test("an agent that does not answer within 60 s is E2001", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      reply = () => void vi.advanceTimersByTime(60_000);
      await expectProblem(await call("status", { token: await reader() }), "E2001", /too long/);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("the stream of a run's events", () => {
  const head = { "content-type": "text/event-stream; charset=utf-8" };

  test("comes through piece by piece, with the headers that keep it unbuffered", async () => {
    let write: (text: string) => void = () => undefined;
    reply = (_, response) => {
      response.writeHead(200, head).write("data: 1\n\n");
      write = (text) => (text === "" ? response.end() : response.write(text));
    };
    const response = await call("runEvents", { token: await reader() });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-store, no-transform",
      "x-accel-buffering": "no",
    });
    const pieces = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await pieces?.read())?.value).toBe("data: 1\n\n");
    write("data: 2\n\n");
    expect((await pieces?.read())?.value).toBe("data: 2\n\n");
    write("");
    expect((await pieces?.read())?.done).toBe(true);
  });

  test.each(["cancel", "abort"])("a client that goes away (%s) lets the agent go", async (way) => {
    let gone: Promise<void> = Promise.reject(new Error("not called"));
    gone.catch(() => undefined);
    reply = (_, response) => {
      response.writeHead(200, head).write("data: 1\n\n");
      gone = new Promise((resolve) => response.on("close", resolve));
    };
    const client = new AbortController();
    const response = await call("runEvents", { token: await reader(), signal: client.signal });
    const pieces = response.body?.getReader();
    await pieces?.read();
    if (way === "cancel") await pieces?.cancel();
    else client.abort();
    await gone;
  });

  test("ends with the token", async () => {
    reply = (_, response) => response.writeHead(200, head).write("data: 1\n\n");
    const token = await authority.token({ wids: [stand.roleId.globalReader], exp: stand.now() + 2 });
    const response = await call("runEvents", { token });
    expect(await response.text()).toBe("data: 1\n\n");
  });

  test("a stream that breaks off is an error, not an end", async () => {
    reply = (request, response) => {
      response.writeHead(200, head).write("data: 1\n\n");
      setTimeout(() => request.socket.destroy(), 20);
    };
    const response = await call("runEvents", { token: await reader() });
    await expect(response.text()).rejects.toThrow();
  });

  test("an error instead of a stream is passed on", async () => {
    reply = json(404, { problem: new Failure("E2005").problem });
    await expectProblem(await call("runEvents", { token: await reader() }), "E2005");
  });
});

describe("settings and me", () => {
  test("settings carry the authority's document as it is, read once", async () => {
    const before = authority.reads();
    const answers = await Promise.all([call("settings"), call("settings")]);
    for (const response of answers) {
      const settings = messages.settings.response.parse(await response.json());
      expect(settings).toMatchObject({
        tenantId: stand.tenantId,
        authority: authority.authority,
        apiScope: `api://${stand.clientId}/access_as_user`,
      });
      expect(JSON.parse(settings.authorityMetadata)).toMatchObject({
        token_endpoint: `${authority.origin}/token`,
      });
    }
    expect(authority.reads() - before).toBe(0);
  });

  test("me tells roles and access", async () => {
    const me = messages.me.response.parse(await (await call("me", { token: await admin() })).json());
    expect(me).toEqual({
      name: "Zoë Müller 李",
      userPrincipalName: "zoe@contoso.example",
      roles: ["Global Administrator"],
      access: "admin",
    });
  });

  test("an authority that is down is E1006, and is asked again the next time", async () => {
    const gone = await stand.startAgent(() => undefined);
    await gone.close();
    vi.stubEnv("GW_AUTHORITY", gone.url.replace("http:", "https:"));
    await expectProblem(await call("settings"), "E1006", /ECONNREFUSED/);
    await expectProblem(await call("me", { token: await admin() }), "E1006");
  });

  test("an authority that answers with something else is E1006", async () => {
    vi.stubEnv("GW_AUTHORITY", `${authority.origin}/nonsense`);
    await expectProblem(await call("settings"), "E1006", /not an OpenID configuration/);
    vi.stubEnv("GW_AUTHORITY", `${authority.origin}/nothing`);
    await expectProblem(await call("settings"), "E1006", /HTTP 404/);
  });

  test("a missing setting is E1010 and named", async () => {
    vi.stubEnv("GW_TENANT_ID", "");
    await expectProblem(await call("settings"), "E1010", "GW_TENANT_ID is not set.");
  });

  test("a missing secret is E1010 for the agent's operations alone", async () => {
    vi.stubEnv("GW_AGENT_SECRET", "");
    const token = await reader();
    expect((await call("me", { token })).status).toBe(200);
    await expectProblem(await call("status", { token }), "E1010", /GW_AGENT_SECRET_FILE/);
  });
});

test("what nobody foresaw is E2000 with a reference, the log's too, and nothing secret", async () => {
  const token = await admin();
  const lines: string[] = [];
  const { log } = await import("#lib/wizard/server/log.ts");
  vi.spyOn(log, "error").mockImplementation((line: unknown) => {
    lines.push(JSON.stringify(line));
  });
  vi.spyOn(AbortSignal, "any").mockImplementationOnce(() => {
    throw new Error(`a surprise with Bearer ${stand.secret} and ${token}`);
  });
  const response = await send("GET", "/status", { token });
  vi.restoreAllMocks();
  const problem = await expectProblem(response, "E2000");
  expect(problem.reference).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.stringify(problem)).not.toContain("surprise");
  expect(lines.join()).toContain(problem.reference);
  expect(lines.join()).toContain("a surprise with Bearer ***");
  expect(lines.join()).not.toContain(stand.secret);
  expect(lines.join()).not.toContain(token);
});
