import fc from "fast-check";
import { BerReader, BerWriter, type Filter, FilterParser } from "ldapts";
import { describe, expect, test } from "vitest";
import { guidBytes, sidBytes } from "#lib/directory/binary.ts";
import { readExtendedDn } from "#lib/directory/extended-dn.ts";
import { all, any, equals, startsWith } from "#lib/directory/filter.ts";
import { windowOf } from "#lib/directory/members.ts";
import { renamingDn } from "#lib/directory/modify-dn.ts";
import { childDn, type Dn, nameOf, parentDn, parseDn } from "#lib/model/dn.ts";
import { type Guid, guidFromBytes, type Sid, sidFromBytes } from "#lib/model/identifier.ts";

const texts = fc.string({ unit: "binary", minLength: 1, maxLength: 80 });
const parent = "OU=Groups,DC=contoso,DC=test" as Dn;

function sent(filter: Filter): Buffer {
  const writer = new BerWriter();
  filter.write(writer);
  return writer.buffer;
}

describe("a filter", () => {
  test("carries every value unchanged, and nothing of it becomes syntax", () => {
    fc.assert(
      fc.property(texts, texts, (one, two) => {
        const filter = all(equals("cn", one), any(equals("cn", two), startsWith("description", one)));
        const bytes = sent(filter);
        // Read back by the syntax of RFC 4511, 4.5.1.7: [0] and, [1] or, [3] equality, [4] substrings.
        const reader = new BerReader(bytes);
        expect(reader.readSequence(0xa0)).toBe(0xa0);
        expect(reader.readSequence(0xa3)).toBe(0xa3);
        expect([reader.readString(), reader.readString()]).toEqual(["cn", one]);
        expect(reader.readSequence(0xa1)).toBe(0xa1);
        expect(reader.readSequence(0xa3)).toBe(0xa3);
        expect([reader.readString(), reader.readString()]).toEqual(["cn", two]);
        expect(reader.readSequence(0xa4)).toBe(0xa4);
        expect(reader.readString()).toBe("description");
        reader.readSequence();
        expect(reader.readString(0x80)).toBe(one);
        expect(reader.remain).toBe(0);
      }),
    );
  });

  test("is the same as the one of RFC 4515 that a person would write", () => {
    const written = sent(equals("cn", "Parens R Us (for all your parenthetical needs)*"));
    const text = "(cn=Parens R Us \\28for all your parenthetical needs\\29\\2a)";
    expect(written).toEqual(sent(FilterParser.parseString(text)));
  });

  test("does not start with nothing", () => {
    expect(() => startsWith("adminDescription", "")).toThrow(RangeError);
  });
});

describe("identifiers as bytes", () => {
  test("a GUID is read back", () => {
    fc.assert(fc.property(fc.uuid(), (guid) => guidFromBytes(guidBytes(guid as Guid)) === guid));
  });

  test("a SID is read back", () => {
    const part = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const sids = fc
      .tuple(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.array(part, { minLength: 1, maxLength: 15 }))
      .map(([authority, parts]) => ["S", 1, authority, ...parts].join("-") as Sid);
    fc.assert(fc.property(sids, (sid) => sidFromBytes(sidBytes(sid)) === sid));
  });

  // MS-DTYP 2.4.2.1 and 2.4.2.2: the well-known SID of BUILTIN\Administrators.
  test("the bytes are Windows's", () => {
    expect(sidBytes("S-1-5-32-544" as Sid).toString("hex")).toBe("01020000000000052000000020020000");
    expect(guidBytes("bf967a9c-0de6-11d0-a285-00aa003049e2" as Guid).toString("hex")).toBe(
      "9c7a96bfe60dd011a28500aa003049e2",
    );
  });
});

describe("the DN of a rename", () => {
  test("is split by ldapts after the name, whatever the name is", () => {
    fc.assert(
      fc.property(texts, (name) => {
        const dn = childDn("CN", name, parent);
        const renaming = renamingDn(dn);
        // What ldapts 9.2.0 does in Client.modifyDN.
        const split = renaming.search(/[^\\],/);
        expect(renaming.slice(split + 2)).toBe(parent);
        const rdn = renaming.slice(0, split + 1);
        expect(nameOf(`${rdn},${parent}` as Dn)).toBe(name);
        expect(parseDn(renaming)).toBe(dn);
        expect(parentDn(parseDn(renaming) as Dn)).toBe(parent);
      }),
    );
  });

  test("a name alone is no DN to move to", () => {
    expect(() => renamingDn("CN=alone" as Dn)).toThrow(RangeError);
  });
});

describe("an extended DN", () => {
  const guid = "98498610-5169-4f99-929b-2815414529cc";

  test("with and without a SID, with every character in the DN", () => {
    expect(readExtendedDn(`<GUID=${guid}>;<SID=S-1-5-21-1-2-3-512>;CN=a\\, b\\;c,DC=x`)).toEqual({
      guid,
      sid: "S-1-5-21-1-2-3-512",
      dn: "CN=a\\, b\\;c,DC=x",
    });
    expect(readExtendedDn(`<GUID=${guid.toUpperCase()}>;CN=contact,DC=x`)).toEqual({
      guid,
      sid: null,
      dn: "CN=contact,DC=x",
    });
  });

  test.each(["CN=x,DC=y", "<GUID=1>;CN=x", `<GUID=${guid}>;<SID=abc>;CN=x`, `<GUID=${guid}>;no dn`, ""])(
    "%j is an answer that is not understood",
    (text) => {
      expect(() => readExtendedDn(text)).toThrow(expect.objectContaining({ code: "E4012" }));
    },
  );
});

describe("a window of members", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `CN=${index}`);

  test.each([
    // AD cuts the list: it names the range that it gave, and `member` is there with no values.
    [{ dn: "", "member;range=0-1499": many(1500), member: [] }, 0, 1500, 1500],
    [{ dn: "", "member;range=1500-*": many(7), "member;range=1500-2999": [] }, 1500, 7, null],
    // Fewer than were asked for, though more follow: a domain controller with a lower limit.
    [{ dn: "", "member;range=0-999": many(1000), "member;range=0-1499": [] }, 0, 1000, 1000],
    [{ dn: "", "Member;Range=0-*": "CN=only" }, 0, 1, null],
    [{ dn: "", "member;range=0-1499": [] }, 0, 0, null],
    [{ dn: "", member: many(3) }, 0, 3, null],
    [{ dn: "", member: many(3) }, 1500, 0, null],
  ])("%#", (entry, start, count, next) => {
    const window = windowOf(entry, start);
    expect([window.members.length, window.next]).toEqual([count, next]);
  });
});
