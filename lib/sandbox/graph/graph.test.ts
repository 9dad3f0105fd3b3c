import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloudForTest, json, type TestCloud } from "#lib/sandbox/graph/cloudForTest.ts";
import { hasNavigation, hasProperty } from "#lib/sandbox/graph/metadata.ts";
import { contosoGroups } from "#lib/sandbox/tenant/contosoGroups.ts";
import { seedGroupId } from "#lib/sandbox/tenant/seed.ts";

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await cloudForTest();
});
afterAll(() => cloud.close());

describe("reading groups", () => {
  test("without $select a group has Graph's default properties, all of them in Graph's metadata", async () => {
    const { status, body, headers } = await cloud.graph("/v1.0/groups?$top=999");
    expect(status).toBe(200);
    expect(body.value).toHaveLength(contosoGroups.length);
    for (const group of body.value) {
      for (const name of Object.keys(group)) expect(hasProperty("v1.0", "group", name), name).toBe(true);
      expect(group).not.toHaveProperty("writebackConfiguration");
    }
    expect(headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get("client-request-id")).toBe(headers.get("request-id"));
  });

  test("with $select exactly those", async () => {
    const { body } = await cloud.graph("/v1.0/groups?$select=id,displayName&$top=1");
    expect(Object.keys(body.value[0]).sort()).toEqual(["displayName", "id"]);
  });

  test("pages by $top until there is no next link, each group once", async () => {
    const seen: string[] = [];
    let next: string | undefined = "/v1.0/groups?$select=id&$top=4";
    let pages = 0;
    while (next !== undefined) {
      const { body } = await cloud.graph(next);
      seen.push(...body.value.map(({ id }: { id: string }) => id));
      next = body["@odata.nextLink"];
      pages += 1;
    }
    expect(pages).toBe(Math.ceil(contosoGroups.length / 4));
    expect(new Set(seen).size).toBe(contosoGroups.length);
  });

  test.each([
    ["displayName eq 'Project team'", 2],
    ["startswith(displayName, 'project')", 3],
    ["groupTypes/any(c:c eq 'Unified')", contosoGroups.filter(({ type }) => type === "microsoft365").length],
    ["mailEnabled eq true and securityEnabled eq true", 1],
    ["onPremisesSyncEnabled eq true", 1],
    [`id in ('${seedGroupId("hebrew")}','${seedGroupId("general")}')`, 2],
    ["(displayName eq '#general') or (displayName eq 'Waiting list')", 2],
  ])("$filter=%s finds %i", async (filter, count) => {
    const { status, body } = await cloud.graph(
      `/v1.0/groups?$filter=${encodeURIComponent(filter)}&$select=id`,
    );
    expect(status).toBe(200);
    expect(body.value).toHaveLength(count);
  });

  test("$count and ne need an advanced query", async () => {
    expect((await cloud.graph("/v1.0/groups?$count=true")).body.error.code).toBe("Request_UnsupportedQuery");
    const filter = "$filter=mailEnabled ne true";
    expect((await cloud.graph(`/v1.0/groups?${filter}`)).status).toBe(400);
    const headers = { ConsistencyLevel: "eventual" };
    const { body } = await cloud.graph(`/v1.0/groups?${filter}&$count=true&$top=1`, { headers });
    expect(body["@odata.count"]).toBe(contosoGroups.filter(({ type }) => type === "security").length);
  });

  test("members have their type and keep to $select; a cast gives the users alone", async () => {
    const path = `/v1.0/groups/${seedGroupId("project-aurora")}/members`;
    const { body } = await cloud.graph(`${path}?$select=id,onPremisesSecurityIdentifier`);
    expect(body.value.map((member: Record<string, unknown>) => member["@odata.type"]).sort()).toEqual([
      "#microsoft.graph.group",
      "#microsoft.graph.user",
      "#microsoft.graph.user",
    ]);
    const cast = await cloud.graph(`${path}/microsoft.graph.user?$select=onPremisesSamAccountName`);
    expect(
      cast.body.value.map((user: Record<string, unknown>) => user.onPremisesSamAccountName).sort(),
    ).toEqual(["emil.novak", "fatima.zahra"]);
  });

  test("beta has writebackConfiguration, for Group.Read.All alone", async () => {
    const path = "/beta/groups?$select=id,writebackConfiguration&$top=1";
    expect((await cloud.graph(path)).status).toBe(403);
    await cloud.control("/permissions/grant", { permission: "Group.Read.All" });
    const { body } = await cloud.graph(path, { token: await cloud.agentToken() });
    await cloud.control("/permissions/revoke", { permission: "Group.Read.All" });
    expect(body.value[0].writebackConfiguration).toEqual({ isEnabled: null, onPremisesGroupType: null });
    expect((await cloud.graph("/v1.0/groups?$select=writebackConfiguration")).status).toBe(400);
  });
});

