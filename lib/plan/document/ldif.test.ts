import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dn } from "#lib/model/dn.ts";
import { nameOf, parentDn, rdns } from "#lib/model/dn.ts";
import type { Change } from "#lib/model/plan.ts";
import { ldifLine } from "#lib/plan/document/ldif-line.ts";
import {
  everyKind,
  guid,
  nasty,
  nastyTexts,
  nested,
  recordedAs,
  sid,
  target,
  written,
} from "#lib/plan/document/sample.ts";

type Line = readonly [name: string, value: string];

/** RFC 2849 with its own eyes: comments go, lines are unfolded, values decoded. A record is its lines. */
function readLdif(text: string): Line[][] {
  const [version, ...lines] = text.split("\n");
  expect(version).toBe("version: 1");
  const records: Line[][] = [[]];
  const logical = lines
    .filter((line) => !line.startsWith("#"))
    .join("\n")
    .replace(/\n /g, "")
    .split("\n");
  for (const line of logical) {
    if (line === "") records.push([]);
    else if (line === "-") records.at(-1)?.push(["-", ""]);
    else {
      const [, name = "", colons = "", value = ""] = /^([A-Za-z0-9-]+)(::?) (.*)$|$/.exec(line) ?? [];
      const bytes = Uint8Array.from(atob(colons === "::" ? value : ""), (character) =>
        character.charCodeAt(0),
      );
      const decoded = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      records.at(-1)?.push([name, colons === "::" ? decoded : value]);
    }
  }
  return records.filter((record) => record.length > 0);
}

/** The record that a change should be, its group and the nested one being at these DNs by then. */
function expected(change: Change, placed: Dn, inner: Dn): Line[] {
  const byGuid = (type: string): Line[] => [
    ["dn", `<GUID=${guid}>`],
    ["changetype", type],
  ];
  switch (change.kind) {
    case "create":
      return [
        ["dn", change.dn],
        ["changetype", "add"],
        ["objectClass", "top"],
        ["objectClass", "group"],
        ...Object.entries(change.attributes).flatMap(([name, values]) =>
          values.map((value): Line => [name, value]),
        ),
      ];
    case "update":
      return [
        ...byGuid("modify"),
        ...change.edits.flatMap(({ attribute, after }): Line[] => [
          ["replace", attribute],
          ...after.map((value): Line => [attribute, value]),
          ["-", ""],
        ]),
      ];
    case "rename":
    case "move": {
      const newrdn = change.after.slice(0, -(parentDn(change.after) ?? "").length - 1);
      expect(rdns(newrdn)?.[0]?.value).toBe(nameOf(change.after));
      const superior: Line = ["newsuperior", parentDn(change.after) ?? ""];
      return [...byGuid("modrdn"), ["newrdn", newrdn], ["deleteoldrdn", "1"], superior];
    }
    case "addMembers":
    case "removeMembers": {
      const values = [`<SID=${sid}>`, `<GUID=${guid}>`, inner];
      return [
        ["dn", placed],
        ["changetype", "modify"],
        [change.kind === "addMembers" ? "add" : "delete", "member"],
        ...values.map((value): Line => ["member", value]),
        ["-", ""],
      ];
    }
    case "delete":
      return byGuid("delete");
  }
}

describe("a line of LDIF", () => {
  test.each([
    ["Sales", "description: Sales\n"],
    ["", "description: \n"],
    [" x", "description:: IHg=\n"],
    ["x ", "description:: eCA=\n"],
    [":x", "description:: Ong=\n"],
    ["<x", "description:: PHg=\n"],
    ["a\nb", "description:: YQpi\n"],
    ["ž", "description:: xb4=\n"],
    ["x".repeat(150), `description: ${"x".repeat(63)}\n ${"x".repeat(75)}\n ${"x".repeat(12)}\n`],
  ])("with %j", (value, line) => expect(ldifLine("description", value)).toBe(line));

  test("holds any value in lines of 76 ASCII characters", () => {
    fc.assert(
      fc.property(nasty, (value) => {
        const line = ldifLine("description", value);
        expect(line).toMatch(/^(?:[ -~]{1,76}\n)+$/);
        expect(readLdif(`version: 1\n${line}`)).toEqual([[["description", value]]]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a plan as LDIF", () => {
  test("is read back as its changes, whatever their texts", async () => {
    await fc.assert(
      fc.asyncProperty(nastyTexts, async (texts) => {
        const changes = everyKind(texts);
        const [, inner, , , move] = changes;
        if (inner?.kind !== "create" || move?.kind !== "move") throw new Error("another sample");
        const text = await written("ldif", recordedAs(changes));
        expect(readLdif(text)).toEqual(changes.map((change) => expected(change, move.after, inner.dn)));
        const long = text.split("\n").filter((line) => line.length > 76);
        expect(long.filter((line) => !line.startsWith("#"))).toEqual([]);
      }),
    );
  });

  test("goes in the order of an export, whatever the order of the plan", async () => {
    const changes = everyKind(Array(9).fill("x")).toReversed();
    const records = readLdif(await written("ldif", recordedAs(changes)));
    expect(records.map((record) => record[1]?.[1])).toEqual([
      "modrdn",
      "modrdn",
      "modify",
      "add",
      "add",
      "modify",
      "modify",
      "delete",
    ]);
  });

  test("tells who is to be added by hand, and asks for the DN of a group that the plan does not name", async () => {
    const all = everyKind(Array(9).fill("x"));
    const changes = all.filter(({ kind }) => kind === "addMembers");
    const unknown = await written("ldif", recordedAs(changes));
    expect(unknown.match(/^# To be done by hand.*$/gm)).toEqual([
      "# To be done by hand, since its DN is not known here: x",
      "# To be done by hand, since its DN is not known here: x, mail x",
    ]);
    const members = (text: string) =>
      readLdif(text)[0]
        ?.filter(([name]) => name === "member")
        .map(([, dn]) => dn);
    expect(members(unknown)).toEqual([`<SID=${sid}>`, `<GUID=${guid}>`]);
    const asked = await written("ldif", recordedAs(changes), (anchor) =>
      anchor === nested ? target : undefined,
    );
    expect(members(asked)).toEqual([`<SID=${sid}>`, `<GUID=${guid}>`, target]);
  });

  test("leaves out what was applied, and names its groups by the names that they have since", async () => {
    const changes = everyKind(Array(9).fill("x"));
    const recorded = recordedAs(changes).map((change) =>
      change.change.kind === "addMembers" ? change : { ...change, state: "applied" as const },
    );
    const [record, ...others] = readLdif(await written("ldif", recorded));
    expect(others).toEqual([]);
    expect(record?.[0]).toEqual(["dn", "CN=new x,OU=xx,OU=Cloud,DC=contoso,DC=com"]);
  });

  test("says what it does and why, each on one line", async () => {
    const text = await written(
      "ldif",
      recordedAs(everyKind(["Sa\nles", "Be\r\ncause.", ...Array(7).fill("x")])),
    );
    expect(text).toContain(
      "\n# Create “Sa les”, cloud group 3a5c3221-c465-48c0-95b8-e9305786a271: CN=old x,OU=Cloud,DC=contoso,DC=com\n# Be cause.\n",
    );
    expect(text).toContain("by Ana Kovač.\n");
  });
});
