import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  childDn,
  type Dn,
  dnKey,
  escapeRdnValue,
  isBelow,
  nameOf,
  parentDn,
  parseDn,
  rdns,
} from "#lib/model/dn.ts";

const domain = "DC=contoso,DC=com" as Dn;
const values = fc.string({ unit: "binary", minLength: 1, maxLength: 64 });

describe("a DN", () => {
  // RFC 4514, section 4, and the forms of section 2.4 that AD can hold.
  test.each([
    [
      "UID=jsmith,DC=example,DC=net",
      [
        ["UID", "jsmith"],
        ["DC", "example"],
        ["DC", "net"],
      ],
    ],
    [
      'CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net',
      [
        ["CN", 'James "Jim" Smith, III'],
        ["DC", "example"],
        ["DC", "net"],
      ],
    ],
    [
      "CN=Before\\0dAfter,DC=example,DC=net",
      [
        ["CN", "Before\rAfter"],
        ["DC", "example"],
        ["DC", "net"],
      ],
    ],
    ["CN=Lu\\C4\\8Di\\C4\\87", [["CN", "Lučić"]]],
    [
      "CN=\\#1\\ ,DC=x",
      [
        ["CN", "#1 "],
        ["DC", "x"],
      ],
    ],
    [
      "CN=a\\\\ , DC=x",
      [
        ["CN", "a\\"],
        ["DC", "x"],
      ],
    ],
    [
      "CN=a=b,DC=x",
      [
        ["CN", "a=b"],
        ["DC", "x"],
      ],
    ],
  ])("%s is read into its names and values", (text, expected) => {
    expect(rdns(text)?.map(({ type, value }) => [type, value])).toEqual(expected);
  });

  test.each([
    "",
    "CN",
    "CN=",
    "=x",
    "CN=a,,DC=x",
    "CN=a\\",
    "CN=a\\zz",
    'CN="a",DC=x',
    "CN=\\C4,DC=x",
    "1=x",
  ])("%j is refused", (text) => expect(parseDn(text)).toBeUndefined());

  test("any value survives escaping", () => {
    fc.assert(
      fc.property(values, (value) => {
        fc.pre(Buffer.from(value).toString() === value);
        const name = childDn("CN", value, domain);
        expect(rdns(name)?.[0]?.value).toBe(value);
        expect(parseDn(name)).toBe(name);
        expect(parentDn(name)).toBe(domain);
        expect(nameOf(name)).toBe(value);
        expect(isBelow(name, domain)).toBe(true);
      }),
    );
  });

  test("case and blanks after commas do not tell two DNs apart", () => {
    expect(dnKey("cn=Sales, OU=Groups,dc=contoso,dc=com")).toBe(
      dnKey("CN=SALES,ou=groups,DC=contoso,DC=com"),
    );
    expect(isBelow("CN=x,OU=Groups2,DC=contoso,DC=com", "OU=Groups,DC=contoso,DC=com")).toBe(false);
    expect(isBelow(domain, domain)).toBe(false);
    expect(escapeRdnValue(" a ")).toBe("\\ a\\ ");
  });
});
