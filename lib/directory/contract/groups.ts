import { describe, expect, test } from "vitest";
import type { Bench } from "#lib/directory/contract/bench.ts";
import { awkwardNames } from "#lib/directory/contract/names.ts";
import { attributes, byGuid, collect, expectFailure } from "#lib/directory/contract/verbs.ts";
import type { DirectoryGroup } from "#lib/directory/directory.ts";
import type { Dn } from "#lib/model/dn.ts";
import { childDn, nameOf } from "#lib/model/dn.ts";
import type { Guid } from "#lib/model/identifier.ts";

/** Groups are created, found, changed, renamed, moved and deleted. */
export function groups(bench: Bench): void {
  describe("groups", () => {
    test.each(awkwardNames)("create, rename, move and delete with the name %j", async (name) => {
      const values = attributes({ displayName: [name], description: [`${name} (*)\\`] });
      const dn = childDn("CN", name, bench.target);
      const guid = await bench.directory.create(dn, values);
      const [entry] = await bench.search(`(sAMAccountName=${values.sAMAccountName?.[0]})`, [
        "cn",
        "displayName",
        "description",
        "groupType",
        "adminDescription",
        "msDS-ExternalDirectoryObjectId",
      ]);
      expect(entry).toMatchObject({
        cn: [name],
        displayName: [name],
        description: [`${name} (*)\\`],
        groupType: ["-2147483640"],
        adminDescription: values.adminDescription,
        "msDS-ExternalDirectoryObjectId": values.adminDescription,
      });

      const found = (await collect(bench.directory.groups())).find((group) => group.guid === guid);
      expect(found?.dn).toBe(dn);
      expect(nameOf(found?.dn as Dn)).toBe(name);
      expect(found?.attributes).toMatchObject({ cn: [name], displayName: [name] });

      const renamed = childDn("CN", "plain", bench.target);
      await bench.directory.rename(guid, renamed);
      const back = childDn("CN", name, childDn("OU", "Inner, OU", bench.target));
      await bench.directory.rename(guid, back);
      await bench.directory.rename(guid, back);
      const [moved] = await bench.search(`(sAMAccountName=${values.sAMAccountName?.[0]})`, ["cn"], back);
      expect(moved?.cn).toEqual([name]);

      await bench.directory.delete(guid);
      await bench.directory.delete(guid);
      expect(await bench.search(`(sAMAccountName=${values.sAMAccountName?.[0]})`, ["cn"])).toEqual([]);
    });

    test("creating again at the same DN with the same anchor gives the same group", async () => {
      const dn = childDn("CN", "twice", bench.target);
      const values = attributes();
      const guid = await bench.directory.create(dn, values);
      expect(await bench.directory.create(dn, values)).toBe(guid);
      expect(await bench.search("(cn=twice)", ["cn"])).toHaveLength(1);
    });

    test("a taken DN or sAMAccountName is refused, and says by what", async () => {
      const values = attributes();
      const dn = childDn("CN", "taken", bench.target);
      await bench.directory.create(dn, values);
      await expectFailure(bench.directory.create(dn, attributes()), "E4007", /another group at CN=taken/);
      await expectFailure(
        bench.directory.create(
          childDn("CN", "other", bench.target),
          attributes({ sAMAccountName: values.sAMAccountName ?? [] }),
        ),
        "E4007",
        /sAMAccountName contract-\d+ belongs to CN=taken/,
      );
      const other = await bench.newGroup();
      await expectFailure(bench.directory.rename(other.guid, dn), "E4007", /another object at CN=taken/);
      await expectFailure(
        bench.directory.update(other.guid, { sAMAccountName: values.sAMAccountName ?? [] }),
        "E4007",
        /belongs to CN=taken/,
      );
    });

    test("a container that is gone, a group that is gone, a value that is not allowed", async () => {
      const gone = childDn("OU", "Gone", bench.target);
      await expectFailure(
        bench.directory.create(childDn("CN", "x", gone), attributes()),
        "E4006",
        /no such container/,
      );
      const group = await bench.newGroup();
      await expectFailure(
        bench.directory.rename(group.guid, childDn("CN", "x", gone)),
        "E4006",
        /does not exist/,
      );
      await expectFailure(
        bench.directory.update(group.guid, { groupType: ["nonsense"] }),
        "E4009",
        /result code/,
      );
      await bench.directory.delete(group.guid);
      await expectFailure(
        bench.directory.update(group.guid, { description: ["x"] }),
        "E4013",
        /no such object/,
      );
      await expectFailure(bench.directory.rename(group.guid, group.dn), "E4013", /does not exist/);
      await expectFailure(
        bench.directory.addMembers(group.guid, [byGuid(group.guid)]),
        "E4013",
        /does not exist/,
      );
      await expectFailure(
        bench.directory.removeMembers(group.guid, [byGuid(group.guid)]),
        "E4013",
        /does not exist/,
      );
      await expectFailure(collect(bench.directory.members(group.guid)), "E4013", /does not exist/);
    });

    test("update replaces and clears, and does the same again without an error", async () => {
      const { guid, dn } = await bench.newGroup();
      const set = { description: ["first line\nsecond line"], displayName: ["ünï — 名前"] };
      await bench.directory.update(guid, set);
      await bench.directory.update(guid, set);
      expect(await bench.search("(objectClass=group)", ["description", "displayName"], dn)).toMatchObject([
        set,
      ]);
      await bench.directory.update(guid, { description: [], adminDescription: [] });
      await bench.directory.update(guid, { description: [], adminDescription: [] });
      const [cleared] = await bench.search("(objectClass=group)", ["description", "adminDescription"], dn);
      expect(cleared).toEqual({ dn: [dn] });
    });

    test("a group is listed when it carries either anchor, and only then", async () => {
      const both = attributes();
      const either = [
        { ...both, "msDS-ExternalDirectoryObjectId": [] },
        { ...attributes(), adminDescription: [] },
      ];
      const none = attributes({
        adminDescription: ["Groups of people"],
        "msDS-ExternalDirectoryObjectId": [],
      });
      const created: Guid[] = [];
      for (const [index, values] of [...either, none].entries()) {
        created.push(await bench.directory.create(childDn("CN", `anchor ${index}`, bench.target), values));
      }
      const listed = await collect(bench.directory.groups());
      expect(created.map((guid) => listed.some((group) => group.guid === guid))).toEqual([true, true, false]);
      const first = listed.find((group) => group.guid === created[0]) as DirectoryGroup;
      expect(first.attributes["msDS-ExternalDirectoryObjectId"]).toEqual([]);
      expect(first.attributes.adminDescription).toEqual(both.adminDescription);
      expect(first.sid).toMatch(/^S-1-5-21-/);
    });
  });
}
