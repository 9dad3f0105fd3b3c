import { afterAll, beforeAll, expect, test } from "vitest";
import { cloudForTest, type TestCloud } from "#lib/sandbox/graph/cloudForTest.ts";
import { contosoGroups } from "#lib/sandbox/tenant/contosoGroups.ts";
import { syncedUserId } from "#lib/sandbox/tenant/people.ts";
import { seedGroupId } from "#lib/sandbox/tenant/seed.ts";

type Entry = {
  readonly id: string;
  readonly displayName?: string;
  readonly description?: string | null;
  readonly "@removed"?: { readonly reason: string };
  readonly "members@delta"?: readonly {
    readonly id: string;
    readonly "@removed"?: { readonly reason: string };
  }[];
};

let cloud: TestCloud;
beforeAll(async () => {
  // Pages so small that most groups with members spread over several.
  cloud = await cloudForTest({ deltaPage: { groups: 5, members: 3 } });
});
afterAll(() => cloud.close());

const first = "/v1.0/groups/delta?$select=displayName,description,members";
const minimal = { headers: { Prefer: "return=minimal" } };

async function round(start: string): Promise<{ entries: Entry[]; pages: number; deltaLink: string }> {
  const entries: Entry[] = [];
  let pages = 0;
  for (let next = start; ; ) {
    const { status, body } = await cloud.graph(next, minimal);
    expect(status, JSON.stringify(body)).toBe(200);
    entries.push(...body.value);
    pages += 1;
    const deltaLink: string | undefined = body["@odata.deltaLink"];
    if (deltaLink !== undefined) return { entries, pages, deltaLink };
    next = body["@odata.nextLink"];
  }
}

function memberIds(entries: readonly Entry[], group: string): string[] {
  return entries
    .filter(({ id }) => id === group)
    .flatMap((entry) => (entry["members@delta"] ?? []).map(({ id }) => id));
}

test("a first round tells every group and every member once, big groups over several pages", async () => {
  const { entries, pages } = await round(first);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(contosoGroups.length);
  const staff = seedGroupId("all-staff");
  expect(entries.filter(({ id }) => id === staff).length).toBeGreaterThan(4);
  expect(pages).toBeGreaterThan(8);
  const { body } = await cloud.read("/state");
  for (const group of body.groups) expect(memberIds(entries, group.id).sort()).toEqual(group.members);
  // The name comes once; a continuation has the id and members alone.
  expect(entries.filter(({ id, displayName }) => id === staff && displayName !== undefined)).toHaveLength(1);
});

test("afterwards only what changed, all in all", async () => {
  const { deltaLink } = await round(first);
  expect((await round(deltaLink)).entries).toEqual([]);
  const general = seedGroupId("general");
  const [ana, ben] = [syncedUserId("ana.silva"), syncedUserId("ben.okafor")];
  await cloud.control(`/groups/${general}`, { description: "Anything" });
  await cloud.control(`/groups/${general}/members`, { id: ben });
  await cloud.control(`/groups/${general}/members/remove`, { id: ana });
  const second = await round(deltaLink);
  expect(second.entries).toHaveLength(1);
  expect(second.entries[0]).toMatchObject({ id: general, description: "Anything" });
  expect(second.entries[0]).not.toHaveProperty("displayName");
  expect(second.entries[0]?.["members@delta"]).toHaveLength(2);
  expect(second.entries[0]?.["members@delta"]).toContainEqual({
    "@odata.type": "#microsoft.graph.user",
    id: ben,
  });
  expect(second.entries[0]?.["members@delta"]).toContainEqual({
    "@odata.type": "#microsoft.graph.user",
    id: ana,
    "@removed": { reason: "deleted" },
  });
  // Came and went again: no change.
  await cloud.control(`/groups/${general}/members`, { id: ana });
  await cloud.control(`/groups/${general}/members/remove`, { id: ana });
  expect((await round(second.deltaLink)).entries).toEqual([]);
});

test("without return=minimal unchanged properties come along", async () => {
  const { deltaLink } = await round(first);
  await cloud.control(`/groups/${seedGroupId("zurich")}`, { description: "Neu" });
  const { body } = await cloud.graph(deltaLink);
  expect(body.value).toMatchObject([{ displayName: "Büro Zürich – Übergänge & Größen", description: "Neu" }]);
});

test("removed groups: soft-deleted ones with reason changed, others with reason deleted", async () => {
  const { deltaLink } = await round(first);
  const microsoft365 = seedGroupId("project-team-2");
  const security = seedGroupId("project-team-1");
  await cloud.control(`/groups/${microsoft365}/delete`);
  await cloud.control(`/groups/${security}/delete`);
  const second = await round(deltaLink);
  expect(second.entries).toHaveLength(2);
  expect(second.entries).toContainEqual({ id: microsoft365, "@removed": { reason: "changed" } });
  expect(second.entries).toContainEqual({ id: security, "@removed": { reason: "deleted" } });
  await cloud.control(`/groups/${microsoft365}/delete`);
  expect((await round(second.deltaLink)).entries).toEqual([
    { id: microsoft365, "@removed": { reason: "deleted" } },
  ]);
});

test("a user's deletion shows as a removed member; a new group with its members", async () => {
  const { deltaLink } = await round(first);
  const nils = syncedUserId("nils.berg");
  const created = await cloud.control("/groups", {
    displayName: "Brand new",
    mailEnabled: false,
    mailNickname: "brand-new",
    securityEnabled: true,
  });
  await cloud.control(`/groups/${created.body.id}/members`, { id: syncedUserId("kofi.mensah") });
  await cloud.control(`/users/${nils}/delete`);
  const { entries } = await round(deltaLink);
  expect(memberIds(entries, seedGroupId("trailing-blank"))).toEqual([nils]);
  expect(memberIds(entries, created.body.id)).toEqual([syncedUserId("kofi.mensah")]);
  expect(entries.find(({ id }) => id === created.body.id)?.displayName).toBe("Brand new");
});

test("changes made while a round is under way are not lost", async () => {
  const { body } = await cloud.graph(first, minimal);
  const hebrew = seedGroupId("hebrew");
  await cloud.control(`/groups/${hebrew}/members`, { id: syncedUserId("olga.ivanova") });
  const rest = await round(body["@odata.nextLink"]);
  const later = await round(rest.deltaLink);
  expect(memberIds(later.entries, hebrew)).toContain(syncedUserId("olga.ivanova"));
});

test("members are tracked only when asked for; ids can be chosen; latest gives a token alone", async () => {
  const id = seedGroupId("finance-readers");
  const { entries } = await round(`/v1.0/groups/delta?$select=displayName&$filter=id eq '${id}'`);
  expect(entries).toEqual([{ id, displayName: "Finance reports readers" }]);
  const latest = await cloud.graph("/v1.0/groups/delta?$select=displayName,members&$deltatoken=latest");
  expect(latest.body.value).toEqual([]);
  expect((await round(latest.body["@odata.deltaLink"])).entries).toEqual([]);
});

test("expired tokens get 410 with a place to begin anew, nonsense gets 400", async () => {
  const { deltaLink } = await round(first);
  await cloud.control("/delta/expire");
  const { status, headers, body } = await cloud.graph(deltaLink);
  expect([status, body.error.code]).toEqual([410, "syncStateNotFound"]);
  expect((await round(headers.get("Location") ?? "")).entries.length).toBeGreaterThan(0);
  expect((await cloud.graph("/v1.0/groups/delta?$deltatoken=nonsense")).status).toBe(400);
  expect((await cloud.graph(`${first}&$top=5`)).body.error.code).toBe("Request_UnsupportedQuery");
});
