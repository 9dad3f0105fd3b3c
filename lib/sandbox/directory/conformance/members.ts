import { beforeAll, describe, expect, test } from "vitest";
import { guidText } from "../names/guid.ts";
import { sidText } from "../names/sid.ts";
import { type Bench, FlagsControl, inUnit, list, readOne, unit, universal } from "./bench.ts";
import { base } from "./directories.ts";
import { change } from "./refusals.ts";

/** Members: by identity, in windows, in extended form. */
export function members(bench: Bench): void {
  describe("keeps members", () => {
    const holder = inUnit("Holder");
    const [one, two] = [inUnit("One"), inUnit("Two")];
    beforeAll(async () => {
      for (const dn of [holder, one, two])
        await bench.client.add(dn, { objectClass: "group", groupType: universal });
    });

    test("by identity: a rename and a move of the member show in the group", async () => {
      const sub = `OU=Elsewhere,${unit}`;
      await bench.client.add(sub, { objectClass: "organizationalUnit" });
      const sid = sidText((await readOne(bench.client, two)).objectSid as Buffer);
      await bench.client.modify(holder, change("add", "member", one, `<SID=${sid}>`));
      expect(list((await readOne(bench.client, holder, ["member"])).member)).toEqual([one, two].sort());
      expect((await readOne(bench.client, one, ["memberOf"])).memberOf).toBe(holder);
      await bench.client.modifyDN(one, `CN=One again,${sub}`);
      expect(list((await readOne(bench.client, holder, ["member"])).member)).toEqual(
        [`CN=One again,${sub}`, two].sort(),
      );
      await bench.client.modifyDN(sub, "OU=Renamed");
      const moved = `CN=One again,OU=Renamed,${unit}`;
      expect(list((await readOne(bench.client, holder, ["member"])).member)).toEqual([moved, two].sort());
      await bench.client.modifyDN(moved, one);
    });

    test("with their GUIDs and SIDs before the DN when asked", async () => {
      const entry = await readOne(bench.client, two);
      const guid = guidText(entry.objectGUID as Buffer);
      const sid = sidText(entry.objectSid as Buffer);
      const extended = `<GUID=${guid}>;<SID=${sid}>;${two}`;
      const controls = [new FlagsControl("1.2.840.113556.1.4.529", 1)];
      const shown = await readOne(
        bench.client,
        holder,
        ["member", "distinguishedName", "objectCategory"],
        controls,
      );
      expect(list(shown.member)).toContain(extended);
      expect(shown.dn).toMatch(/^<GUID=[0-9a-f-]{36}>;<SID=S-1-5-21-[0-9-]+>;CN=Holder,/);
      expect(shown.distinguishedName).toBe(shown.dn);
      const hex = await readOne(bench.client, two, ["1.1"], [new FlagsControl("1.2.840.113556.1.4.529")]);
      const bytes = (value: unknown) => (value as Buffer).toString("hex");
      expect(hex.dn).toBe(`<GUID=${bytes(entry.objectGUID)}>;<SID=${bytes(entry.objectSid)}>;${two}`);
    });

    test("found by filter, directly and in chain", async () => {
      await bench.client.modify(two, change("add", "member", inUnit("Defaults")));
      const find = async (filter: string) => {
        const { searchEntries } = await bench.client.search(base, { filter, attributes: ["1.1"] });
        return searchEntries.map((entry) => entry.dn).sort();
      };
      expect(await find(`(memberOf=${holder})`)).toEqual([one, two].sort());
      expect(await find(`(member=${inUnit("Defaults")})`)).toEqual([two]);
      expect(await find(`(member:1.2.840.113556.1.4.1941:=${inUnit("Defaults")})`)).toEqual(
        [holder, two].sort(),
      );
      expect(await find(`(memberOf:1.2.840.113556.1.4.1941:=${holder})`)).toEqual(
        [inUnit("Defaults"), one, two].sort(),
      );
    });

    test("that vanish with their object", async () => {
      await bench.client.del(one);
      expect((await readOne(bench.client, holder, ["member"])).member).toBe(two);
    });

    test("in windows", async () => {
      const names = Array.from({ length: 12 }, (_, index) =>
        inUnit(`Window ${String(index).padStart(2, "0")}`),
      );
      await Promise.all(
        names.map((dn) => bench.client.add(dn, { objectClass: "group", groupType: universal })),
      );
      const dn = inUnit("Windows");
      await bench.client.add(dn, { objectClass: "group", groupType: universal, member: names });
      const found: string[] = [];
      for (let from = 0; ; from += 5) {
        const entry = await readOne(bench.client, dn, [`member;range=${from}-${from + 4}`]);
        const key = Object.keys(entry).find((name) => name.startsWith("member;range="));
        found.push(...list(entry[key ?? ""]));
        expect(key).toBe(from < 10 ? `member;range=${from}-${from + 4}` : `member;range=${from}-*`);
        if (key?.endsWith("-*")) break;
      }
      expect(found.sort()).toEqual(names);
    });

    test("more than 1,500 of them: AD cuts, Samba does not", async () => {
      const dn = inUnit("Big");
      await bench.client.add(dn, { objectClass: "group", groupType: universal });
      const foreign = Array.from({ length: 1600 }, (_, index) => `<SID=S-1-5-21-1-2-3-${5000 + index}>`);
      await bench.client.modify(dn, change("add", "member", ...foreign));
      const entry = await readOne(bench.client, dn, ["member"]);
      if (bench.kind === "samba") {
        expect(entry.member).toHaveLength(1600);
      } else {
        expect(entry["member;range=0-1499"]).toHaveLength(1500);
        expect(entry.member ?? []).toEqual([]);
        expect(
          (await readOne(bench.client, dn, ["member;range=1500-*"]))["member;range=1500-*"],
        ).toHaveLength(100);
        expect((await readOne(bench.client, dn))["member;range=0-1499"]).toHaveLength(1500);
      }
    });
  });
}