describe("the rest of the directory", () => {
  test("organization, users, devices, settings", async () => {
    const organization = await cloud.graph("/v1.0/organization?$select=id,displayName,verifiedDomains");
    expect(organization.body.value[0]).toMatchObject({ id: cloud.tenantId, displayName: "Contoso" });
    const users = await cloud.graph(
      "/v1.0/users?$filter=onPremisesSyncEnabled eq true&$select=id,onPremisesImmutableId",
    );
    expect(users.body.value).toHaveLength(16);
    const devices = await cloud.graph("/v1.0/devices");
    for (const name of Object.keys(devices.body.value[0]))
      expect(hasProperty("v1.0", "device", name), name).toBe(true);
    expect((await cloud.graph("/v1.0/groupSettings")).status).toBe(403);
    expect((await cloud.graph("/v1.0/me")).status).toBe(400);
  });

  test("every default property of a user is in Graph's metadata; members is a navigation of group", async () => {
    const { body } = await cloud.graph("/v1.0/users?$top=1");
    for (const name of Object.keys(body.value[0])) expect(hasProperty("v1.0", "user", name), name).toBe(true);
    expect(hasNavigation("group", "members")).toBe(true);
  });

  test("getByIds leaves unknown ids out", async () => {
    const ids = [seedGroupId("general"), "00000000-0000-4000-8000-000000000000"];
    const { body } = await cloud.graph(
      "/v1.0/directoryObjects/getByIds",
      json("POST", { ids, types: ["group"] }),
    );
    expect(body.value).toMatchObject([{ "@odata.type": "#microsoft.graph.group", displayName: "#general" }]);
  });

  test("without User.Read.All a member user shows only the id", async () => {
    await cloud.control("/permissions/revoke", { permission: "User.Read.All" });
    const token = await cloud.agentToken();
    await cloud.control("/permissions/grant", { permission: "User.Read.All" });
    const { body } = await cloud.graph(
      `/v1.0/groups/${seedGroupId("zurich")}/members?$select=id,displayName`,
      { token },
    );
    expect(body.value).toHaveLength(2);
    for (const member of body.value)
      expect(member).toMatchObject({ id: expect.any(String), displayName: null });
    expect((await cloud.graph("/v1.0/users", { token })).body.error.code).toBe("Authorization_RequestDenied");
  });
});

describe("what Graph refuses", () => {
  test.each([
    ["/v1.0/groups?$expand=members", 400, "Request_UnsupportedQuery"],
    ["/v1.0/groups?$orderby=displayName", 400, "Request_UnsupportedQuery"],
    ["/v1.0/groups?$search=x", 400, "Request_UnsupportedQuery"],
    ["/v1.0/groups?colour=red", 400, "BadRequest"],
    ["/v1.0/groups?$select=colour", 400, "BadRequest"],
    ["/v1.0/groups?$top=1000", 400, "Request_BadRequest"],
    ["/v1.0/groups?$filter=description eq 'x'", 400, "Request_UnsupportedQuery"],
    ["/v1.0/groups?$filter=displayName eq", 400, "BadRequest"],
    ["/v1.0/groups?$skiptoken=nonsense", 400, "BadRequest"],
    ["/v1.0/groups/not-a-guid", 400, "Request_BadRequest"],
    ["/v1.0/groups/00000000-0000-4000-8000-000000000000", 404, "Request_ResourceNotFound"],
    ["/v1.0/planner", 400, "BadRequest"],
    ["/v2.0/groups", 400, "BadRequest"],
    ["/v1.0/directory/onPremisesSynchronization", 403, "Authorization_RequestDenied"],
  ])("%s: %i %s", async (path, status, code) => {
    const refused = await cloud.graph(path);
    expect(refused.status).toBe(status);
    expect(refused.body.error).toMatchObject({ code, message: expect.stringMatching(/./) });
    expect(refused.body.error.innerError["request-id"]).toBe(refused.headers.get("request-id"));
  });

  test("no token, a broken one, and one that was expired on order", async () => {
    for (const token of ["", "nonsense", `${await cloud.agentToken()}x`]) {
      const { status, body } = await cloud.graph("/v1.0/groups", { token });
      expect([status, body.error.code]).toEqual([401, "InvalidAuthenticationToken"]);
    }
    const token = await cloud.agentToken();
    const other = await cloudForTest();
    expect((await cloud.graph("/v1.0/groups", { token: await other.agentToken() })).status).toBe(401);
    await other.control("/tokens/expire");
    expect((await other.graph("/v1.0/groups")).status).toBe(401);
    expect((await other.graph("/v1.0/groups", { token: await other.agentToken() })).status).toBe(200);
    await other.close();
    expect((await cloud.graph("/v1.0/groups", { token })).status).toBe(200);
  });

  test("an app that may only read can't write", async () => {
    const { status } = await cloud.graph(
      `/v1.0/groups/${seedGroupId("general")}`,
      json("PATCH", { description: "x" }),
    );
    expect(status).toBe(403);
  });
});

