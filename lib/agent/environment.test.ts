import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readEnvironment } from "#lib/agent/environment.ts";
import { Failure } from "#lib/model/problem.ts";

const folder = mkdtempSync(join(tmpdir(), "environment-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const right = {
  GW_TENANT_ID: "C0A7050A-5B1E-4C3D-9F20-7D3C1A6E8B11",
  GW_AGENT_CLIENT_ID: "a6e17b52-84d0-4b3f-b9ce-5f28d1c07e33",
  GW_AGENT_CERTIFICATE_FILE: file("agent.crt", "certificate"),
  GW_AGENT_KEY_FILE: file("agent.key", "key"),
  GW_AGENT_SECRET_FILE: file("secret", `${"s".repeat(43)}\n`),
};

function why(environment: Record<string, string | undefined>): string {
  try {
    readEnvironment(environment as NodeJS.ProcessEnv);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === "E2010") return thrown.problem.why;
    throw thrown;
  }
  return "no error";
}

describe("the agent's settings", () => {
  test("have Microsoft's public cloud as their default", () => {
    expect(readEnvironment(right as unknown as NodeJS.ProcessEnv)).toMatchObject({
      port: 8710,
      secret: "s".repeat(43),
      graph: {
        url: "https://graph.microsoft.com",
        audience: "https://graph.microsoft.com",
        authority: "https://login.microsoftonline.com/c0a7050a-5b1e-4c3d-9f20-7d3c1a6e8b11",
        certificate: "certificate",
      },
      directory: { suggestion: null, certificateAuthority: "" },
    });
  });

  test.each([
    [{ GW_TENANT_ID: undefined }, "GW_TENANT_ID is not set"],
    [{ GW_TENANT_ID: "contoso" }, "GW_TENANT_ID: must be a GUID"],
    [{ GW_GRAPH_URL: "http://graph.microsoft.com" }, "GW_GRAPH_URL"],
    [{ GW_AGENT_PORT: "70000" }, "GW_AGENT_PORT"],
    [{ GW_AGENT_KEY_FILE: "/nowhere/agent.key" }, "GW_AGENT_KEY_FILE names the file /nowhere/agent.key"],
    [{ GW_AGENT_SECRET_FILE: undefined }, "at least 32 characters"],
    [{ GW_AGENT_SECRET_FILE: undefined, GW_AGENT_SECRET: "short" }, "at least 32 characters"],
  ])("with %j are refused, naming what is wrong", (change, words) => {
    expect(why({ ...right, ...change })).toContain(words);
    expect(why({ ...right, ...change })).not.toContain("short");
  });
});
