import { dnKey, nameOf, parentDn } from "#lib/model/dn.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Change, PlannedMember } from "#lib/model/plan.ts";
import type { Run } from "#lib/model/run.ts";
import { anchorValue } from "#lib/plan/anchor.ts";
import { CurrentDns } from "#lib/plan/document/current-dns.ts";
import { type Changes, outstanding } from "#lib/plan/document/outstanding.ts";
import { newGroup, replacing } from "#lib/plan/document/powershell-group.ts";
import { powershellLiteral as literal } from "#lib/plan/document/powershell-literal.ts";
import { actions, explained, introduced, oneLine } from "#lib/plan/document/words.ts";

type Of<Kind extends Change["kind"]> = Extract<Change, { kind: Kind }>;

const required = ["#Requires -Version 5.1", "#Requires -Modules ActiveDirectory"];

/** Everything goes to one domain controller: another one would not know yet what was created. */
const beginning = [
  "[CmdletBinding(SupportsShouldProcess)]",
  "param(",
  "    # The domain controller that every change is made on.",
  "    [string] $Server = (Get-ADDomainController -Discover -Writable).HostName",
  ")",
  "Set-StrictMode -Version 2.0",
  "$ErrorActionPreference = 'Stop'",
  "",
  "# The DN of the one object that the filter finds; with none or several the script stops.",
  "function Find-One([string] $Filter) {",
  "    $found = @(Get-ADObject -Server $Server -LDAPFilter $Filter)",
  '    if ($found.Count -ne 1) { throw "$($found.Count) objects match $Filter" }',
  "    $found[0].DistinguishedName",
  "}",
];

/** RFC 4515, 3: what a filter would read as its own. */
function filterValue(value: string): string {
  const hex = (character: string) => `\\${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL ends a value for some readers.
  return value.replace(/[\\*()\u0000]/g, hex);
}

function memberValue({ reference }: PlannedMember): string {
  switch (reference.by) {
    case "sid":
      return literal(`<SID=${reference.sid}>`);
    case "guid":
      return literal(`<GUID=${reference.guid}>`);
    case "anchor":
      return `(Find-One ${literal(`(&(objectClass=group)(adminDescription=${anchorValue(reference.anchor)}))`)})`;
    case "mail":
      return `(Find-One ${literal(`(&(objectClass=contact)(mail=${filterValue(reference.mail)}))`)})`;
  }
}

function membership(change: Of<"addMembers" | "removeMembers">, group: string): string[] {
  const operation = change.kind === "addMembers" ? "-Add" : "-Remove";
  return [
    "[string[]] $members = @(",
    ...change.members.map((member) => `    ${memberValue(member)} # ${oneLine(member.name)}`),
    ")",
    `Set-ADGroup -Server $Server -Identity ${literal(group)} ${operation} @{ 'member' = $members }`,
  ];
}

/** What the Recycle Bin gives back has members already, which AD refuses to add once more. */
function emptying(group: string): string {
  return `Set-ADGroup -Server $Server -Identity ${literal(group)} -Clear 'member'`;
}

function relocated({ guid, before, after }: Of<"rename" | "move">): string[] {
  const [from = "", to = ""] = [parentDn(before), parentDn(after)];
  const identity = `-Server $Server -Identity ${literal(guid)}`;
  return [
    ...(dnKey(from) === dnKey(to) ? [] : [`Move-ADObject ${identity} -TargetPath ${literal(to)}`]),
    ...(nameOf(before) === nameOf(after)
      ? []
      : [`Rename-ADObject ${identity} -NewName ${literal(nameOf(after))}`]),
  ];
}

function commands(change: Change, dns: CurrentDns): readonly string[] {
  switch (change.kind) {
    case "create":
      return newGroup(change);
    case "update":
      return [`Set-ADGroup -Server $Server -Identity ${literal(change.guid)} ${replacing(change.edits)}`];
    case "rename":
    case "move":
      return relocated(change);
    case "addMembers":
    case "removeMembers":
      return membership(change, dns.ofGroup(change));
    case "delete":
      return [`Remove-ADGroup -Server $Server -Identity ${literal(change.guid)} -Confirm:$false`];
  }
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join("");
}

/**
 * The changes that are still to be made as a script for Windows PowerShell 5.1 with the ActiveDirectory module. It
 * stops at the first error, and `-WhatIf` only tells what it would do. The mark at its head: without it 5.1 would
 * read the file in the machine's ANSI code page.
 */
export async function* powershell(run: Run, changes: Changes): AsyncGenerator<string> {
  const comments = [...introduced(run), "With -WhatIf the script only tells what it would do."];
  yield `\uFEFF${text([...required, ...comments.map((line) => `# ${line}`), ...beginning])}`;
  const dns = new CurrentDns();
  const restored = new Set<ObjectId>();
  for await (const { change } of outstanding(changes, dns)) {
    const emptied = change.kind === "addMembers" && restored.delete(change.anchor);
    if (change.kind === "create" && change.restores) restored.add(change.anchor);
    const lines = emptied ? [emptying(dns.ofGroup(change)), ...commands(change, dns)] : commands(change, dns);
    yield text([
      "",
      ...explained(change).map((line) => `# ${line}`),
      `if ($PSCmdlet.ShouldProcess(${literal(change.name)}, ${literal(actions[change.kind])})) {`,
      ...lines.map((line) => `    ${line}`),
      "}",
    ]);
  }
}
