import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import { cloudForTest, examplePeople, type TestCloud } from "#lib/sandbox/graph/cloudForTest.ts";
import { collect, tenantForTest } from "#lib/sandbox/graph/tenantForTest.ts";
import { stableId } from "#lib/sandbox/tenant/identity.ts";
import { immutableId, syncedUserId } from "#lib/sandbox/tenant/people.ts";
import { seedGroupId } from "#lib/sandbox/tenant/seed.ts";
import type { GraphTenant } from "#lib/tenant/graph.ts";
import type { DeltaLink, PrincipalPage } from "#lib/tenant/tenant.ts";

const signal = new AbortController().signal;

let cloud: TestCloud;
let tenant: GraphTenant;
beforeAll(async () => {
  cloud = await cloudForTest({ deltaPage: { users: 5 } });
  tenant = tenantForTest(cloud);
});
afterAll(() => cloud.close());

async function read(since?: DeltaLink) {
  const pages: PrincipalPage[] = await collect(tenant.principals(signal, since));
  expect(pages.slice(0, -1).every(({ deltaLink }) => deltaLink === null)).toBe(true);
  const link = pages.at(-1)?.deltaLink;
  if (!link) throw new Error("the last page has no delta link");
  const principals = pages.flatMap((page) => page.principals);
  return {
    link,
    principals,
    byId: new Map<string, Principal>(principals.map((principal) => [principal.id, principal])),
    removed: pages.flatMap((page) => page.removed),
  };
}

describe("principals", () => {
  test("are users, synced groups, devices and contacts, each with what finds it on premises", async () => {
    const { byId, principals, removed } = await read();
    const { body: state } = await cloud.read("/state");
    const { users, devices, contacts } = state as Record<string, { id: string }[]>;
    expect(principals).toHaveLength(
      (users?.length ?? 0) + (devices?.length ?? 0) + (contacts?.length ?? 0) + 1,
    );
    expect(removed).toEqual([]);
    expect(byId.get(stableId("device/laptop-01"))).toMatchObject({
      kind: "device",
      synced: true,
      sid: expect.stringMatching(/^S-1-5-21-/),
      guid: null,
    });
    expect(byId.get(stableId("device/kiosk-01"))).toMatchObject({ kind: "device", synced: false, sid: null });
    expect(byId.get(stableId("contact/fabrikam-press"))).toMatchObject({
      kind: "contact",
      synced: true,
      sid: null,
      mail: "press@fabrikam.example",
    });
    expect(byId.get(seedGroupId("file-share-users"))).toMatchObject({ kind: "group", synced: true });
    expect(byId.get(syncedUserId("ana.silva"))).toMatchObject({
      kind: "user",
      sid: examplePeople[0]?.securityIdentifier,
      mail: null,
    });
  });

  test("that changed afterwards come alone: a user who was synced, a new one, one who left", async () => {
    const { link } = await read();
    expect(await read(link)).toMatchObject({ principals: [], removed: [] });
    const quinn = stableId("user/quinn.nakamura");
    const objectGuid = stableId("objectGuid/quinn");
    await cloud.control(`/users/${quinn}`, {
      onPremisesSyncEnabled: true,
      onPremisesSecurityIdentifier: "S-1-5-21-1-2-3-1234",
      onPremisesImmutableId: immutableId(objectGuid),
    });
    // A property that nobody asked for.
    await cloud.control(`/users/${syncedUserId("ben.okafor")}`, { department: "Purchasing" });
    const created = await cloud.control("/users", {
      displayName: "Una New",
      userPrincipalName: "una@contoso.onmicrosoft.com",
    });
    await cloud.control(`/users/${syncedUserId("olga.ivanova")}/delete`);
    const second = await read(link);
    expect(second.removed).toEqual([syncedUserId("olga.ivanova")]);
    expect([...second.byId.keys()].sort()).toEqual([quinn, created.body.id].sort());
    expect(second.byId.get(quinn)).toMatchObject({
      displayName: "Quinn Nakamura",
      synced: true,
      sid: "S-1-5-21-1-2-3-1234",
      guid: objectGuid,
    });
    expect(await read(second.link)).toMatchObject({ principals: [], removed: [] });
  });

  test("with a forgotten link are E3010", async () => {
    const { link } = await read();
    await cloud.control("/delta/expire");
    await expect(read(link)).rejects.toMatchObject({ code: "E3010" });
  });

  test.each(["User.Read.All", "Device.Read.All", "OrgContact.Read.All"])(
    "without %s fail and name it: what may not be read must not look as if it were gone",
    async (permission) => {
      await cloud.control("/permissions/revoke", { permission });
      const without = tenantForTest(cloud);
      await expect(collect(without.principals(signal))).rejects.toMatchObject({
        code: "E3002",
        problem: { why: expect.stringContaining(permission) },
      });
      await cloud.control("/permissions/grant", { permission });
    },
  );
});

describe("a group's members", () => {
  test("are principals of every kind", async () => {
    const id = seedGroupId("kiosks") as ObjectId;
    await cloud.control(`/groups/${id}/members`, { id: stableId("contact/fabrikam-press") });
    await cloud.control(`/groups/${id}/members`, { id: seedGroupId("file-share-users") });
    const members = (await collect(tenant.groupMembers(id, signal))).flat();
    const all = (await read()).byId;
    expect(members.map(({ principal }) => principal.kind).sort()).toEqual([
      "contact",
      "device",
      "group",
      "user",
    ]);
    for (const { principal } of members) expect(principal).toEqual(all.get(principal.id));
  });

  test("of a group that is not there are E3003", async () => {
    const id = "00000000-0000-4000-8000-000000000000" as ObjectId;
    await expect(collect(tenant.groupMembers(id, signal))).rejects.toMatchObject({ code: "E3003" });
  });
});
