import { afterAll, beforeAll, expect, test } from "vitest";
import { cloudForTest, json, type TestCloud } from "#lib/sandbox/graph/cloudForTest.ts";
import { hasProperty } from "#lib/sandbox/graph/metadata.ts";
import { syncedUserId } from "#lib/sandbox/tenant/people.ts";
import { seedGroupId } from "#lib/sandbox/tenant/seed.ts";

const more = [
  "Group.ReadWrite.All",
  "AdministrativeUnit.Read.All",
  "GroupSettings.Read.All",
  "Group-OnPremisesSyncBehavior.ReadWrite.All",
];
const eventual = { headers: { ConsistencyLevel: "eventual" } };

let cloud: TestCloud;
let token: string;
beforeAll(async () => {
  cloud = await cloudForTest();
  for (const permission of more) await cloud.control("/permissions/grant", { permission });
  token = await cloud.agentToken();
});
afterAll(() => cloud.close());

const ask = (path: string, init: RequestInit = {}) => cloud.graph(path, { token, ...init });

test.each([
  ["/v1.0/contacts", "orgContact"],
  ["/v1.0/directory/administrativeUnits", "administrativeUnit"],
])("%s answers with names of Graph's metadata alone", async (path, type) => {
  const { status, body } = await ask(path);
  expect(status).toBe(200);
  expect(body.value.length).toBeGreaterThan(0);
  for (const name of Object.keys(body.value[0])) expect(hasProperty("v1.0", type, name), name).toBe(true);
  expect((await ask(`${path}?$select=colour`)).status).toBe(400);
});

test("a filter by the source of authority is for advanced queries alone", async () => {
  const id = seedGroupId("file-share-users");
  const path = "/v1.0/groups?$select=id&$count=true&$filter=onPremisesSyncBehavior/isCloudManaged eq true";
  expect((await ask(path.replace("&$count=true", ""))).body.error.code).toBe("Request_UnsupportedQuery");
  expect((await ask(path, eventual)).body).toMatchObject({ "@odata.count": 0, value: [] });
  const behavior = `/v1.0/groups/${id}/onPremisesSyncBehavior`;
  expect((await ask(behavior)).body).toMatchObject({ id, isCloudManaged: false });
  expect((await ask(behavior, json("PATCH", { isCloudManaged: true }))).status).toBe(204);
  expect((await ask(path, eventual)).body.value).toEqual([{ id }]);
  const { body } = await ask(`/v1.0/groups/${id}`);
  expect(body).toMatchObject({
    onPremisesSyncEnabled: null,
    onPremisesSecurityIdentifier: expect.stringMatching(/^S-1-5-21-/),
  });
});

test.each([
  ['"displayName:project"', 200, 3],
  ['"displayName:team project"', 200, 2],
  ['"displayName:roject"', 200, 0],
  ['"displayName:\\"core\\""', 200, 1],
  ["displayName:project", 400, 0],
  ['"mailNickname:project"', 400, 0],
])("$search=%s is %i and finds %i", async (search, status, count) => {
  const path = `/v1.0/groups?$select=id&$search=${encodeURIComponent(search)}`;
  expect((await ask(path)).status).toBe(400);
  const answer = await ask(path, eventual);
  expect(answer.status).toBe(status);
  expect(answer.body.value ?? []).toHaveLength(count);
});

test("a deleted Microsoft 365 group is restored as it was, or deleted for good", async () => {
  const id = seedGroupId("general");
  const deleted = "/v1.0/directory/deletedItems";
  const before = await ask(`/v1.0/groups/${id}`);
  const members = await ask(`/v1.0/groups/${id}/members?$select=id`);
  expect((await ask(`/v1.0/groups/${id}`, { method: "DELETE" })).status).toBe(204);
  expect((await ask(`/v1.0/groups/${id}`)).status).toBe(404);
  const listed = await ask(`${deleted}/microsoft.graph.group?$select=id,deletedDateTime`);
  expect(listed.body.value).toEqual([{ id, deletedDateTime: expect.stringMatching(/^20/) }]);
  expect((await ask(`${deleted}/${id}/restore`, { method: "POST" })).body).toMatchObject({ id });
  expect((await ask(`/v1.0/groups/${id}`)).body).toEqual(before.body);
  expect((await ask(`/v1.0/groups/${id}/members?$select=id`)).body).toEqual(members.body);
  await ask(`/v1.0/groups/${id}`, { method: "DELETE" });
  expect((await ask(`${deleted}/${id}`, { method: "DELETE" })).status).toBe(204);
  expect((await ask(`${deleted}/${id}/restore`, { method: "POST" })).status).toBe(404);
});

test("a setting holds every value of its template, and is there only once it was made", async () => {
  expect((await ask("/v1.0/groupSettings")).body.value).toEqual([]);
  await cloud.control("/settings", { NewUnifiedGroupWritebackDefault: "false" });
  const { body } = await ask("/v1.0/groupSettings");
  expect(body.value).toMatchObject([{ displayName: "Group.Unified" }]);
  expect(body.value[0].values).toHaveLength(15);
  expect(body.value[0].values).toContainEqual({ name: "NewUnifiedGroupWritebackDefault", value: "false" });
});

test("beta takes the writeback configuration by PATCH, of groups that the cloud masters", async () => {
  const edit = json("PATCH", {
    writebackConfiguration: { isEnabled: true, onPremisesGroupType: "universalSecurityGroup" },
  });
  const path = `/beta/groups/${seedGroupId("zurich")}`;
  expect((await ask(path, edit)).status).toBe(204);
  expect((await ask(`${path}?$select=id,writebackConfiguration`)).body.writebackConfiguration).toEqual({
    isEnabled: true,
    onPremisesGroupType: "universalSecurityGroup",
  });
  expect((await ask(`/beta/groups/${seedGroupId("contoso-news")}`, edit)).status).toBe(400);
});

test("users have a delta query of their own, whose tokens the groups' one does not take", async () => {
  const first = await ask("/v1.0/users/delta?$select=displayName");
  expect(first.body.value).toContainEqual({ id: syncedUserId("ana.silva"), displayName: "Ana Silva" });
  const link: string = first.body["@odata.deltaLink"];
  await cloud.control(`/users/${syncedUserId("ana.silva")}`, { displayName: "Ana Silva Costa" });
  await cloud.control(`/users/${syncedUserId("nils.berg")}/delete`);
  const second = await ask(link);
  expect(second.body.value).toHaveLength(2);
  expect(second.body.value).toContainEqual({
    id: syncedUserId("ana.silva"),
    displayName: "Ana Silva Costa",
  });
  expect(second.body.value).toContainEqual({
    id: syncedUserId("nils.berg"),
    "@removed": { reason: "changed" },
  });
  expect((await ask(link.replace("/users/", "/groups/"))).status).toBe(400);
});

test("a directory extension can be selected once it is registered", async () => {
  const name = "extension_0123456789abcdef0123456789abcdef_room";
  const path = `/v1.0/groups/${seedGroupId("hebrew")}?$select=id,${name}`;
  expect((await ask(path)).status).toBe(400);
  await cloud.control(`/groups/${seedGroupId("hebrew")}`, { directoryExtensions: { [name]: "4.12" } });
  expect((await ask(path)).body[name]).toBe("4.12");
  expect(
    (await ask(`/v1.0/groups/${seedGroupId("waiting-list")}?$select=id,${name}`)).body,
  ).not.toHaveProperty(name);
});
