import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CloudGroup } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import { cloudForTest, type TestCloud } from "#lib/sandbox/graph/cloudForTest.ts";
import { collect, tenantForTest } from "#lib/sandbox/graph/tenantForTest.ts";
import { contosoGroups } from "#lib/sandbox/tenant/contosoGroups.ts";
import { syncedUserId } from "#lib/sandbox/tenant/people.ts";
import { seedGroupId } from "#lib/sandbox/tenant/seed.ts";
import type { GraphTenant } from "#lib/tenant/graph.ts";
import type { DeltaLink, GroupRequest } from "#lib/tenant/tenant.ts";

const signal = new AbortController().signal;
const extension = "extension_0123456789abcdef0123456789abcdef_costCentre";

let cloud: TestCloud;
let tenant: GraphTenant;
beforeAll(async () => {
  cloud = await cloudForTest({ deltaPage: { groups: 3, members: 4 } });
  tenant = tenantForTest(cloud);
});
afterAll(() => cloud.close());

/** What a client holds that applies every page in its order. */
class Copy {
  readonly groups = new Map<string, CloudGroup>();
  readonly members = new Set<string>();
  readonly soft = new Set<string>();
  link: DeltaLink | undefined;

  async read(request: GroupRequest = {}): Promise<this> {
    const links: (DeltaLink | null)[] = [];
    for await (const page of tenant.groups(signal, request)) {
      for (const group of page.groups) {
        this.groups.set(group.id, group);
        this.soft.delete(group.id);
      }
      for (const { group, member } of page.members) this.members.add(`${group} ${member}`);
      for (const { group, member } of page.removedMembers) this.members.delete(`${group} ${member}`);
      for (const { id, soft } of page.removedGroups) {
        this.groups.delete(id);
        for (const pair of this.members) if (pair.startsWith(id)) this.members.delete(pair);
        if (soft) this.soft.add(id);
        else this.soft.delete(id);
      }
      links.push(page.deltaLink);
    }
    expect(links.slice(0, -1).every((link) => link === null)).toBe(true);
    this.link = links.at(-1) ?? undefined;
    expect(this.link).toBeDefined();
    return this;
  }

  again(): Promise<this> {
    return this.read(this.link === undefined ? {} : { since: this.link });
  }
}

describe("groups", () => {
  test("carry every property that a cycle reads, and extensions by their names", async () => {
    const id = seedGroupId("sales-team") as ObjectId;
    await cloud.control(`/groups/${id}`, { directoryExtensions: { [extension]: 4711 } });
    const { groups } = await new Copy().read({ extensions: [extension] });
    const expected: CloudGroup = {
      id,
      displayName: "Sales team",
      description: "Customers, offers and forecasts",
      kind: "microsoft365",
      dynamic: false,
      synced: false,
      roleAssignable: false,
      mail: "sales-team@contoso.onmicrosoft.com",
      mailNickname: "sales-team",
      proxyAddresses: ["SMTP:sales-team@contoso.onmicrosoft.com"],
      sid: null,
      cloudManaged: false,
      writeback: null,
      extensions: { [extension]: "4711" },
    };
    expect(groups.get(id)).toEqual(expected);
    expect(groups.get(seedGroupId("zurich"))?.extensions).toEqual({});
    expect(await tenant.group(id, signal, [extension])).toEqual(expected);
    const listed = (await collect(tenant.groupList(signal, [extension]))).flat();
    expect(listed).toHaveLength(contosoGroups.length);
    expect(listed.find((group) => group.id === id)).toEqual(expected);
  });

  test("none with an id that the tenant does not know", async () => {
    expect(await tenant.group("00000000-0000-4000-8000-000000000000" as ObjectId, signal)).toBeNull();
  });

  test("whose source of authority was moved to the cloud are told from those that AD masters", async () => {
    await cloud.control("/requests/clear");
    const id = seedGroupId("file-share-users") as ObjectId;
    const copy = await new Copy().read();
    expect(copy.groups.get(id)).toMatchObject({ synced: true, cloudManaged: false });
    const asked = async () =>
      ((await cloud.read("/requests")).body as { url: string }[]).filter(({ url }) =>
        url.includes("isCloudManaged"),
      ).length;
    // No group could be one yet, so that nothing was asked.
    expect(await asked()).toBe(0);
    await cloud.control(`/groups/${id}/source-of-authority`, { isCloudManaged: true });
    await copy.again();
    expect(copy.groups.get(id)).toMatchObject({ synced: false, cloudManaged: true });
    expect(copy.groups.get(id)?.sid).toMatch(/^S-1-5-21-/);
    expect(await asked()).toBe(1);
    expect(await tenant.group(id, signal)).toMatchObject({ synced: false, cloudManaged: true });
    // Rolled back: Entra Connect has not taken it over again yet.
    await cloud.control(`/groups/${id}/source-of-authority`, { isCloudManaged: false });
    expect(await tenant.group(id, signal)).toMatchObject({ synced: false, cloudManaged: false });
    await cloud.control(`/groups/${id}`, { onPremisesSyncEnabled: true });
  });
});