describe("writing", () => {
  test("a group from its creation to its end", async () => {
    await cloud.control("/permissions/grant", { permission: "Group.ReadWrite.All" });
    const token = await cloud.agentToken();
    const write = (path: string, init: RequestInit) => cloud.graph(path, { ...init, token });
    const created = await write(
      "/v1.0/groups",
      json("POST", { displayName: "New", mailEnabled: false, mailNickname: "new", securityEnabled: true }),
    );
    expect(created.status).toBe(201);
    const path = `/v1.0/groups/${created.body.id}`;
    const state = await cloud.read("/state");
    const user = state.body.users[0].id;
    const reference = { "@odata.id": `${cloud.graphUrl}/v1.0/directoryObjects/${user}` };
    expect((await write(`${path}/members/$ref`, json("POST", reference))).status).toBe(204);
    expect((await write(`${path}/members/$ref`, json("POST", reference))).status).toBe(400);
    expect((await write(path, json("PATCH", { displayName: "Newer" }))).status).toBe(204);
    expect((await write(path, json("PATCH", { colour: "red" }))).body.error.message).toContain("colour");
    expect((await write(`${path}/members/${user}/$ref`, { method: "DELETE" })).status).toBe(204);
    expect((await write(path, { method: "DELETE" })).status).toBe(204);
    expect((await write(path, {})).status).toBe(404);
    const dynamic = `/v1.0/groups/${seedGroupId("all-staff")}/members/$ref`;
    expect((await write(dynamic, json("POST", reference))).status).toBe(400);
    const list = `/v1.0/groups/${seedGroupId("contoso-news")}`;
    expect((await write(list, json("PATCH", { description: "x" }))).status).toBe(400);
    await cloud.control("/permissions/revoke", { permission: "Group.ReadWrite.All" });
  });
});

describe("$batch", () => {
  const get = (id: string, url: string) => ({ id, method: "GET", url });

  test("answers each request by its id, with its own status", async () => {
    const requests = [get("1", "/groups?$top=1"), get("2", "/groups/not-a-guid"), get("3", "/organization")];
    const { status, body } = await cloud.graph("/v1.0/$batch", json("POST", { requests }));
    expect(status).toBe(200);
    const byId = Object.fromEntries(
      body.responses.map((one: { id: string; status: number }) => [one.id, one.status]),
    );
    expect(byId).toEqual({ 1: 200, 2: 400, 3: 200 });
  });

  test("takes 20 and no more", async () => {
    const requests = Array.from({ length: 21 }, (_, index) => get(String(index), "/groups?$top=1"));
    expect((await cloud.graph("/v1.0/$batch", json("POST", { requests }))).status).toBe(400);
    const fewer = await cloud.graph("/v1.0/$batch", json("POST", { requests: requests.slice(1) }));
    expect(fewer.body.responses).toHaveLength(20);
  });

  test("what depends on a failed request fails with 424", async () => {
    const requests = [get("1", "/groups/not-a-guid"), { ...get("2", "/groups"), dependsOn: ["1"] }];
    const { body } = await cloud.graph("/v1.0/$batch", json("POST", { requests }));
    expect(body.responses.find(({ id }: { id: string }) => id === "2").status).toBe(424);
  });

  test("a fault may hit one of its requests alone", async () => {
    await cloud.control("/faults", { match: "GET /v1.0/organization", status: 429, retryAfter: 3 });
    const requests = [get("1", "/groups?$top=1"), get("2", "/organization")];
    const { body } = await cloud.graph("/v1.0/$batch", json("POST", { requests }));
    const second = body.responses.find(({ id }: { id: string }) => id === "2");
    expect(second).toMatchObject({
      status: 429,
      headers: { "retry-after": "3" },
      body: { error: { code: "TooManyRequests" } },
    });
  });
});

describe("the control API", () => {
  test("faults come as often as ordered, then no more", async () => {
    await cloud.control("/faults", { match: "GET /v1.0/groups", status: 503, times: 2, retryAfter: 1 });
    const statuses = [];
    for (let index = 0; index < 3; index += 1)
      statuses.push((await cloud.graph("/v1.0/groups?$top=1")).status);
    expect(statuses).toEqual([503, 503, 200]);
    await cloud.control("/faults", { match: "users", dropConnection: true });
    await expect(cloud.graph("/v1.0/users")).rejects.toThrow();
    await cloud.control("/faults", { match: "devices", status: 500, body: { odd: true } });
    expect((await cloud.graph("/v1.0/devices")).body).toEqual({ odd: true });
    expect((await cloud.control("/faults", { match: "(" })).status).toBe(400);
    expect((await cloud.control("/faults", { match: "x" })).body.error).toContain("does nothing");
  });

  test("lists the requests with their answers", async () => {
    await cloud.control("/requests/clear");
    await cloud.graph("/v1.0/groups?$select=id&$top=2");
    await cloud.graph("/v1.0/nothing");
    const { body } = await cloud.read("/requests");
    expect(body).toMatchObject([
      { method: "GET", url: "/v1.0/groups?$select=id&$top=2", status: 200, inBatch: false },
      { method: "GET", url: "/v1.0/nothing", status: 400 },
    ]);
  });

  test("answers no web page", async () => {
    const { status } = await fetch(`${cloud.controlUrl}/state`, {
      headers: { Origin: "http://evil.example" },
    });
    expect(status).toBe(403);
  });
});
