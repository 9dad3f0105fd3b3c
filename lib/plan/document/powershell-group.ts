import { nameOf, parentDn } from "#lib/model/dn.ts";
import type { Change } from "#lib/model/plan.ts";
import { anchorValue } from "#lib/plan/anchor.ts";
import { powershellLiteral as literal } from "#lib/plan/document/powershell-literal.ts";

type Of<Kind extends Change["kind"]> = Extract<Change, { kind: Kind }>;
type Edits = readonly { readonly attribute: string; readonly after: readonly string[] }[];

/** The cmdlets take attributes of the syntax Integer as numbers. */
function value(attribute: string, text: string): string {
  return attribute === "groupType" && /^-?\d+$/.test(text) ? `[int]${text}` : literal(text);
}

/** The attributes that have values as a hash table; empty where none has. */
function hashTable(edits: Edits): string {
  const entries = edits.filter(({ after }) => after.length > 0);
  const list = entries.map(({ attribute, after }) => {
    const values = after.map((text) => value(attribute, text)).join(", ");
    return `${literal(attribute)} = ${after.length === 1 ? values : `@(${values})`}`;
  });
  return list.length === 0 ? "" : `@{ ${list.join("; ")} }`;
}

/** The parameters of Set-ADGroup that give the attributes their new values. */
export function replacing(edits: Edits): string {
  const values = hashTable(edits);
  const cleared = edits.filter(({ after }) => after.length === 0).map(({ attribute }) => literal(attribute));
  return [
    ...(values === "" ? [] : [`-Replace ${values}`]),
    ...(cleared.length === 0 ? [] : [`-Clear ${cleared.join(", ")}`]),
  ].join(" ");
}

/** MS-ADTS 2.2.12: bits 2, 4 and 8 are the scope, the top bit makes it a security group. AD's default is 0x80000002. */
function kindOf(groupType: string | undefined): string {
  const bits = Number(groupType ?? -2147483646);
  const scope = bits & 8 ? "Universal" : bits & 4 ? "DomainLocal" : "Global";
  return `-GroupScope ${scope} -GroupCategory ${bits < 0 ? "Security" : "Distribution"}`;
}

/** The commands that create the group, or bring it back where the Recycle Bin has it. */
export function newGroup({ anchor, dn, attributes, restores }: Of<"create">): readonly string[] {
  const { groupType, sAMAccountName, ...others } = attributes;
  const edits = (values: Readonly<Record<string, readonly string[]>>): Edits =>
    Object.entries(values).map(([attribute, after]) => ({ attribute, after }));
  const [name, path] = [literal(nameOf(dn)), literal(parentDn(dn) ?? "")];
  const accountName = sAMAccountName?.[0];
  const other = hashTable(edits(others));
  const create = [
    `New-ADGroup -Server $Server -Name ${name} -Path ${path} ${kindOf(groupType?.[0])}`,
    ...(accountName === undefined ? [] : [`-SamAccountName ${literal(accountName)}`]),
    ...(other === "" ? [] : [`-OtherAttributes ${other}`]),
  ].join(" ");
  if (!restores) return [create];
  const filter = literal(`(&(isDeleted=TRUE)(objectClass=group)(adminDescription=${anchorValue(anchor)}))`);
  return [
    `$deleted = @(Get-ADObject -Server $Server -IncludeDeletedObjects -LDAPFilter ${filter} -Properties whenChanged |`,
    "    Sort-Object -Property whenChanged -Descending)",
    "if ($deleted.Count -gt 0) {",
    "    $group = $deleted[0].ObjectGUID",
    `    Restore-ADObject -Server $Server -Identity $group -NewName ${name} -TargetPath ${path}`,
    `    Set-ADGroup -Server $Server -Identity $group ${replacing(edits(attributes))}`,
    "} else {",
    `    ${create}`,
    "}",
  ];
}
