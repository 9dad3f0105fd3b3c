import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dn } from "#lib/model/dn.ts";
import { nameOf, parentDn } from "#lib/model/dn.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import {
  checkNamingPattern,
  commonName,
  duplicateNames,
  groupDn,
  type NamingRule,
  samAccountName,
} from "#lib/plan/naming.ts";

const id = "3a5c3221-c465-48c0-95b8-e9305786a271" as ObjectId;
const target = "OU=Cloud,DC=contoso,DC=com" as Dn;
const rule = (naming: NamingRule["naming"], namingPattern = "{displayName} ({shortId})") => ({
  naming,
  namingPattern,
});
const displayNames = fc.oneof(fc.string({ unit: "binary", maxLength: 120 }), fc.string({ maxLength: 120 }));

describe("a group's name", () => {
  // The two examples of the article "Enable Microsoft Entra Connect group writeback".
  test("is Group_ and the object id by default", () => {
    expect(groupDn(rule("objectId"), { id, displayName: "Administrators" }, target)).toBe(
      "CN=Group_3a5c3221-c465-48c0-95b8-e9305786a271,OU=Cloud,DC=contoso,DC=com",
    );
  });
  test("is the display name and the end of the object id when chosen", () => {
    expect(groupDn(rule("displayName"), { id, displayName: "Administrators" }, target)).toBe(
      "CN=Administrators_e9305786a271,OU=Cloud,DC=contoso,DC=com",
    );
  });

  test.each([
    ["  Sales  ", "Sales_e9305786a271"],
    ["", "_e9305786a271"],
    ["x".repeat(80), `${"x".repeat(51)}_e9305786a271`],
    [`${"x".repeat(50)} y`, `${"x".repeat(50)}_e9305786a271`],
    [`${"x".repeat(50)}😀`, `${"x".repeat(50)}_e9305786a271`],
    ["a\u0000b\nc", "a b c_e9305786a271"],
    ["צוות מכירות", "צוות מכירות_e9305786a271"],
  ])("%j becomes %j", (displayName, expected) => {
    expect(commonName(rule("displayName"), { id, displayName })).toBe(expected);
  });

  test("fits AD's limits and survives the DN, whatever the display name", () => {
    fc.assert(
      fc.property(
        displayNames,
        fc.constantFrom("objectId" as const, "displayName" as const, "pattern" as const),
        (displayName, naming) => {
          const name = commonName(rule(naming), { id, displayName });
          expect(name.length).toBeLessThanOrEqual(64);
          expect(name.isWellFormed()).toBe(true);
          const dn = groupDn(rule(naming), { id, displayName }, target);
          expect(nameOf(dn)).toBe(name);
          expect(parentDn(dn)).toBe(target);
          expect(samAccountName(rule(naming), { id, displayName })).toMatch(/^[^"/\\[\]:;|=,+*?<>@]+[^.]$/);
        },
      ),
    );
  });

  test.each([
    ["{displayName}", "Sales", "Sales"],
    ["GRP {mailNickname} {shortId}", "Sales", "GRP sales e9305786a271"],
    ["{displayName}", " # , ", "# ,"],
    ["{displayName}", "   ", `Group_${id}`],
    [
      `${"x".repeat(30)} {displayName} {shortId}`,
      "y".repeat(60),
      `${"x".repeat(30)} ${"y".repeat(20)} e9305786a271`,
    ],
  ])("by the pattern %s of %j is %j", (pattern, displayName, expected) => {
    const group = { id, displayName, mailNickname: "sales" };
    expect(commonName(rule("pattern", pattern), group)).toBe(expected);
    expect(samAccountName(rule("pattern", pattern), group)).toContain("e9305786a271");
  });

  test.each(["{name}", "Group", "{}"])("by the pattern %s is refused", (pattern) => {
    expect(() => checkNamingPattern(pattern)).toThrow(expect.objectContaining({ code: "E5010" }));
  });

  test("that two groups would share is found, whatever its case", () => {
    const other = "4b6d4332-d576-49d1-a6c9-fa416897b382" as ObjectId;
    const dns = ["CN=Sales,OU=x", "CN=SALES,OU=X"].map((dn, index) => ({
      id: index === 0 ? id : other,
      dn: dn as Dn,
    }));
    expect([...duplicateNames(dns).values()]).toEqual([[id, other]]);
    expect(duplicateNames(dns.slice(1)).size).toBe(0);
  });
});
