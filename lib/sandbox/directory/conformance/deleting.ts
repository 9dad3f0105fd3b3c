import { describe, expect, test } from "vitest";
import { guidText } from "../names/guid.ts";
import { type Bench, FlagsControl, inUnit, readOne, unit } from "./bench.ts";
import { codeOf } from "./directories.ts";

/** Tombstones and tree delete. */
export function deleting(bench: Bench): void {
  describe("deletes", () => {
    test("into a tombstone that keeps GUID, SID and account name", async () => {
      const dn = inUnit("Deleted");
      await bench.client.add(dn, {
        objectClass: "group",
        sAMAccountName: "deleted-group",
        description: "gone",
      });
      const { objectGUID, objectSid } = await readOne(bench.client, dn);
      await bench.client.del(dn);
      const guid = `<GUID=${guidText(objectGUID as Buffer)}>`;
      expect(await codeOf(bench.client.search(guid, { scope: "base" }))).toBe(32);
      const tombstone = await readOne(bench.client, guid, [], [new FlagsControl("1.2.840.113556.1.4.417")]);
      expect(tombstone).toMatchObject({
        isDeleted: "TRUE",
        sAMAccountName: "deleted-group",
        lastKnownParent: unit,
      });
      expect(tombstone.objectSid).toEqual(objectSid);
      expect(tombstone).not.toHaveProperty("description");
      await bench.client.add(dn, { objectClass: "group", sAMAccountName: "deleted-group" });
    });

    test("a whole tree with the control", async () => {
      const top = `OU=Tree,${unit}`;
      await bench.client.add(top, { objectClass: "organizationalUnit" });
      await bench.client.add(`OU=Deep,${top}`, { objectClass: "organizationalUnit" });
      await bench.client.add(`CN=Leaf,OU=Deep,${top}`, { objectClass: "group" });
      expect(await codeOf(bench.client.del(top))).toBe(66);
      await bench.client.del(top, new FlagsControl("1.2.840.113556.1.4.805"));
      expect(await codeOf(bench.client.search(top))).toBe(32);
    });
  });
}
