import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { powershellLiteral } from "#lib/plan/document/powershell-literal.ts";
import { everyKind, nasty, nastyTexts, recordedAs, written } from "#lib/plan/document/sample.ts";

/** What PowerShell's tokenizer takes for an apostrophe, and for the end of a line. */
const quotes = "'‘’‚‛";
const lineEnds = "\r\n";

type Script = {
  /** The text outside of literals, each of which is a □, without comments. */
  readonly code: string;
  /** The values of the literals in single quotes. */
  readonly literals: readonly string[];
  readonly comments: readonly string[];
};

/** Splits a script as PowerShell's tokenizer does, as far as the documents use its language. */
function tokenize(script: string): Script {
  let code = "";
  const literals: string[] = [];
  const comments: string[] = [];
  for (let at = 0; at < script.length; at++) {
    const character = script[at] ?? "";
    if (quotes.includes(character)) {
      let value = "";
      for (at++; ; at++) {
        const next = script[at];
        if (next === undefined) throw new Error(`the literal ${value} has no end`);
        if (!quotes.includes(next)) value += next;
        else if (quotes.includes(script[at + 1] || "x")) value += script[++at];
        else break;
      }
      literals.push(value);
      code += "□";
    } else if (character === "#") {
      const begin = at;
      while (at < script.length && !lineEnds.includes(script[at] ?? "")) at++;
      comments.push(script.slice(begin, at));
      code += script[at] ?? "";
    } else if (character === '"') {
      const begin = at;
      for (at++; script[at] !== '"'; at++) if (at >= script.length) throw new Error("no closing quote");
      code += script.slice(begin, at + 1);
    } else code += character;
  }
  return { code, literals, comments };
}

const joined = /\(□(?: \+ (?:□|\[char\]0x[0-9a-f]{1,4}))+\)/g;

/** The value of an expression that is made of literals and characters by number. */
function textOf(expression: string): string {
  const { code, literals } = tokenize(expression);
  const rest = [...literals];
  return code
    .replace(/^\(|\)$/g, "")
    .split(" + ")
    .map((part) => (part === "□" ? rest.shift() : String.fromCharCode(Number(part.replace("[char]", "")))))
    .join("");
}

