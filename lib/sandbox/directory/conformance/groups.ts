import { describe, expect, test } from "vitest";
import { guidText } from "../names/guid.ts";
import { sidText } from "../names/sid.ts";
import { type Bench, inUnit, readOne, unit, universal } from "./bench.ts";
import { base, codeOf } from "./directories.ts";
import { change } from "./refusals.ts";

/** Groups: what AD adds, names with every special character, types. */
export function groups(bench: Bench): void {
  describe("keeps a group", () => {
    test("with what AD gives to each object", async () => {
      await bench.client.add(inUnit("Defaults"), { objectClass: "group" });
      const entry = await readOne(bench.client, inUnit("Defaults"));
      expect(entry).toMatchObject({
        dn: inUnit("Defaults"),
        distinguishedName: inUnit("Defaults"),
        cn: "Defaults",
        name: "Defaults",
        objectClass: ["top", "group"],
        objectCategory: `CN=Group,CN=Schema,CN=Configuration,${base}`,
        groupType: "-2147483646",
        sAMAccountType: "268435456",
        instanceType: "4",
      });
      expect(entry.sAMAccountName).toMatch(/^\$[0-9A-F]{6,8}-[0-9A-F]{12,16}$/);
      expect(entry.whenCreated).toMatch(/^\d{14}\.0Z$/);
      expect(entry.uSNCreated).toBe(entry.uSNChanged);
      expect(entry).not.toHaveProperty("nTSecurityDescriptor");
      expect(entry).not.toHaveProperty("canonicalName");
      expect(sidText(entry.objectSid as Buffer)).toMatch(/^S-1-5-21-\d+-\d+-\d+-\d{4,}$/);
      expect((entry.objectGUID as Buffer).length).toBe(16);
    });

    test("whose computed attributes come when asked for", async () => {
      const names = ["canonicalName", "primaryGroupToken", "createTimeStamp", "structuralObjectClass"];
      const entry = await readOne(bench.client, inUnit("Defaults"), [...names, "objectSid", "whenCreated"]);
      expect(entry.canonicalName).toBe("contoso.test/Conformance/Defaults");
      expect(entry.primaryGroupToken).toBe(
        sidText(entry.objectSid as Buffer)
          ?.split("-")
          .at(-1),
      );
      expect(entry.createTimeStamp).toBe(entry.whenCreated);
    });

    test("and gives the attributes that were asked for, in any case", async () => {
      expect(await readOne(bench.client, inUnit("Defaults"), ["CN", "GROUPTYPE", "nonsense"])).toMatchObject({
        cn: "Defaults",
        groupType: "-2147483646",
      });
      const { searchEntries } = await bench.client.search(inUnit("Defaults"), {
        scope: "base",
        attributes: ["1.1"],
      });
      // ldapts adds an empty attribute for each name that was asked for.
      expect(searchEntries).toEqual([{ dn: inUnit("Defaults"), "1.1": [] }]);
    });

    test.each([
      'comma, plus + quote"',
      "back\\slash",
      "#hash",
      " space ",
      "a=b;c<d>e",
      "Ümläut 群組 👥",
      "ends with backslash\\",
      "slash/and'apostrophe",
    ])("named %j", async (name) => {
      const escaped = name
        .replace(/[",+;<>=\\]/g, "\\$&")
        .replace(/^[ #]/, "\\$&")
        .replace(/ $/, "\\ ");
      await bench.client.add(`CN=${escaped},${unit}`, { objectClass: "group", description: name });
      const { searchEntries } = await bench.client.search(unit, {
        filter: `(cn=${name.replace(/[\\*()]/g, (c) => `\\${c.charCodeAt(0).toString(16)}`)})`,
      });
      expect(searchEntries.map((entry) => [entry.cn, entry.description])).toEqual([[name, name]]);
      const dn = searchEntries[0]?.dn ?? "";
      expect((await readOne(bench.client, dn, ["cn"])).cn).toBe(name);
      await bench.client.del(dn);
      expect(await codeOf(bench.client.search(dn, { scope: "base" }))).toBe(32);
    });

    test("whose type changes by way of universal", async () => {
      const dn = inUnit("Changes");
      await bench.client.add(dn, { objectClass: "group", groupType: "-2147483646" });
      for (const [groupType, accountType] of [
        [universal, "268435456"],
        ["-2147483644", "536870912"],
        [universal, "268435456"],
        ["8", "268435457"],
      ] as const) {
        await bench.client.modify(dn, change("replace", "groupType", groupType));
        const entry = await readOne(bench.client, dn, ["groupType", "sAMAccountType"]);
        expect(entry).toMatchObject({ groupType, sAMAccountType: accountType });
      }
    });

    test("that is found by GUID and SID wherever a DN may stand", async () => {
      const entry = await readOne(bench.client, inUnit("Defaults"));
      const guid = `<GUID=${guidText(entry.objectGUID as Buffer)}>`;
      const sid = `<SID=${sidText(entry.objectSid as Buffer)}>`;
      expect((await readOne(bench.client, guid)).dn).toBe(entry.dn);
      expect((await readOne(bench.client, sid)).dn).toBe(entry.dn);
      await bench.client.modify(guid, change("replace", "info", "by GUID"));
      await bench.client.modify(sid, change("replace", "displayName", "by SID"));
      expect(await readOne(bench.client, inUnit("Defaults"))).toMatchObject({
        info: "by GUID",
        displayName: "by SID",
      });
    });
  });
}
