import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bench } from "#lib/directory/contract/bench.ts";
import { type BreakableProxy, breakableProxy } from "#lib/directory/contract/proxy.ts";
import { attributes, bySid, collect, expectFailure } from "#lib/directory/contract/verbs.ts";
import type { Directory } from "#lib/directory/directory.ts";
import { childDn } from "#lib/model/dn.ts";
import type { Guid } from "#lib/model/identifier.ts";

/** Connections that break at the worst moment. */
export function breaking(bench: Bench): void {
  describe("a connection that breaks", () => {
    let proxy: BreakableProxy;
    let shaky: Directory;
    beforeAll(async () => {
      proxy = await breakableProxy(bench.subject.url);
      shaky = await bench.connect({}, proxy.url, 4000);
    });
    afterAll(async () => {
      await shaky?.close();
      await proxy?.close();
    });

    test("between two operations: the next one works", async () => {
      proxy.drop();
      expect((await shaky.units()).length).toBeGreaterThan(0);
      proxy.drop();
      await Promise.all([shaky.units(), shaky.checkTarget(bench.target), shaky.describe()]);
    });

    test("before the answer: each write has happened once, and says so", async () => {
      const dn = childDn("CN", "unknown outcome", bench.target);
      const values = attributes();
      proxy.dropBeforeAnswer();
      const guid = await shaky.create(dn, values);
      expect(await bench.search("(cn=unknown outcome)", ["objectGUID"])).toHaveLength(1);
      proxy.dropBeforeAnswer();
      await shaky.addMembers(
        guid,
        bench.people.slice(0, 3).map(({ sid }) => bySid(sid)),
      );
      expect(await collect(bench.directory.members(guid))).toHaveLength(3);
      proxy.dropBeforeAnswer();
      await shaky.removeMembers(
        guid,
        bench.people.slice(0, 2).map(({ sid }) => bySid(sid)),
      );
      expect(await collect(bench.directory.members(guid))).toHaveLength(1);
      proxy.dropBeforeAnswer();
      await shaky.update(guid, { description: ["once"] });
      proxy.dropBeforeAnswer();
      const renamed = childDn("CN", "known outcome", bench.target);
      await shaky.rename(guid, renamed);
      expect((await bench.search("(cn=known outcome)", ["description"]))[0]?.description).toEqual(["once"]);
      proxy.dropBeforeAnswer();
      await shaky.delete(guid);
      expect(await bench.search("(cn=known outcome)", ["cn"])).toEqual([]);
    });

    test("in the middle of a listing of several pages: it goes on, each group once", async () => {
      const dns = Array.from({ length: 520 }, (_, index) => childDn("CN", `many ${index}`, bench.target));
      const created = await Promise.all(dns.map((dn) => bench.directory.create(dn, attributes())));
      const undisturbed = (await collect(bench.directory.groups())).map(({ guid }) => guid);
      expect(undisturbed).toEqual(expect.arrayContaining(created));
      expect(new Set(undisturbed).size).toBe(undisturbed.length);
      const listed: Guid[] = [];
      for await (const group of shaky.groups()) {
        if (listed.length === 1) proxy.drop();
        listed.push(group.guid);
      }
      expect(listed.sort()).toEqual(undisturbed.sort());
      await Promise.all(created.map((guid) => bench.directory.delete(guid)));
    }, 20_000);

    test("for good: the error says so, and the same object works when the way is back", async () => {
      proxy.refuse();
      await expectFailure(shaky.units(), "E4001", /closed|nothing listens/);
      proxy.accept();
      expect((await shaky.units()).length).toBeGreaterThan(0);
    });

    test("without an answer: the operation ends in time", async () => {
      proxy.freeze();
      const began = Date.now();
      await expectFailure(shaky.units(), "E4010", /did not answer in time/);
      expect(Date.now() - began).toBeLessThan(6000);
      proxy.accept();
      expect((await shaky.units()).length).toBeGreaterThan(0);
    }, 15_000);
  });
}
