import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dn } from "#lib/model/dn.ts";
import { nameOf, parentDn } from "#lib/model/dn.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import { commonName, groupDn, samAccountName } from "#lib/plan/naming.ts";

const id = "3a5c3221-c465-48c0-95b8-e9305786a271" as ObjectId;
const target = "OU=Cloud,DC=contoso,DC=com" as Dn;
const displayNames = fc.oneof(fc.string({ unit: "binary", maxLength: 120 }), fc.string({ maxLength: 120 }));

describe("a group's name", () => {
  // The two examples of the article "Enable Microsoft Entra Connect group writeback".
  test("is Group_ and the object id by default", () => {
    expect(groupDn("objectId", { id, displayName: "Administrators" }, target)).toBe(
      "CN=Group_3a5c3221-c465-48c0-95b8-e9305786a271,OU=Cloud,DC=contoso,DC=com",
    );
  });
  test("is the display name and the end of the object id when chosen", () => {
    expect(groupDn("displayName", { id, displayName: "Administrators" }, target)).toBe(
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
    expect(commonName("displayName", { id, displayName })).toBe(expected);
  });

  test("fits AD's limits and survives the DN, whatever the display name", () => {
    fc.assert(
      fc.property(
        displayNames,
        fc.constantFrom("objectId" as const, "displayName" as const),
        (displayName, naming) => {
          const name = commonName(naming, { id, displayName });
          expect(name.length).toBeLessThanOrEqual(64);
          expect(name.isWellFormed()).toBe(true);
          const dn = groupDn(naming, { id, displayName }, target);
          expect(nameOf(dn)).toBe(name);
          expect(parentDn(dn)).toBe(target);
          expect(samAccountName(naming, { id, displayName })).toMatch(/^[^"/\\[\]:;|=,+*?<>@]+[^.]$/);
        },
      ),
    );
  });
});
