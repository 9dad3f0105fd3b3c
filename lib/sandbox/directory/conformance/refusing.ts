import { beforeAll, describe, expect, test } from "vitest";
import { type Bench, readOne, unit, universal } from "./bench.ts";
import { codeOf } from "./directories.ts";
import { change, refusals } from "./refusals.ts";

/** What the directory refuses, with the result code. */
export function refusing(bench: Bench): void {
  describe("refuses", () => {
    const table = `OU=Table,${unit}`;
    beforeAll(async () => {
      await bench.client.add(table, { objectClass: "organizationalUnit" });
      await bench.client.add(`OU=Inner,${table}`, { objectClass: "organizationalUnit" });
      await bench.client.add(`CN=person,${table}`, { objectClass: "user", sAMAccountName: "person" });
      const groups = { u1: universal, u2: universal, u3: universal, g1: "-2147483646", dl1: "-2147483644" };
      for (const [name, groupType] of Object.entries(groups)) {
        await bench.client.add(`CN=${name},${table}`, {
          objectClass: "group",
          sAMAccountName: name,
          groupType,
        });
      }
      await bench.client.add(`CN=inside,OU=Inner,${table}`, { objectClass: "group" });
      await bench.client.modify(`CN=u1,${table}`, change("add", "member", `CN=person,${table}`));
    });

    const codeFor = (codes: (typeof refusals)[number][1]) =>
      typeof codes === "number" ? codes : bench.kind === "samba" ? codes.samba : codes.ad;
    test.each(refusals)("%s", async (_title, codes, act) => {
      const expected = codeFor(codes);
      const before = await readOne(bench.client, "", ["highestCommittedUSN"]);
      expect(await codeOf(act(bench.client, table))).toBe(expected);
      const after = await readOne(bench.client, "", ["highestCommittedUSN"]);
      // A refused request leaves nothing behind (Samba uses up numbers for some).
      if (expected !== 0 && bench.kind === "simulated") expect(after).toEqual(before);
    });

    test("a modify as a whole when one of its changes is refused", async () => {
      const changes = [change("replace", "info", "kept?"), change("add", "member", `CN=none,${table}`)];
      expect(await codeOf(bench.client.modify(`CN=g1,${table}`, changes))).toBe(32);
      expect((await readOne(bench.client, `CN=g1,${table}`, ["info"])).info).toEqual([]);
    });
  });
}
