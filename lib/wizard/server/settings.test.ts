import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Failure } from "#lib/model/problem.ts";
import { agentSettings, isConfidential, signInSettings } from "#lib/wizard/server/settings.ts";

const tenant = "11111111-2222-4333-8444-555555555555";
const client = "AAAAAAAA-bbbb-4ccc-8ddd-eeeeeeeeeeee";
const sound = { GW_TENANT_ID: tenant, GW_CLIENT_ID: client };
const secret = "0123456789abcdef0123456789abcdef";

function whyOf(act: () => unknown): string {
  try {
    act();
  } catch (thrown) {
    expect((thrown as Failure).code).toBe("E1010");
    return (thrown as Failure).problem.why;
  }
  throw new Error("it was accepted");
}

describe("the sign-in's settings", () => {
  test("the two ids are enough", () => {
    expect(signInSettings(sound)).toEqual({
      tenantId: tenant,
      clientId: client.toLowerCase(),
      authority: `https://login.microsoftonline.com/${tenant}`,
      apiScope: `api://${client.toLowerCase()}/access_as_user`,
    });
  });

  test("an authority's slash at the end is dropped", () => {
    const { authority } = signInSettings({ ...sound, GW_AUTHORITY: "https://localhost:9/t/" });
    expect(authority).toBe("https://localhost:9/t");
  });

  test.each([
    [{}, "GW_TENANT_ID is not set; GW_CLIENT_ID is not set."],
    [{ ...sound, GW_CLIENT_ID: "" }, "GW_CLIENT_ID is not set."],
    [{ ...sound, GW_TENANT_ID: "contoso.com" }, "GW_TENANT_ID must be a GUID"],
    [{ ...sound, GW_AUTHORITY: "nonsense" }, "GW_AUTHORITY must be an address"],
    [{ ...sound, GW_AUTHORITY: "http://localhost:9/t" }, "GW_AUTHORITY must begin with https://"],
    [{ ...sound, GW_AUTHORITY: "https://login.microsoftonline.com/t/v2.0" }, "without /v2.0"],
    [{ ...sound, GW_AUTHORITY: "https://login.microsoftonline.com/common" }, "must name the tenant"],
    [{ ...sound, GW_API_SCOPE: "access_as_user" }, "GW_API_SCOPE must be a scope"],
  ])("%j is refused", (environment, why) => {
    expect(whyOf(() => signInSettings(environment))).toContain(why);
  });
});

describe("the agent's settings", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "gw-settings-"));
    await writeFile(join(folder, "secret"), `${secret}\n`);
    await writeFile(join(folder, "short"), "hunter2");
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("the secret is the file's text", async () => {
    expect(await agentSettings({ GW_AGENT_SECRET_FILE: join(folder, "secret") })).toEqual({
      url: "http://127.0.0.1:8710",
      secret,
    });
  });

  test.each<[Record<string, string>, RegExp]>([
    [{}, /set GW_AGENT_SECRET_FILE or GW_AGENT_SECRET/],
    [{ GW_AGENT_SECRET: secret, GW_AGENT_SECRET_FILE: "/x" }, /Both/],
    [{ GW_AGENT_SECRET_FILE: "/nowhere/secret" }, /\/nowhere\/secret, which cannot be read \(ENOENT\)/],
    [{ GW_AGENT_SECRET: "hunter2" }, /^GW_AGENT_SECRET must have/],
    [{ GW_AGENT_SECRET: `${secret} hunter2` }, /no spaces/],
    [
      { GW_AGENT_SECRET: secret, GW_AGENT_URL: "http://10.0.0.5:8710" },
      /^GW_AGENT_URL must begin with https/,
    ],
    [{ GW_AGENT_SECRET: secret, GW_AGENT_URL: "http://127.0.0.1.evil.example" }, /GW_AGENT_URL/],
  ])("%j is refused", async (environment, why) => {
    const refusal = agentSettings(environment);
    await expect(refusal).rejects.toMatchObject({
      code: "E1010",
      problem: { why: expect.stringMatching(why) },
    });
    await expect(refusal).rejects.not.toMatchObject({ problem: { why: expect.stringContaining("hunter2") } });
  });

  test("a file whose text is no secret is refused without quoting it", async () => {
    const refusal = agentSettings({ GW_AGENT_SECRET_FILE: join(folder, "short") });
    await expect(refusal).rejects.toMatchObject({ code: "E1010" });
    await expect(refusal).rejects.not.toMatchObject({ problem: { why: expect.stringContaining("hunter2") } });
  });
});

test.each([
  ["https://far.example", true],
  ["http://localhost:1", true],
  ["http://127.0.0.9:1", true],
  ["http://[::1]:1", true],
  ["http://far.example", false],
  ["http://localhost.evil.example", false],
  ["ftp://localhost", false],
])("%s: confidential is %s", (address, expected) => {
  expect(isConfidential(address)).toBe(expected);
});
