import { describe, expect, test } from "vitest";
import { cloudForTest, examplePeople } from "#lib/sandbox/graph/cloudForTest.ts";
import { collect, tenantForTest } from "#lib/sandbox/graph/tenantForTest.ts";
import { generateTenant } from "#lib/sandbox/tenant/generate.ts";

const size = { groups: 40, membersPerGroup: 7, users: 30, seed: 5 };

describe("a generated tenant", () => {
  test("has the groups, users and memberships that were ordered, the same for the same seed", () => {
    const tenant = generateTenant(size, examplePeople);
    expect([tenant.groups.size, tenant.users.size]).toEqual([40, 30]);
    for (const id of tenant.groups.keys()) {
      const members = tenant.memberIds(id);
      expect(new Set(members).size).toBe(7);
      expect([...members].sort()).toEqual(members);
      for (const member of members) expect(tenant.users.has(member)).toBe(true);
    }
    const again = generateTenant(size, examplePeople);
    expect([...again.groups.keys()].map((id) => again.memberIds(id))).toEqual(
      [...tenant.groups.keys()].map((id) => tenant.memberIds(id)),
    );
    expect(generateTenant({ ...size, seed: 6 }).groups.has([...tenant.groups.keys()][0] ?? "")).toBe(false);
  });

  test("can be edited like any other", () => {
    const tenant = generateTenant(size);
    const [group] = tenant.groups.ids as [string];
    const [first, second] = tenant.memberIds(group) as [string, string];
    tenant.leaveMember(group, first);
    expect(tenant.memberIds(group)).toHaveLength(6);
    tenant.enterMember(group, first);
    expect(tenant.memberIds(group)).toHaveLength(7);
    tenant.deleteUser(second);
    for (const id of tenant.groups.keys()) expect(tenant.memberIds(id)).not.toContain(second);
  });

  test("is served whole, then with nothing changed", async () => {
    const cloud = await cloudForTest({ generate: size, deltaPage: { groups: 9, members: 20 } });
    const tenant = tenantForTest(cloud);
    const signal = new AbortController().signal;
    const pages = await collect(tenant.groups(signal));
    expect(new Set(pages.flatMap(({ groups }) => groups.map(({ id }) => id))).size).toBe(40);
    expect(pages.flatMap(({ members }) => members)).toHaveLength(280);
    const since = pages.at(-1)?.deltaLink;
    if (!since) throw new Error("no delta link");
    const second = await collect(tenant.groups(signal, { since }));
    expect(second.flatMap(({ groups, members }) => [...groups, ...members])).toEqual([]);
    await cloud.close();
  });

  test("of 200,000 groups pages through its ten million memberships without keeping them", () => {
    const tenant = generateTenant({ groups: 200_000, membersPerGroup: 50, users: 20_000, seed: 1 });
    let memberships = 0;
    for (const id of tenant.groups.ids) memberships += tenant.memberIds(id).length;
    expect(memberships).toBe(10_000_000);
  });
});
