import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anchor, everyKind, guid, nastyTexts, recordedAs, sid, written } from "#lib/plan/document/sample.ts";

/** RFC 4180, read character by character. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "," || character === "\r") {
      row.push(cell);
      cell = "";
      if (character === "\r") {
        expect(text[++at]).toBe("\n");
        rows.push(row);
        row = [];
      }
    } else throw new Error(`${JSON.stringify(character)} outside of quotes`);
  }
  expect([quoted, row]).toEqual([false, []]);
  return rows;
}

const dangerous = /^[=+\-@\t\r\n＝＋－＠]/;

describe("a plan as CSV", () => {
  test("has one row for each value and membership", async () => {
    const texts = ["Sales", "Because.", "A", "B", "v", "Ana, “A”", "c@contoso.com", "X", "sales"];
    const text = await written("csv", recordedAs(everyKind(texts), "applied"));
    expect(text.startsWith("\uFEFF")).toBe(true);
    const [head, ...rows] = readCsv(text.slice(1));
    expect(head).toEqual([
      "change",
      "group",
      "cloud object id",
      "DN",
      "attribute",
      "before",
      "after",
      "reason",
      "state",
    ]);
    const old = "CN=old A,OU=Cloud,DC=contoso,DC=com";
    const row = (kind: string, ...edit: string[]) => [
      kind,
      "Sales",
      anchor,
      old,
      ...edit,
      "Because.",
      "applied",
    ];
    expect(rows.filter(([kind]) => kind === "update")).toEqual([
      row("update", "displayName", "A", "v"),
      row("update", "description", "v", ""),
      row("update", "groupType", "8", "-2147483640"),
    ]);
    expect(rows.filter(([kind]) => kind === "rename")).toEqual([
      row("rename", "distinguishedName", old, "CN=new B,OU=Cloud,DC=contoso,DC=com"),
    ]);
    expect(rows.filter(([kind]) => kind === "addMembers")).toEqual([
      row("addMembers", "member", "", `Ana, “A” (${sid})`),
      row("addMembers", "member", "", `Ana, “A” (${guid})`),
      row("addMembers", "member", "", "Ana, “A” (Group_4b6d4332-d576-49d1-a6c9-fa416897b382)"),
      row("addMembers", "member", "", expect.stringContaining("c@contoso.com")),
    ]);
    expect(
      rows.find(([kind, , , , name]) => kind === "create" && name === "proxyAddresses")?.slice(5, 7),
    ).toEqual(["", "v\nc@contoso.com"]);
    expect(rows.filter(([kind]) => kind === "delete").map(([, , , , name]) => name)).toEqual([
      "distinguishedName",
      "sAMAccountName",
      "groupType",
      "displayName",
      "proxyAddresses",
      ...Array(4).fill("member"),
    ]);
  });

  test("reads back whatever the texts, and no cell is a formula", async () => {
    await fc.assert(
      fc.asyncProperty(nastyTexts, async (texts) => {
        const changes = everyKind(texts);
        const rows = readCsv((await written("csv", recordedAs(changes))).slice(1)).slice(1);
        for (const cell of rows.flat()) if (!/^-\d+$/.test(cell)) expect(cell).not.toMatch(dangerous);
        const shown = (text: string) => (dangerous.test(text) && !/^-\d+$/.test(text) ? `'${text}` : text);
        const updates = changes.flatMap((change) => (change.kind === "update" ? change.edits : []));
        expect(rows.filter(([kind]) => kind === "update")).toEqual(
          updates.map(({ attribute, before, after }) => [
            "update",
            shown(changes[0]?.name ?? ""),
            anchor,
            expect.any(String),
            attribute,
            shown(before.join("\n")),
            shown(after.join("\n")),
            shown(changes[0]?.reason ?? ""),
            "planned",
          ]),
        );
        expect(rows).toHaveLength(5 + 5 + 3 + 1 + 1 + 4 + 4 + 9);
      }),
    );
  });
});
