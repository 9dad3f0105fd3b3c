import { escapeRdnValue, nameOf, parentDn } from "#lib/model/dn.ts";
import type { Guid } from "#lib/model/identifier.ts";
import type { Change, PlannedMember } from "#lib/model/plan.ts";
import type { Run } from "#lib/model/run.ts";
import { CurrentDns, type DnOf } from "#lib/plan/document/current-dns.ts";
import { ldifLine } from "#lib/plan/document/ldif-line.ts";
import { type Changes, outstanding } from "#lib/plan/document/outstanding.ts";
import { explained, introduced, oneLine } from "#lib/plan/document/words.ts";

type Of<Kind extends Change["kind"]> = Extract<Change, { kind: Kind }>;

function comment(text: string): string {
  return `# ${text}\n`;
}

/** A group is named by its objectGUID, so that it is the right one whatever its DN has become (MS-ADTS 3.1.1.3.1.2.4). */
function head(guid: Guid, changetype: string): string {
  return ldifLine("dn", `<GUID=${guid}>`) + ldifLine("changetype", changetype);
}

function add({ dn, attributes, restores }: Of<"create">): string {
  const values = Object.entries({ objectClass: ["top", "group"], ...attributes });
  const warning = restores
    ? comment(
        "LDIF cannot restore it from the Recycle Bin: this makes a new group with a new SID. The agent can.",
      )
    : "";
  const lines = values.flatMap(([name, list]) => list.map((value) => ldifLine(name, value)));
  return `${warning}${ldifLine("dn", dn)}${ldifLine("changetype", "add")}${lines.join("")}`;
}

function modify({ guid, edits }: Of<"update">): string {
  const parts = edits.map(
    ({ attribute, after }) =>
      `${ldifLine("replace", attribute)}${after.map((value) => ldifLine(attribute, value)).join("")}-\n`,
  );
  return head(guid, "modify") + parts.join("");
}

/** The parent is always named: a DN that is an objectGUID has none that the new name could be put under. */
function modrdn({ guid, after }: Of<"rename" | "move">): string {
  return [
    head(guid, "modrdn"),
    ldifLine("newrdn", `CN=${escapeRdnValue(nameOf(after))}`),
    ldifLine("deleteoldrdn", "1"),
    ldifLine("newsuperior", parentDn(after) ?? ""),
  ].join("");
}

/** The member in a form that AD resolves to a DN; undefined where a file cannot ask the directory for it. */
function memberDn({ reference }: PlannedMember, dns: CurrentDns): string | undefined {
  switch (reference.by) {
    case "sid":
      return `<SID=${reference.sid}>`;
    case "guid":
      return `<GUID=${reference.guid}>`;
    case "anchor":
      return dns.ofAnchor(reference.anchor);
    case "mail":
      return undefined;
  }
}

function address({ reference }: PlannedMember): string {
  return reference.by === "mail" ? `, mail ${oneLine(reference.mail)}` : "";
}

function membership(change: Of<"addMembers" | "removeMembers">, dns: CurrentDns): string {
  let unknown = "";
  let values = "";
  for (const member of change.members) {
    const dn = memberDn(member, dns);
    const name = oneLine(member.name);
    if (dn === undefined)
      unknown += comment(`To be done by hand, since its DN is not known here: ${name}${address(member)}`);
    else values += comment(name) + ldifLine("member", dn);
  }
  if (values === "") return unknown;
  const operation = change.kind === "addMembers" ? "add" : "delete";
  const target = ldifLine("dn", dns.ofGroup(change)) + ldifLine("changetype", "modify");
  return `${unknown}${target}${ldifLine(operation, "member")}${values}-\n`;
}

function record(change: Change, dns: CurrentDns): string {
  switch (change.kind) {
    case "create":
      return add(change);
    case "update":
      return modify(change);
    case "rename":
    case "move":
      return modrdn(change);
    case "addMembers":
    case "removeMembers":
      return membership(change, dns);
    case "delete":
      return head(change.guid, "delete");
  }
}

/** The changes that are still to be made as LDIF (RFC 2849), for ldifde or ldapmodify. */
export async function* ldif(run: Run, changes: Changes, dnOf: DnOf): AsyncGenerator<string> {
  const comments = [...introduced(run), "Apply it with ldifde -i -f FILE or ldapmodify -f FILE."];
  yield `version: 1\n${comments.map(comment).join("")}`;
  const dns = new CurrentDns(dnOf);
  for await (const { change } of outstanding(changes, dns))
    yield `\n${explained(change).map(comment).join("")}${record(change, dns)}`;
}
