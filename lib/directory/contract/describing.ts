import { describe, expect, test } from "vitest";
import type { Bench } from "#lib/directory/contract/bench.ts";
import { expectFailure } from "#lib/directory/contract/verbs.ts";
import type { Dn } from "#lib/model/dn.ts";
import { childDn } from "#lib/model/dn.ts";

/** What the directory tells about itself and its containers. */
export function describing(bench: Bench): void {
  describe("what it tells", () => {
    test("the forest, the domain and the domain controller", async () => {
      expect(await bench.directory.describe()).toMatchObject({
        server: bench.subject.credentials.server,
        account: bench.subject.credentials.account,
        forest: "contoso.test",
        domain: "contoso.test",
        baseDn: "DC=contoso,DC=test",
        domainController: expect.stringMatching(/^dc1\.contoso\.test$/i),
        externalDirectoryObjectId: true,
      });
    });

    test("the domain first, which is not itself a target", async () => {
      const [domain, ...others] = await bench.directory.units();
      expect(domain).toMatchObject({ kind: "domain", name: "contoso.test", hasChildren: true });
      expect(domain?.refusal).toMatch(/Choose an OU/);
      expect(others).toEqual([]);
    });

    test("the units below the domain, sorted, the system's own refused with the reason", async () => {
      const units = await bench.directory.units("DC=contoso,DC=test" as Dn);
      const names = units.map(({ name }) => name);
      expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "en", { sensitivity: "base" })));
      const byName = new Map(units.map((unit) => [unit.name, unit]));
      for (const name of ["Builtin", "Computers", "Domain Controllers", "System", "Users"]) {
        expect(byName.get(name)?.refusal, name).toEqual(expect.any(String));
      }
      expect(byName.get("Contract")).toMatchObject({
        kind: "organizationalUnit",
        hasChildren: true,
        refusal: null,
      });
    });

    test("units of every name, and which of them hold others", async () => {
      const units = await bench.directory.units(bench.root);
      expect(units.map(({ name, hasChildren }) => [name, hasChildren])).toEqual([
        ["Elsewhere", false],
        ["Groups", true],
        ["People", false],
        ["Plain container", false],
      ]);
      expect(units.at(-1)).toMatchObject({ kind: "container", refusal: expect.stringMatching(/not an OU/) });
      expect((await bench.directory.units(bench.target)).map(({ name }) => name)).toEqual(["Inner, OU"]);
      await expectFailure(
        bench.directory.units(childDn("OU", "Nowhere", bench.target)),
        "E4006",
        /no such container/,
      );
    });

    test("whether a container can be the target", async () => {
      await bench.directory.checkTarget(bench.target);
      await bench.directory.checkTarget(childDn("OU", "Inner, OU", bench.target));
      const domain = "DC=contoso,DC=test" as Dn;
      await expectFailure(
        bench.directory.checkTarget(childDn("OU", "Gone", domain)),
        "E4006",
        /does not exist/,
      );
      await expectFailure(bench.directory.checkTarget(domain), "E4011", /top of the domain/);
      await expectFailure(
        bench.directory.checkTarget("OU=X,DC=other,DC=test" as Dn),
        "E4011",
        /another domain/,
      );
      for (const name of ["Users", "Builtin", "System", "Computers"]) {
        await expectFailure(bench.directory.checkTarget(childDn("CN", name, domain)), "E4011", /CN=/);
      }
      const policies = childDn("CN", "Policies", childDn("CN", "System", domain));
      await expectFailure(bench.directory.checkTarget(policies), "E4011", /It lies in CN=System/);
      await expectFailure(
        bench.directory.checkTarget(childDn("OU", "Domain Controllers", domain)),
        "E4011",
        /domain controllers/,
      );
      await expectFailure(
        bench.directory.checkTarget(childDn("CN", "Plain container", bench.root)),
        "E4011",
        /not an OU/,
      );
    });
  });
}
