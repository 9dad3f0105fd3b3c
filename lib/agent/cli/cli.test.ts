import { execFile } from "node:child_process";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agentApi } from "#lib/agent/api.ts";
import { agentOperations } from "#lib/agent/cli/commands.ts";
import type { Handlers } from "#lib/agent/handlers.ts";
import { log } from "#lib/agent/log.ts";
import { Runner } from "#lib/agent/runner.ts";
import { Failure } from "#lib/model/problem.ts";
import { SqliteStore } from "#lib/store/sqlite.ts";

const run = promisify(execFile);
const program = fileURLToPath(new URL("main.ts", import.meta.url));
const secret = "a pairing secret for this test alone, long";
const store = new SqliteStore(":memory:");
let port = 0;
let server: ReturnType<typeof serve>;

/** Every operation answers with its name and what it was called with. */
const handlers = new Proxy({} as Handlers, {
  get: (_, name: string) => async (input: object) => {
    if (name === "quarantine") throw new Failure("E2009", { why: "The disk is full." });
    return { name, ...input };
  },
});

beforeAll(async () => {
  log.level = "silent";
  const runner = new Runner({ store, log } as unknown as ConstructorParameters<typeof Runner>[0]);
  await new Promise<void>((resolve) => {
    const fetch = (request: Request) =>
      agentApi(port, secret, handlers, { runner, store, log, dnOf: () => undefined }).fetch(request);
    server = serve({ fetch, hostname: "127.0.0.1", port: 0 }, () => resolve());
  });
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.close();
  await store.close();
});

type Ended = { readonly stdout: string; readonly stderr: string; readonly code: number };

async function gw(words: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  const env = { ...process.env, GW_AGENT_PORT: String(port), GW_AGENT_SECRET: secret, ...environment };
  try {
    return { ...(await run(process.execPath, ["--no-warnings", program, ...words], { env })), code: 0 };
  } catch (thrown) {
    return thrown as Ended;
  }
}

describe("the command line", () => {
  test("names every operation of the agent, with what it is for", async () => {
    const { stdout } = await gw(["help"]);
    for (const command of agentOperations().keys()) expect(stdout).toContain(`  ${command} `);
    expect(stdout).toContain("--configuration");
  });

  test("sends the path's, the query's and the body's options to where they belong, with the person's name", async () => {
    const undone = JSON.parse((await gw(["undo-run", "--id", "r1", "--mode", "preview"])).stdout);
    expect(undone).toMatchObject({ name: "undoRun", parameters: { id: "r1" }, body: { mode: "preview" } });
    expect(undone.actor).toContain("(command line)");
    const runs = JSON.parse((await gw(["runs", "--limit", "5"])).stdout);
    expect(runs).toMatchObject({ name: "runs", query: { after: 0, limit: 5 } });
    const schedule = JSON.parse(
      (await gw(["set-schedule", "--enabled", "true", "--interval-minutes", "5"])).stdout,
    );
    expect(schedule.body).toEqual({ enabled: true, intervalMinutes: 5 });
  });

  test.each([
    ["a command that does not exist", ["runns"], {}, 2, "no command “runns”"],
    ["an option that the command does not have", ["runs", "--lmit", "5"], {}, 2, "no option --lmit"],
    ["a word that is no option", ["runs", "5"], {}, 2, "“5” is not an option"],
    ["an option that is missing", ["run"], {}, 2, "--id is missing"],
    [
      "a value that is refused",
      ["set-schedule", "--enabled", "true", "--interval-minutes", "1"],
      {},
      2,
      "2 or more",
    ],
    ["a file that is not there", ["preview-scope", "--configuration", "@/nowhere"], {}, 2, "/nowhere"],
    ["a wrong secret", ["status"], { GW_AGENT_SECRET: "x".repeat(40) }, 1, "E2002"],
    ["an agent that is not there", ["status"], { GW_AGENT_PORT: "1" }, 1, "E2001"],
    ["the agent's own refusal", ["quarantine"], {}, 1, "E2009: "],
  ])("says what is wrong with %s", async (_, words, environment, code, told) => {
    const ended = await gw(words, environment);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(told);
    expect(ended.stdout).toBe("");
  });
});
