import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Refusal } from "../refusal.ts";
import { type Dn, formatDn, parseDn, rdnKey } from "./dn.ts";
import { guidBytes, guidText, newGuid, parseGuid } from "./guid.ts";
import { parseReference } from "./reference.ts";
import { parseSid, sidBytes, sidText } from "./sid.ts";

const values = (dn: string) => parseDn(dn).map(({ value }) => value);
const key = (dn: Dn) => dn.map(rdnKey).join(",");

describe("a DN", () => {
  // RFC 4514, 4, as far as AD knows such names (it has no RDNs of several attributes).
  test.each([
    ["UID=jsmith,DC=example,DC=net", ["jsmith", "example", "net"]],
    ['CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net', ['James "Jim" Smith, III', "example", "net"]],
    ["CN=Before\\0dAfter,DC=example,DC=net", ["Before\rAfter", "example", "net"]],
    ["1.3.6.1.4.1.1466.0=#04024869", ["Hi"]],
    ["CN=Lu\\C4\\8Di\\C4\\87", ["Lučić"]],
    ["cn = x , ou = y", ["x", "y"]],
    ['CN="Quoted, with; all",DC=net', ["Quoted, with; all", "net"]],
    ["CN=\\ space\\ ,DC=net", [" space ", "net"]],
    ["CN=ends with backslash\\\\,DC=net", ["ends with backslash\\", "net"]],
    ["CN=a=b,DC=net", ["a=b", "net"]],
    ["CN=👥 team,DC=net", ["👥 team", "net"]],
    ["", []],
  ])("%s", (text, expected) => expect(values(text)).toEqual(expected));

  test.each([
    "nonsense",
    "CN",
    "CN=",
    "CN=x,",
    ",CN=x",
    "CN=a+OU=b",
    "CN=x\\",
    'CN="x',
    'CN=a"b',
    "CN=<x>",
    "=x",
  ])("not %j", (text) => expect(() => parseDn(text)).toThrow(Refusal));

  test("says the same when it is written and read again", () => {
    const rdn = fc.record({
      type: fc.constantFrom("CN", "OU", "DC"),
      value: fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }),
    });
    fc.assert(
      fc.property(fc.array(rdn, { maxLength: 4 }), (dn) => {
        expect(parseDn(formatDn(dn))).toEqual(dn);
      }),
      { numRuns: 2000 },
    );
  });

  test("parses or is refused, whatever is written", () => {
    const piece = fc.constantFrom(
      "CN=",
      "OU=",
      ",",
      "\\",
      '"',
      "#",
      " ",
      "+",
      ";",
      "<",
      "=",
      "x",
      "é",
      "\\2C",
      "\\,",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          parseDn(pieces.join(""));
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });

  test("is compared without case, accents, width and kind of kana", () => {
    const same = ["CN=Zoë Ltd,DC=Net", "cn=ZOE LTD,dc=net", "cn=Ｚｏｅ Ltd,dc=NET"];
    expect(new Set(same.map((text) => key(parseDn(text)))).size).toBe(1);
    expect(key(parseDn("CN=カナ"))).toBe(key(parseDn("CN=かな")));
    expect(key(parseDn("CN=a"))).not.toBe(key(parseDn("CN=b")));
    expect(key(parseDn("CN=a b"))).not.toBe(key(parseDn("CN=ab")));
  });
});

test("GUIDs and SIDs keep their value in bytes", () => {
  const guid = newGuid();
  expect(guidText(guidBytes(guid))).toBe(guid);
  expect(guidBytes("00112233-4455-6677-8899-aabbccddeeff").toString("hex")).toBe(
    "33221100554477668899aabbccddeeff",
  );
  expect(parseGuid("33221100554477668899aabbccddeeff")).toBe("00112233-4455-6677-8899-aabbccddeeff");
  const sid = "S-1-5-21-3151444288-961767833-654173452-1105";
  expect(sidText(sidBytes(sid))).toBe(sid);
  expect(parseSid(sidBytes(sid).toString("hex"))).toBe(sid);
  expect(parseSid("S-1-5-21-99999999999")).toBeUndefined();
});

test("an entry is named by DN, GUID, SID or well-known GUID", () => {
  expect(parseReference("<GUID=00112233-4455-6677-8899-aabbccddeeff>;<SID=S-1-5-32-544>;CN=x").kind).toBe(
    "guid",
  );
  expect(parseReference("<sid=S-1-5-32-544>")).toEqual({ kind: "sid", sid: "S-1-5-32-544" });
  expect(parseReference("<WKGUID=a9d1ca15768811d1aded00c04fd8d5cd,DC=contoso,DC=test>").kind).toBe(
    "wellKnown",
  );
  expect(parseReference("CN=x").kind).toBe("dn");
  expect(() => parseReference("<GUID=nonsense>")).toThrow(Refusal);
});