describe("a text in a script", () => {
  test.each([
    ["Sales", "'Sales'"],
    ["", "''"],
    ["O'Brien", "'O''Brien'"],
    ["a‘’b", "'a‘‘’’b'"],
    ['$(calc) `n "x"', "'$(calc) `n \"x\"'"],
    ["a\nb", "('a' + [char]0xa + 'b')"],
    ["\u202Ea", "('' + [char]0x202e + 'a')"],
  ])("%j is %s", (text, expression) => expect(powershellLiteral(text)).toBe(expression));

  test("has its own value, on one line, whatever it is", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const expression = powershellLiteral(text);
        expect(expression).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
        expect(tokenize(expression).code).toMatch(/^(?:□|\(□(?: \+ (?:□|\[char\]0x[0-9a-f]{1,4}))+\))$/);
        expect(textOf(expression)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a plan as a PowerShell script", () => {
  const plain = Array(9).fill("x");

  test("is the same program whatever the texts are", async () => {
    const expected = tokenize(await written("powershell", recordedAs(everyKind(plain))));
    await fc.assert(
      fc.asyncProperty(nastyTexts, async (texts) => {
        const script = await written("powershell", recordedAs(everyKind(texts)));
        const { code, comments } = tokenize(script);
        expect(code.replace(joined, "□")).toBe(expected.code);
        expect(comments).toHaveLength(expected.comments.length);
        expect(script.replaceAll("\r\n", "")).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });

  test("makes the changes in the order of an export, with what Windows PowerShell 5.1 needs", async () => {
    const script = await written("powershell", recordedAs(everyKind(["Sales", "Because.", ...plain])));
    expect(script).toMatch(/^\uFEFF#Requires -Version 5\.1\r\n#Requires -Modules ActiveDirectory\r\n/);
    expect(script).toContain("[CmdletBinding(SupportsShouldProcess)]\r\nparam(");
    expect(script).toContain("$ErrorActionPreference = 'Stop'");
    expect(script.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const blocks = script.split("\r\n\r\n").slice(2);
    expect(blocks.map((block) => /'([^']*)'\)\) \{/.exec(block)?.[1])).toEqual([
      "Create",
      "Create",
      "Update",
      "Rename",
      "Move",
      "Add members to",
      "Remove members from",
      "Delete",
    ]);
    expect(blocks[0]?.split("\r\n")).toEqual([
      "# Create “Sales”, cloud group 3a5c3221-c465-48c0-95b8-e9305786a271: CN=old x,OU=Cloud,DC=contoso,DC=com",
      "# Because.",
      "if ($PSCmdlet.ShouldProcess('Sales', 'Create')) {",
      "    New-ADGroup -Server $Server -Name 'old x' -Path 'OU=Cloud,DC=contoso,DC=com' -GroupScope Universal -GroupCategory Security -SamAccountName 'x' -OtherAttributes @{ 'displayName' = 'Sales'; 'proxyAddresses' = @('x', 'x') }",
      "}",
    ]);
    expect(blocks[2]).toContain(
      "Set-ADGroup -Server $Server -Identity '11111111-2222-4333-8444-555555555555' -Replace @{ 'displayName' = 'x'; 'groupType' = [int]-2147483640 } -Clear 'description'",
    );
    expect(blocks[3]).toMatch(/^ {4}Rename-ADObject .* -NewName 'new x'\r$/m);
    expect(blocks[3]).not.toContain("Move-ADObject");
    expect(blocks[4]).toMatch(/Move-ADObject .* -TargetPath 'OU=xx,OU=Cloud,.*\r\n.*Rename-ADObject/);
    expect(blocks[7]).toContain(
      "Remove-ADGroup -Server $Server -Identity '11111111-2222-4333-8444-555555555555' -Confirm:$false",
    );
  });

  test("names members so that AD finds them, and groups by their new DNs", async () => {
    const script = await written("powershell", recordedAs(everyKind(plain.with(6, "a(*)\\b@x"))));
    const add = script.split("\r\n\r\n").find((block) => block.includes("'Add members to'"));
    expect(add?.split("\r\n").slice(3)).toEqual([
      "    [string[]] $members = @(",
      "        '<SID=S-1-5-21-1-2-3-1104>' # x",
      "        '<GUID=11111111-2222-4333-8444-555555555555>' # x",
      "        (Find-One '(&(objectClass=group)(adminDescription=Group_4b6d4332-d576-49d1-a6c9-fa416897b382))') # x",
      "        (Find-One '(&(objectClass=contact)(mail=a\\28\\2a\\29\\5cb@x))') # x",
      "    )",
      "    Set-ADGroup -Server $Server -Identity 'CN=new x,OU=xx,OU=Cloud,DC=contoso,DC=com' -Add @{ 'member' = $members }",
      "}",
    ]);
  });

  test("brings a group back from the Recycle Bin before it makes a new one, and gives it its members anew", async () => {
    const [, create, , , , addMembers] = everyKind(plain);
    if (create?.kind !== "create" || addMembers?.kind !== "addMembers") throw new Error("another sample");
    const anchored = { ...addMembers, anchor: create.anchor };
    const script = await written("powershell", recordedAs([create, anchored, anchored]));
    expect(script.indexOf("Restore-ADObject")).toBeGreaterThan(0);
    expect(script.indexOf("New-ADGroup")).toBeGreaterThan(script.indexOf("Restore-ADObject"));
    expect(script.match(/-Clear 'member'/g)).toHaveLength(1);
    expect(script.indexOf("-Clear 'member'")).toBeLessThan(script.indexOf("-Add @{"));
  });

  test("leaves out what was applied", async () => {
    const recorded = recordedAs(everyKind(plain), "applied");
    expect(tokenize(await written("powershell", recorded)).code).not.toContain("ShouldProcess(");
  });
});
