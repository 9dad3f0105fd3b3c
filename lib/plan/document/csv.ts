import type { Change, PlannedMember } from "#lib/model/plan.ts";
import type { RecordedChange, Run } from "#lib/model/run.ts";
import { csvRow } from "#lib/plan/document/csv-row.ts";
import type { Changes } from "#lib/plan/document/outstanding.ts";
import { referenceKey } from "#lib/plan/reference.ts";

const columns = [
  "change",
  "group",
  "cloud object id",
  "DN",
  "attribute",
  "before",
  "after",
  "reason",
  "state",
];

/** One value before and after: an attribute's, the DN's, or a membership. */
type Edit = readonly [attribute: string, before: string, after: string];

/** Several values of one attribute stand in one cell, a line each. */
function attributes(values: Readonly<Record<string, readonly string[]>>): [name: string, text: string][] {
  return Object.entries(values).map(([name, list]) => [name, list.join("\n")]);
}

function named({ name, reference }: PlannedMember): string {
  return `${name} (${referenceKey(reference)})`;
}

function edits(change: Change): readonly Edit[] {
  switch (change.kind) {
    case "create":
      return [
        ["distinguishedName", "", change.dn],
        ...attributes(change.attributes).map(([name, text]): Edit => [name, "", text]),
      ];
    case "update":
      return change.edits.map(({ attribute, before, after }) => [
        attribute,
        before.join("\n"),
        after.join("\n"),
      ]);
    case "rename":
    case "move":
      return [["distinguishedName", change.before, change.after]];
    case "addMembers":
      return change.members.map((member) => ["member", "", named(member)]);
    case "removeMembers":
      return change.members.map((member) => ["member", named(member), ""]);
    case "delete":
      return [
        ["distinguishedName", change.dn, ""],
        ...attributes(change.attributes).map(([name, text]): Edit => [name, text, ""]),
        ...(change.members ?? []).map((member): Edit => ["member", named(member), ""]),
      ];
  }
}

function rows({ change, state }: RecordedChange): string {
  const { kind, name, anchor, reason } = change;
  const dn = "dn" in change ? change.dn : change.before;
  return edits(change)
    .map((edit) => csvRow([kind, name, anchor, dn, ...edit, reason, state]))
    .join("");
}

/** A table for people, one row for each value or membership that changes. The mark at its head tells Excel UTF-8. */
export async function* csv(_run: Run, changes: Changes): AsyncGenerator<string> {
  yield `\uFEFF${csvRow(columns)}`;
  for await (const recorded of changes()) yield rows(recorded);
}
