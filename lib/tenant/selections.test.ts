import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ObjectId } from "#lib/model/identifier.ts";
import { cloudForTest, type TestCloud } from "#lib/sandbox/graph/cloudForTest.ts";
import { collect, tenantForTest } from "#lib/sandbox/graph/tenantForTest.ts";
import { contosoGroups } from "#lib/sandbox/tenant/contosoGroups.ts";
import { stableId } from "#lib/sandbox/tenant/identity.ts";
import { syncedUserId } from "#lib/sandbox/tenant/people.ts";
import { seedGroupId } from "#lib/sandbox/tenant/seed.ts";
import type { GraphTenant } from "#lib/tenant/graph.ts";

const signal = new AbortController().signal;
const needed = ["AdministrativeUnit.Read.All", "Group.Read.All", "GroupSettings.Read.All"];
const nobody = "00000000-0000-4000-8000-000000000000" as ObjectId;
const switzerland = stableId("administrativeUnit/switzerland") as ObjectId;

let cloud: TestCloud;
/** With the registration's first permissions, and with all that the optional readings need. */
let plain: GraphTenant;
let tenant: GraphTenant;
beforeAll(async () => {
  cloud = await cloudForTest();
  plain = tenantForTest(cloud);
  await plain.describe();
  for (const permission of needed) await cloud.control("/permissions/grant", { permission });
  tenant = tenantForTest(cloud);
});
afterAll(() => cloud.close());

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  return (await collect(pages)).flat();
}

describe("the groups that somebody owns or a unit holds", () => {
  test("are found by their ids", async () => {
    const ana = syncedUserId("ana.silva") as ObjectId;
    expect(await all(tenant.ownedGroups(ana, signal))).toEqual([seedGroupId("sales-team")]);
    await cloud.control(`/groups/${seedGroupId("zurich")}/owners`, { id: ana });
    await cloud.control(`/groups/${seedGroupId("sales-team")}/owners/remove`, { id: ana });
    expect(await all(tenant.ownedGroups(ana, signal))).toEqual([seedGroupId("zurich")]);
    await cloud.control(`/administrativeUnits/${switzerland}/members`, { id: seedGroupId("hebrew") });
    await cloud.control(`/administrativeUnits/${switzerland}/members`, { id: ana });
    const expected = ["zurich", "finance-readers", "hebrew"].map(seedGroupId).sort();
    expect((await all(tenant.administrativeUnitGroups(switzerland, signal))).sort()).toEqual(expected);
  });

  test("are no empty answer for an owner or unit that is gone", async () => {
    await expect(all(tenant.ownedGroups(nobody, signal))).rejects.toMatchObject({ code: "E3003" });
    await expect(all(tenant.administrativeUnitGroups(nobody, signal))).rejects.toMatchObject({
      code: "E3003",
    });
  });
});

describe("finding", () => {
  const names = async (kind: Parameters<GraphTenant["find"]>[0], text: string) =>
    (await tenant.find(kind, text, signal)).map(({ displayName }) => displayName);

  test.each([
    ["group", "project", ["Project Aurora", "Project team", "Project team"]],
    ["group", "team proj", ["Project team", "Project team"]],
    ["group", "roject", []],
    ["group", 'Ops, R+D & "core"', ['Ops, R+D & "core" <on call>']],
    ["group", "מכירות", ["צוות מכירות ישראל"]],
    ["group", "Zürich –", ["Büro Zürich – Übergänge & Größen"]],
    ["group", "#", ["#general"]],
    ["group", "🚀", ["🚀 Launch crew"]],
    ["group", "'", []],
    ["group", '\\"', []],
    ["user", "O'Neill", ["George O'Neill"]],
    ["user", "  ana ", ["Ana Silva"]],
    ["administrativeUnit", "swi", ["Switzerland"]],
    ["administrativeUnit", "", ["Switzerland"]],
  ] as const)("%s by %s", async (kind, text, expected) => {
    expect(await names(kind, text)).toEqual(expected);
  });

  test("tells apart what has one name, and gives everything for an empty text", async () => {
    const found = await tenant.find("group", "project team", signal);
    expect(found.map(({ detail }) => detail).sort()).toEqual([
      "Microsoft 365 group, project-team-2@contoso.onmicrosoft.com",
      "Security group",
    ]);
    expect(await names("group", "")).toHaveLength(contosoGroups.length);
    expect(await tenant.find("user", "ana", signal)).toMatchObject([{ detail: "ana.silva@contoso.test" }]);
  });
});

describe("writeback settings of the tenant", () => {
  test("each group's own, also where it is not set", async () => {
    const id = seedGroupId("zurich");
    const writeback = { isEnabled: true, onPremisesGroupType: "universalSecurityGroup" };
    await cloud.control(`/groups/${id}`, { writebackConfiguration: writeback });
    const found = new Map(
      (await all(tenant.writebackConfigurations(signal))).map((one) => [one.id as string, one.writeback]),
    );
    expect(found.size).toBe(contosoGroups.length);
    expect(found.get(id)).toEqual(writeback);
    expect(found.get(seedGroupId("hebrew"))).toEqual({ isEnabled: null, onPremisesGroupType: null });
  });

  test("the default for new Microsoft 365 groups: on unless a setting says false", async () => {
    expect(await tenant.newUnifiedGroupWritebackDefault(signal)).toBe(true);
    await cloud.control("/settings", { EnableGroupCreation: "false" });
    expect(await tenant.newUnifiedGroupWritebackDefault(signal)).toBe(true);
    await cloud.control("/settings", { NewUnifiedGroupWritebackDefault: "False" });
    expect(await tenant.newUnifiedGroupWritebackDefault(signal)).toBe(false);
    await cloud.control("/settings", { NewUnifiedGroupWritebackDefault: "true" });
    expect(await tenant.newUnifiedGroupWritebackDefault(signal)).toBe(true);
  });
});

test.each([
  ["AdministrativeUnit.Read.All", () => all(plain.administrativeUnitGroups(switzerland, signal))],
  ["AdministrativeUnit.Read.All", () => plain.find("administrativeUnit", "x", signal)],
  ["Group.Read.All", () => all(plain.writebackConfigurations(signal))],
  ["Group.Read.All", () => all(plain.softDeletedGroups(signal))],
  ["GroupSettings.Read.All", () => plain.newUnifiedGroupWritebackDefault(signal)],
])("a missing %s is named", async (permission, ask) => {
  await expect(ask()).rejects.toMatchObject({
    code: "E3002",
    problem: { why: expect.stringContaining(`${permission} is missing`) },
  });
});
