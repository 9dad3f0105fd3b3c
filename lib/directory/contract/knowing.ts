import { describe, expect, test } from "vitest";
import type { Bench } from "#lib/directory/contract/bench.ts";
import { ldapadd } from "#lib/directory/contract/ldap-tools.ts";
import { attributes, collect, expectFailure } from "#lib/directory/contract/verbs.ts";
import type { DirectoryChange, DirectoryCookie } from "#lib/directory/directory.ts";
import { childDn } from "#lib/model/dn.ts";
import { sid } from "#lib/model/identifier.ts";

/** What the planner asks before it decides: single groups, privileges, names; and conversions in the order that AD permits. */
export function knowing(bench: Bench): void {
  describe("what a plan has to know", () => {
    test("one group by its SID or GUID, with an attribute that was asked for; nothing for a person", async () => {
      const dn = childDn("CN", "asked for", bench.target);
      const guid = await bench.directory.create(dn, attributes({ info: ["noted"] }));
      const found = await bench.directory.group({ by: "guid", guid }, { attributes: ["info"] });
      expect(found).toMatchObject({ dn, privileged: false });
      expect(found?.attributes.info).toEqual(["noted"]);
      const bySid = found && (await bench.directory.group({ by: "sid", sid: found.sid }));
      expect(bySid?.guid).toBe(guid);
    });

    test("a group with another tool's attribute is listed where that is asked for", async () => {
      const dn = childDn("CN", "by a script", bench.target);
      const { adminDescription: _, "msDS-ExternalDirectoryObjectId": __, ...plain } = attributes();
      const guid = await bench.directory.create(dn, {
        ...plain,
        info: ["3a5c3221-c465-48c0-95b8-e9305786a271"],
      });
      const listed = async (takeOverAttribute: string | null) =>
        (await collect(bench.directory.groups({ takeOverAttribute }))).some((group) => group.guid === guid);
      expect([await listed("info"), await listed(null)]).toEqual([true, false]);
    });

    test("the privileged groups, and a group that lies in one of them, however deep", async () => {
      const inner = await bench.newGroup("deep inside");
      const outer = await bench.newGroup("in Administrators");
      const plain = await bench.newGroup("without rights");
      await bench.directory.addMembers(outer.guid, [{ by: "guid", guid: inner.guid }]);
      const [administrators] = await bench.directory.resolve([{ by: "sid", sid: administratorsSid }]);
      if (!administrators) throw new Error("the domain has no Administrators");
      await bench.directory.addMembers(administrators.guid, [{ by: "guid", guid: outer.guid }]);
      const privileged = await bench.directory.privilegedGroups();
      for (const guid of [administrators.guid, outer.guid, inner.guid])
        expect(privileged.has(guid)).toBe(true);
      expect(privileged.has(plain.guid)).toBe(false);
      expect((await bench.directory.group({ by: "sid", sid: administratorsSid }))?.privileged).toBe(true);
      await bench.directory.removeMembers(administrators.guid, [{ by: "guid", guid: outer.guid }]);
    });

    test("which names are taken, whatever their case", async () => {
      const dn = childDn("CN", "Taken, really", bench.target);
      const values = attributes();
      const guid = await bench.directory.create(dn, values);
      const free = childDn("CN", "free", bench.target);
      const name = values.sAMAccountName?.[0] ?? "";
      const taken = await bench.directory.namesTaken({
        dns: [dn, free],
        samAccountNames: [name.toUpperCase(), "nobody"],
      });
      expect([...taken.dns]).toEqual([[dn, guid]]);
      expect([...taken.samAccountNames]).toEqual([[name.toUpperCase(), guid]]);
    });

    test("a global group becomes domain local, by way of universal", async () => {
      const dn = childDn("CN", "converted", bench.target);
      const guid = await bench.directory.create(dn, { ...attributes(), groupType: ["-2147483646"] });
      await bench.directory.update(guid, { groupType: ["-2147483644"], description: ["local"] });
      expect((await bench.directory.group({ by: "guid", guid }))?.attributes).toMatchObject({
        groupType: ["-2147483644"],
        description: ["local"],
      });
    });

    test("a contact is found by its mail address, and becomes a member", async () => {
      const dn = childDn("CN", "A contact", bench.target);
      await ldapadd(bench.subject.access, `dn: ${dn}\nobjectClass: contact\nmail: Guest@fabrikam.com\n`);
      const reference = { by: "mail", mail: "guest@fabrikam.com" } as const;
      const [found] = await bench.directory.resolve([reference]);
      expect(found).toMatchObject({ dn, sid: null });
      const { guid } = await bench.newGroup();
      const nobody = { by: "mail", mail: "nobody@fabrikam.com" } as const;
      expect(await bench.directory.addMembers(guid, [reference, nobody])).toEqual([nobody]);
      expect((await collect(bench.directory.members(guid))).map((member) => member.dn)).toEqual([dn]);
    });
  });
}

const administratorsSid = sid.parse("S-1-5-32-544");

/** Samba does not enforce which groups may be members of which, so this runs where that is enforced. */
export function nesting(bench: Bench): void {
  test("a domain local group is refused as a member, by name; the others are added", async () => {
    const dn = childDn("CN", "local one", bench.target);
    const local = await bench.directory.create(dn, { ...attributes(), groupType: ["-2147483644"] });
    const other = await bench.newGroup();
    const { guid } = await bench.newGroup();
    const references = [local, other.guid].map((member) => ({ by: "guid", guid: member }) as const);
    await expectFailure(bench.directory.addMembers(guid, references), "E4014", /CN=local one/);
    expect((await collect(bench.directory.members(guid))).map((member) => member.guid)).toEqual([other.guid]);
  });
}

/** What changed since a cookie, and that a cookie of another database is refused. */
export function changing(bench: Bench): void {
  describe("changes since a cookie", () => {
    test("tell of groups that were made, edited, moved, and whose members changed; then of nothing", async () => {
      const before = await bench.newGroup();
      const since = await (await bench.connect()).cookie();
      const made = await bench.newGroup();
      await bench.directory.addMembers(before.guid, [{ by: "guid", guid: made.guid }]);
      const told = await collect((await bench.connect()).changes(since));
      const about = (kind: DirectoryChange["kind"]) =>
        told.flatMap((change) => {
          if (change.kind !== kind) return [];
          return change.kind === "group" ? change.group.guid : change.kind === "members" ? change.group : [];
        });
      expect(about("group")).toContain(made.guid);
      expect(about("members")).toContain(before.guid);
      const last = told.at(-1);
      if (last?.kind !== "cookie") throw new Error("the last change is no cookie");
      const after = await collect((await bench.connect()).changes(last.cookie));
      expect(after.map(({ kind }) => kind)).toEqual(["cookie"]);
    });

    test("of another database are refused", async () => {
      const foreign = JSON.stringify({ invocationId: "ffff", usn: "1" }) as DirectoryCookie;
      await expectFailure(collect(bench.directory.changes(foreign)), "E4015", /another one/);
    });
  });
}
