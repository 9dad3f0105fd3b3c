import { request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agentApi } from "#lib/agent/api.ts";
import type { Handlers } from "#lib/agent/handlers.ts";
import { log } from "#lib/agent/log.ts";
import { Runner } from "#lib/agent/runner.ts";
import { type OperationName, operations, pathOf } from "#lib/model/api.ts";
import { SqliteStore } from "#lib/store/sqlite.ts";

const secret = "a pairing secret for this test alone, long";
const names = (Object.keys(operations) as OperationName[]).filter((name) => operations[name].by === "agent");
const called: string[] = [];
/** Every operation answers its own name, so that the test sees which one was reached. */
const handlers = new Proxy({} as Handlers, {
  get: (_, name: string) => async () => {
    called.push(name);
    return { name };
  },
});

let port = 0;
let server: ReturnType<typeof serve>;
const store = new SqliteStore(":memory:");

beforeAll(async () => {
  port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => resolve(free));
    });
  });
  log.level = "silent";
  const runner = new Runner({ store, log } as unknown as ConstructorParameters<typeof Runner>[0]);
  const api = agentApi(port, secret, handlers, { runner, store, log, dnOf: () => undefined });
  server = serve({ fetch: api.fetch, hostname: "127.0.0.1", port });
});
afterAll(async () => {
  server.close();
  await store.close();
});

function send(
  path: string,
  method = "GET",
  headers: Record<string, string> = {},
  body = "",
): Promise<{ status: number; code: string; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (answer) => {
      let text = "";
      answer.on("data", (part) => (text += part));
      answer.on("end", () => {
        const { problem } = JSON.parse(text) as { problem?: { code: string } };
        resolve({ status: answer.statusCode ?? 0, code: problem?.code ?? "", text });
      });
    });
    call.on("error", reject);
    call.end(body);
  });
}
const authorization = `Bearer ${secret}`;
const own = () => ({ authorization, host: `127.0.0.1:${port}` });

describe("the agent's HTTP interface", () => {
  test.each([
    ["no secret", {}, 401, "E2002"],
    ["a wrong secret", { authorization: `${authorization}x` }, 401, "E2002"],
    ["the secret under another scheme", { authorization: `Basic ${secret}` }, 401, "E2002"],
    ["a foreign Host (DNS rebinding)", { authorization, host: "attacker.example" }, 403, "E2003"],
    ["its own name with another port", { authorization, host: "127.0.0.1:1" }, 403, "E2003"],
    ["a foreign Origin", { authorization, origin: "https://attacker.example" }, 403, "E2003"],
    ["the web app's Origin", { authorization, origin: "http://localhost:3000" }, 403, "E2003"],
    ["a null Origin", { authorization, origin: "null" }, 403, "E2003"],
  ])("refuses %s on every operation", async (_, headers: Record<string, string>, status, code) => {
    called.length = 0;
    for (const name of names) {
      const path = pathOf(name, { id: "x" });
      const answer = await send(path, operations[name].method, { host: `127.0.0.1:${port}`, ...headers });
      expect([name, answer.status, answer.code]).toEqual([name, status, code]);
      expect(answer.text).not.toContain(secret);
    }
    expect(called).toEqual([]);
  });

  test("answers the web app", async () => {
    expect(await send("/status", "GET", own())).toMatchObject({ status: 200, text: '{"name":"status"}' });
    expect(await send("/status", "GET", { authorization, host: `localhost:${port}` })).toMatchObject({
      status: 200,
    });
  });

  test.each([
    ["/nowhere", "GET", "", 404, "E1009"],
    ["/runs/none", "GET", "", 200, ""],
    ["/runs/a%20b", "GET", "", 400, "E1008"],
    ["/runs?limit=0", "GET", "", 400, "E1008"],
    ["/directory/units?parent=nonsense", "GET", "", 400, "E1008"],
    ["/runs", "POST", "{", 400, "E1008"],
    ["/runs", "POST", "{}", 400, "E1008"],
    [
      "/directory/connection",
      "POST",
      '{"server":"ldap://x","port":636,"account":"a","password":"hunter2"}',
      400,
      "E1008",
    ],
    ["/directory/connection", "POST", `{"server":"${"x".repeat(2 ** 21)}"}`, 400, "E1008"],
  ])("answers %s %s with a body of its own kind: %#", async (path, method, body, status, code) => {
    const answer = await send(path, method, own(), body);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.text).not.toContain("hunter2");
  });

  test("a run that does not exist has no events", async () => {
    expect(await send("/runs/none/events", "GET", own())).toMatchObject({ status: 404, code: "E2005" });
  });
});
