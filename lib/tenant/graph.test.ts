import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { CloudGroup, Principal } from "#lib/model/group.ts";
import { cloudForTest, examplePeople, type TestCloud } from "#lib/sandbox/graph/cloudForTest.ts";
import { tenantForTest } from "#lib/sandbox/graph/tenantForTest.ts";
import { certificateTokens } from "#lib/tenant/credential.ts";
import type { GraphTenant } from "#lib/tenant/graph.ts";

let cloud: TestCloud;
let tenant: GraphTenant;
const signal = new AbortController().signal;

beforeAll(async () => {
  // Small pages, so that groups and their members are split over many of them.
  cloud = await cloudForTest({ deltaPage: { groups: 2, members: 3 } });
  tenant = tenantForTest(cloud);
});
afterEach(() => cloud.control("/faults/clear", {}));
afterAll(() => cloud.close());

async function read() {
  const groups = new Map<string, CloudGroup>();
  const members = new Set<string>();
  for await (const page of tenant.groups(signal)) {
    for (const group of page.groups) groups.set(group.id, group);
    for (const { group, member } of page.members) members.add(`${group} ${member}`);
  }
  return { groups, members };
}

async function principals(): Promise<Principal[]> {
  const found: Principal[] = [];
  for await (const page of tenant.principals(signal)) found.push(...page.principals);
  return found;
}

describe("the tenant by Microsoft Graph", () => {
  test("gives every group and membership, also when they are split over pages", async () => {
    const { body: state } = await cloud.read("/state");
    const { groups, members } = await read();
    const all = state.groups as {
      id: string;
      displayName: string;
      groupTypes: string[];
      members: string[];
    }[];
    expect([...groups.keys()].sort()).toEqual(all.map(({ id }) => id).sort());
    expect([...members].sort()).toEqual(
      all.flatMap(({ id, members: ids }) => ids.map((member) => `${id} ${member}`)).sort(),
    );
    for (const { id, displayName, groupTypes } of all) {
      expect(groups.get(id)).toMatchObject({
        displayName,
        dynamic: groupTypes.includes("DynamicMembership"),
      });
    }
  });

  test("gives what finds a person on premises", async () => {
    const found = new Map((await principals()).map((principal) => [principal.displayName, principal]));
    for (const { displayName, securityIdentifier, objectGuid } of examplePeople) {
      expect(found.get(displayName)).toMatchObject({
        kind: "user",
        synced: true,
        sid: securityIdentifier,
        guid: objectGuid,
      });
    }
  });

  test("describes the organisation with groups to show names by", async () => {
    const { displayName, sampleGroups } = await tenant.describe();
    expect(displayName).toBe("Contoso");
    expect(sampleGroups.length).toBeGreaterThan(0);
  });

  test("fetches a new token when the one it has is refused", async () => {
    await tenant.describe();
    await cloud.control("/tokens/expire", {});
    await expect(tenant.describe()).resolves.toMatchObject({ displayName: "Contoso" });
  });

  test.each([
    [{ status: 401, times: 9 }, "E3001"],
    [{ status: 403, times: 9 }, "E3002"],
    [{ status: 404, times: 9 }, "E3003"],
    [{ status: 429, retryAfter: 0, times: 9 }, "E3004"],
    [{ status: 429, retryAfter: 3600, times: 1 }, "E3004"],
    [{ status: 503, times: 9 }, "E3005"],
    [{ dropConnection: true, times: 9 }, "E3006"],
    [{ delayMs: 3000, times: 9 }, "E3006"],
    [{ status: 400, times: 9 }, "E3008"],
    [{ status: 410, times: 1 }, "E3010"],
    [{ status: 400, times: 1, body: { error: { code: "syncStateInvalid", message: "-" } } }, "E3010"],
    [{ status: 404, times: 1, body: { error: { code: "resyncRequired", message: "-" } } }, "E3010"],
  ])("%j becomes %s", async (fault, code) => {
    await cloud.control("/faults", { match: "GET /v1.0/groups/delta", ...fault });
    await expect(read()).rejects.toMatchObject({ code });
  });

  test("waits as long as Retry-After says, then goes on", async () => {
    await cloud.control("/faults", { match: "GET /v1.0/groups/delta", status: 429, retryAfter: 1, times: 1 });
    const start = performance.now();
    await read();
    expect(performance.now() - start).toBeGreaterThanOrEqual(1000);
  });

  test("stops when it is told to", async () => {
    const stop = new AbortController();
    stop.abort(new Error("stopped"));
    await expect(tenant.groups(stop.signal)[Symbol.asyncIterator]().next()).rejects.toThrow("stopped");
  });

  test("a refused certificate and an authority that does not answer have codes of their own", async () => {
    const foreignKey = cloud.agentKeyFile.replace("agent.key", "server.key");
    await expect(tenantForTest(cloud, foreignKey).describe()).rejects.toMatchObject({ code: "E3007" });
    const tokens = certificateTokens({
      authority: "https://localhost:1/tenant",
      clientId: cloud.agentClientId,
      certificate: readFileSync(cloud.agentCertificateFile, "utf8"),
      privateKey: readFileSync(cloud.agentKeyFile, "utf8"),
      audience: "https://graph.microsoft.com",
    });
    await expect(tokens(false)).rejects.toMatchObject({ code: "E3009" });
  });
});
