import { describe, expect, test } from "vitest";
import type { Bench } from "#lib/directory/contract/bench.ts";
import { byGuid, bySid, collect, nobodyByGuid } from "#lib/directory/contract/verbs.ts";
import type { DirectoryReference } from "#lib/directory/directory.ts";
import type { Dn } from "#lib/model/dn.ts";
import { childDn, parseDn } from "#lib/model/dn.ts";
import type { Guid, Sid } from "#lib/model/identifier.ts";

/** Members are added, removed, read and looked up. */
export function members(bench: Bench): void {
  describe("members", () => {
    const dnsOf = async (group: Dn) =>
      ((await bench.search("(objectClass=group)", ["member"], group))[0]?.member ?? []).map(parseDn);

    test("by SID and by GUID, added twice, removed twice", async () => {
      const { guid, dn } = await bench.newGroup();
      const [one, two, three] = bench.people;
      if (!one || !two || !three) throw new Error("no people");
      const references = [bySid(one.sid), byGuid(two.guid)];
      expect(await bench.directory.addMembers(guid, references)).toEqual([]);
      expect(await bench.directory.addMembers(guid, references)).toEqual([]);
      expect(
        await bench.directory.addMembers(guid, [...references, bySid(two.sid), bySid(three.sid)]),
      ).toEqual([]);
      expect((await dnsOf(dn)).sort()).toEqual([one.dn, two.dn, three.dn].sort());
      const read = await collect(bench.directory.members(guid));
      expect(read.map((member) => ({ ...member })).sort((a, b) => a.dn.localeCompare(b.dn))).toEqual(
        [one, two, three].sort((a, b) => a.dn.localeCompare(b.dn)),
      );
      await bench.directory.removeMembers(guid, [bySid(two.sid), byGuid(one.guid)]);
      await bench.directory.removeMembers(guid, [
        bySid(two.sid),
        byGuid(one.guid),
        byGuid(three.guid),
        nobodyByGuid,
      ]);
      expect(await dnsOf(dn)).toEqual([]);
      expect(await collect(bench.directory.members(guid))).toEqual([]);
    });

    test("those that do not exist are given back, all others are written", async () => {
      const { guid, dn } = await bench.newGroup();
      const own = bench.people[0]?.sid.replace(/-\d+$/, "-999999999") as Sid;
      const missing = [bySid(own), nobodyByGuid];
      const there = bench.people.slice(10, 60).map(({ sid }) => bySid(sid));
      const mixed = [
        ...there.slice(0, 20),
        missing[0],
        ...there.slice(20),
        missing[1],
      ] as DirectoryReference[];
      const givenBack = await bench.directory.addMembers(guid, mixed);
      expect(givenBack).toHaveLength(2);
      expect(givenBack).toEqual(expect.arrayContaining(missing));
      expect((await dnsOf(dn)).sort()).toEqual(
        bench.people
          .slice(10, 60)
          .map((person) => person.dn)
          .sort(),
      );
      expect(await bench.directory.addMembers(guid, missing)).toHaveLength(2);
      expect(await bench.directory.addMembers(guid, [])).toEqual([]);
    });

    test("groups in groups, which keep their place when they are renamed", async () => {
      const [inner, outer] = [await bench.newGroup("inner"), await bench.newGroup("outer")];
      await bench.directory.addMembers(outer.guid, [byGuid(inner.guid)]);
      const renamed = childDn("CN", "inner, renamed\\", bench.target);
      await bench.directory.rename(inner.guid, renamed);
      expect(await dnsOf(outer.dn)).toEqual([renamed]);
      const [member] = await collect(bench.directory.members(outer.guid));
      expect(member).toMatchObject({ guid: inner.guid, dn: renamed });
      await bench.directory.delete(inner.guid);
      expect(await collect(bench.directory.members(outer.guid))).toEqual([]);
    });

    test("3,500 members are written and read whole", async () => {
      const { guid, dn } = await bench.newGroup("big");
      expect(
        await bench.directory.addMembers(
          guid,
          bench.people.map(({ sid }) => bySid(sid)),
        ),
      ).toEqual([]);
      const members = await collect(bench.directory.members(guid));
      expect(new Set(members.map((member) => member.guid))).toEqual(
        new Set(bench.people.map((person) => person.guid)),
      );
      expect(members).toHaveLength(3500);
      const first = bench.people[0] as (typeof bench.people)[number];
      expect(await bench.search(`(memberOf=${dn})`, ["cn"], first.dn)).toHaveLength(1);
      await bench.directory.removeMembers(
        guid,
        bench.people.slice(1).map((person) => byGuid(person.guid)),
      );
      expect(await dnsOf(dn)).toEqual([first.dn]);
    }, 30_000);

    test("resolve gives the objects in the order asked for, null for none", async () => {
      const asked = bench.people.slice(0, 250).flatMap((person) => [bySid(person.sid), nobodyByGuid]);
      const found = await bench.directory.resolve([...asked, byGuid(bench.people[300]?.guid as Guid)]);
      expect(found).toHaveLength(501);
      expect(found[0]).toEqual(bench.people[0]);
      expect(found[1]).toBeNull();
      expect(found[498]).toEqual(bench.people[249]);
      expect(found[500]).toEqual(bench.people[300]);
      expect(await bench.directory.resolve([])).toEqual([]);
    });
  });
}