describe("a delta round", () => {
  test("tells a soft deletion from one for good, and a restored group with its members", async () => {
    const copy = await new Copy().read();
    const id = seedGroupId("project-team-2") as ObjectId;
    const members = [...copy.members].filter((pair) => pair.startsWith(id)).sort();
    await cloud.control(`/groups/${id}/delete-softly`);
    await copy.again();
    expect([copy.groups.has(id), copy.soft.has(id)]).toEqual([false, true]);
    await cloud.control("/permissions/grant", { permission: "Group.Read.All" });
    const privileged = tenantForTest(cloud);
    expect((await collect(privileged.softDeletedGroups(signal))).flat()).toEqual([id]);
    await cloud.control(`/groups/${id}/restore`);
    await copy.again();
    expect([...copy.members].filter((pair) => pair.startsWith(id)).sort()).toEqual(members);
    expect((await collect(privileged.softDeletedGroups(signal))).flat()).toEqual([]);
    await cloud.control("/permissions/revoke", { permission: "Group.Read.All" });
    await cloud.control(`/groups/${id}/delete-softly`);
    await cloud.control(`/groups/${id}/delete-permanently`);
    await copy.again();
    expect([copy.groups.has(id), copy.soft.has(id)]).toEqual([false, false]);
  });

  test("with a link that Graph has forgotten, or that tracks other properties, is E3010", async () => {
    const { link } = await new Copy().read();
    const since = link as DeltaLink;
    await expect(new Copy().read({ since, extensions: [extension] })).rejects.toMatchObject({
      code: "E3010",
    });
    await cloud.control("/delta/expire");
    await expect(new Copy().read({ since })).rejects.toMatchObject({ code: "E3010" });
  });

  test("brings a copy to what a full read tells, whatever happened in between", async () => {
    const people = ["ana.silva", "ben.okafor", "chen.wei", "hana.sato"].map(syncedUserId);
    const event = fc.record({
      verb: fc.constantFrom(
        "rename",
        "add",
        "remove",
        "soft",
        "restore",
        "delete",
        "create",
        "extend",
        "authority",
      ),
      group: fc.nat(5),
      person: fc.constantFrom(...people),
      text: fc.string({ minLength: 1, maxLength: 12 }),
    });
    let created = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(event, { maxLength: 8 }), { maxLength: 4 }), async (rounds) => {
        const ids: string[] = [];
        const create = async (displayName: string) => {
          created += 1;
          const mailNickname = `random-${created}`;
          const group = { displayName, mailNickname, mailEnabled: false, securityEnabled: true };
          ids.push((await cloud.control("/groups", group)).body.id);
        };
        for (const name of ["a", "b", "c"]) await create(name);
        const copy = await new Copy().read();
        for (const events of rounds) {
          for (const { verb, group, person, text } of events) {
            const path = `/groups/${ids[group % ids.length]}`;
            // An event that is not possible just now is refused and changes nothing.
            if (verb === "create") await create(text);
            else if (verb === "rename") await cloud.control(path, { displayName: text });
            else if (verb === "extend")
              await cloud.control(path, { directoryExtensions: { [extension]: text } });
            else if (verb === "add") await cloud.control(`${path}/members`, { id: person });
            else if (verb === "remove") await cloud.control(`${path}/members/remove`, { id: person });
            else if (verb === "soft") await cloud.control(`${path}/delete-softly`);
            else if (verb === "restore") await cloud.control(`${path}/restore`);
            else if (verb === "authority")
              await cloud.control(`${path}/source-of-authority`, { isCloudManaged: text.length % 2 === 0 });
            else await cloud.control(`${path}/delete-permanently`);
          }
          await copy.again();
          const full = await new Copy().read();
          expect(copy.groups).toEqual(full.groups);
          expect([...copy.members].sort()).toEqual([...full.members].sort());
          const { body } = await cloud.read("/state");
          expect([...copy.groups.keys()].sort()).toEqual(
            body.groups.map(({ id }: { id: string }) => id).sort(),
          );
        }
        for (const id of ids) await cloud.control(`/groups/${id}/delete-permanently`);
      }),
      { numRuns: 15 },
    );
  });
});
