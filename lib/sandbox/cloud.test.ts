import { spawn } from "node:child_process";
import { createSign, generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sandboxCertificates } from "#lib/sandbox/certificates.ts";
import { startCloud } from "#lib/sandbox/cloud.ts";
import { cloudForTest, examplePeople } from "#lib/sandbox/graph/cloudForTest.ts";
import { agentClientId, agentPermissions, graphResource } from "#lib/sandbox/tenant/identity.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-cloud-test-"));
  await writeFile(join(folder, "people.json"), JSON.stringify(examplePeople));
});
afterAll(() => rm(folder, { recursive: true }));

describe("the process", () => {
  const program = new URL("./cloud.ts", import.meta.url).pathname;

  test("prints one line when ready and ends at once on SIGTERM, open connections included", async () => {
    const config = join(folder, "config.json");
    await writeFile(
      config,
      JSON.stringify({ stateDirectory: join(folder, "state"), peopleFile: join(folder, "people.json") }),
    );
    const child = spawn(process.execPath, [program, "--config", config], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const errors = text(child.stderr);
    const line = await new Promise<string>((resolve) =>
      child.stdout.once("data", (data) => resolve(String(data))),
    );
    const facts = JSON.parse(line);
    expect(facts).toMatchObject({
      ready: true,
      agentClientId,
      controlUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/),
    });
    expect((await stat(facts.agentKeyFile)).mode & 0o777).toBe(0o600);
    await fetch(`${facts.controlUrl}/state`);
    const started = Date.now();
    child.kill("SIGTERM");
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(0);
    expect(Date.now() - started).toBeLessThan(1000);
    expect(await errors).toBe("");
  });

  test("says what is wrong with its configuration", async () => {
    const config = join(folder, "bad.json");
    await writeFile(
      config,
      JSON.stringify({
        stateDirectory: folder,
        peopleFile: "x",
        redirectOrigins: ["http://x.example"],
        colour: 1,
      }),
    );
    const child = spawn(process.execPath, [program, "--config", config], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const said = await text(child.stderr);
    expect(said).toContain("redirectOrigins");
    expect(said).toContain("colour");
  });
});

test("a port in use is named", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as { port: number };
  const start = startCloud({
    ports: { graph: port },
    stateDirectory: join(folder, "state"),
    peopleFile: join(folder, "people.json"),
  });
  await expect(start).rejects.toThrow(`Port ${port} is in use`);
  other.close();
});

test("certificates are kept while they fit, and made anew when they don't", async () => {
  const directory = join(folder, "certificates");
  const one = await sandboxCertificates(directory);
  const two = await sandboxCertificates(directory);
  expect(two).toEqual(one);
  const three = await sandboxCertificates(directory, ["dc1.contoso.test", "127.0.0.10"]);
  expect(three.authority).toEqual(one.authority);
  expect(three.server.certificate).not.toBe(one.server.certificate);
  expect(await sandboxCertificates(directory)).toEqual(three);
  await writeFile(three.server.certificateFile, "half");
  expect((await sandboxCertificates(directory)).server.certificate).toContain("BEGIN CERTIFICATE");
});

describe("the agent's sign-in", () => {
  test("by its certificate gives the granted permissions, and no roles once all are revoked", async () => {
    const cloud = await cloudForTest({ tokenLifetime: 600 });
    const token = decodeJwt(await cloud.agentToken());
    expect(token).toMatchObject({
      aud: graphResource,
      appid: agentClientId,
      idtyp: "app",
      tid: cloud.tenantId,
    });
    expect(token.roles).toEqual(agentPermissions);
    expect((token.exp ?? 0) - (token.iat ?? 0)).toBe(600);
    for (const permission of agentPermissions) await cloud.control("/permissions/revoke", { permission });
    expect(decodeJwt(await cloud.agentToken())).not.toHaveProperty("roles");
    await cloud.close();
  });

  test("with another key is refused as Entra does", async () => {
    const cloud = await cloudForTest();
    const discovery = await (await fetch(`${cloud.authority}/v2.0/.well-known/openid-configuration`)).json();
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: agentClientId,
      sub: agentClientId,
      aud: discovery.token_endpoint,
      jti: "1",
      nbf: now,
      exp: now + 60,
    };
    const unsigned = `${encode({ alg: "RS256", "x5t#S256": "AAAA" })}.${encode(claims)}`;
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const assertion = `${unsigned}.${createSign("RSA-SHA256").update(unsigned).sign(privateKey, "base64url")}`;
    const response = await fetch(discovery.token_endpoint, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: agentClientId,
        scope: `${graphResource}/.default`,
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: assertion,
      }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: "invalid_client", error_codes: [700027] });
    const tenant = await fetch(`${cloud.authority.replace(/[^/]+$/, "other")}/oauth2/v2.0/token`, {
      method: "POST",
    });
    expect((await tenant.json()).error_codes).toEqual([90002]);
    await cloud.close();
  });
});
