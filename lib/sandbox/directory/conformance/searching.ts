import { beforeAll, describe, expect, test } from "vitest";
import { type Bench, readOne, unit, universal } from "./bench.ts";
import { base } from "./directories.ts";

/** Filters, scopes, pages, the schema and the partitions. */
export function searching(bench: Bench): void {
  describe("searches", () => {
    beforeAll(async () => {
      await bench.client.add(`OU=Search,${unit}`, { objectClass: "organizationalUnit" });
      await bench.client.add(`OU=Below,OU=Search,${unit}`, { objectClass: "organizationalUnit" });
      await Promise.all(
        Array.from({ length: 25 }, (_, index) =>
          bench.client.add(
            `CN=Search ${String(index).padStart(2, "0")},OU=${index < 20 ? "Below,OU=" : ""}Search,${unit}`,
            {
              objectClass: "group",
              sAMAccountName: `search-${index}`,
              groupType: index % 2 === 0 ? universal : "2",
              description: index < 3 ? "Few (of them) * here" : "Many",
              adminDescription: `Group_${index}`,
            },
          ),
        ),
      );
    });

    test.each([
      ["(objectClass=group)", 25],
      ["(objectCategory=group)", 25],
      ["(objectClass=*)", 27],
      ["(objectCategory=organizationalUnit)", 2],
      ["(&(objectClass=group)(description=few \\28OF them\\29 \\2a here))", 3],
      ["(description=few*here)", 3],
      ["(description=*them*)", 3],
      ["(!(description=Many))", 5],
      ["(|(cn=Search 03)(cn=search 04)(cn=none))", 2],
      ["(adminDescription=Group_7)", 1],
      ["(adminDescription=Group_*)", 25],
      ["(sAMAccountName=SEARCH-7)", 1],
      ["(groupType=-2147483640)", 13],
      ["(groupType:1.2.840.113556.1.4.803:=2147483648)", 13],
      ["(groupType:1.2.840.113556.1.4.804:=2)", 12],
      ["(&(groupType:1.2.840.113556.1.4.803:=8)(cn>=Search 20))", 3],
      ["(cn<=Search 04)", 5],
      ["(member=*)", 0],
      ["(nonsense=x)", 0],
      // AD: an unknown attribute is undefined, and so is its negation (RFC 4511, 4.5.1.7).
      ["(!(nonsense=x))", bench.kind === "samba" ? 27 : 0],
      ["(uSNChanged>=1)", 27],
      [`(distinguishedName=OU=Search,${unit})`, 1],
    ])("%s", async (filter, count) => {
      const { searchEntries } = await bench.client.search(`OU=Search,${unit}`, {
        filter,
        attributes: ["cn"],
      });
      expect(searchEntries).toHaveLength(count);
    });

    test("by scope", async () => {
      const count = async (scope: "base" | "one" | "sub") =>
        (await bench.client.search(`OU=Search,${unit}`, { scope })).searchEntries.length;
      expect([await count("base"), await count("one"), await count("sub")]).toEqual([1, 6, 27]);
    });

    test("page by page", async () => {
      const seen: string[] = [];
      const sizes: number[] = [];
      for await (const page of bench.client.searchPaginated(`OU=Search,${unit}`, {
        filter: "(objectClass=group)",
        paged: { pageSize: 10 },
      })) {
        sizes.push(page.searchEntries.length);
        seen.push(...page.searchEntries.map((entry) => entry.dn));
      }
      expect(sizes).toEqual([10, 10, 5]);
      expect(new Set(seen).size).toBe(25);
    });

    test("the domain without its other partitions, and refers to them", async () => {
      const { searchEntries, searchReferences } = await bench.client.search(base, {
        filter: "(objectClass=configuration)",
      });
      expect(searchEntries).toEqual([]);
      expect(searchReferences.join()).toMatch(/\/CN=Configuration,DC=contoso,DC=test/);
    });

    test("the schema for an attribute", async () => {
      const find = async (name: string) => {
        const options = { scope: "one" as const, filter: `(lDAPDisplayName=${name})` };
        return (await bench.client.search(`CN=Schema,CN=Configuration,${base}`, options)).searchEntries;
      };
      expect(await find("msDS-ExternalDirectoryObjectId")).toMatchObject([
        { isSingleValued: "TRUE", rangeUpper: "256", searchFlags: "9" },
      ]);
      expect(await find("msExchRecipientTypeDetails")).toEqual([]);
    });

    test("the partitions", async () => {
      const options = {
        filter: "(&(objectClass=crossRef)(nETBIOSName=*))",
        attributes: ["nCName", "nETBIOSName", "dnsRoot"],
      };
      const { searchEntries } = await bench.client.search(`CN=Partitions,CN=Configuration,${base}`, options);
      expect(searchEntries).toMatchObject([
        { nCName: base, nETBIOSName: "CONTOSO", dnsRoot: "contoso.test" },
      ]);
    });

    test.each([
      ["Domain Admins", "1"],
      ["Administrator", "1"],
      ["Domain Users", undefined],
    ])("well-known %s", async (name, adminCount) => {
      const entry = await readOne(bench.client, `CN=${name},CN=Users,${base}`);
      expect(entry.isCriticalSystemObject).toBe("TRUE");
      expect(entry.adminCount).toBe(adminCount);
    });

    test("compares", async () => {
      const dn = `CN=Search 07,OU=Below,OU=Search,${unit}`;
      expect(await bench.client.compare(dn, "description", "MANY")).toBe(true);
      expect(await bench.client.compare(dn, "description", "few")).toBe(false);
    });
  });
}
