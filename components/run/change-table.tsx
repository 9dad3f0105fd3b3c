import { Fragment, useState } from "react";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { ChangeDetail } from "#components/run/change-detail.tsx";
import { More } from "#components/run/more.tsx";
import { cell, Table } from "#components/run/table.tsx";
import { changeWords } from "#components/run/words.ts";
import type { Change } from "#lib/model/plan.ts";
import type { RecordedChange } from "#lib/model/run.ts";
import { formatCount } from "#lib/wizard/format.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useChanges } from "#lib/wizard/queries.ts";

/** Every change of a plan, in the order in which they are exported; a row opens to what is before and after. */
export function ChangeTable({ run }: { readonly run: string }) {
  const changes = useChanges(run, true);
  if (changes.error) return <ProblemPanel problem={problemOfError(changes.error)} />;
  if (!changes.data) return <Waiting words="Reading the changes…" inset={false} />;
  const rows = changes.data.pages.flatMap((page) => page.changes);
  const total = changes.data.pages[0]?.total ?? 0;
  if (total === 0) return null;
  return (
    <div className="grid gap-2">
      <Table caption="Changes" columns={["Change", "Group", "Reason"]}>
        <tbody>
          {rows.map((row) => (
            <Row key={row.index} row={row} />
          ))}
        </tbody>
      </Table>
      <More shown={rows.length} total={total} noun="change" query={changes} />
    </div>
  );
}

function Row({ row }: { readonly row: RecordedChange }) {
  const [open, setOpen] = useState(false);
  const { change } = row;
  const detail = `change-${row.index}`;
  return (
    <Fragment>
      <tr>
        <td className={`${cell} whitespace-nowrap`}>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={detail}
            onClick={() => setOpen(!open)}
            className="inline-flex min-h-6 items-center gap-1.5 text-accent underline underline-offset-2"
          >
            <svg viewBox="0 0 16 16" className={`size-3.5 ${open ? "rotate-90" : ""}`} aria-hidden="true">
              <path d="m6 3.5 4.5 4.5L6 12.5" fill="none" stroke="currentColor" strokeWidth="2" />
            </svg>
            {labelOf(change)}
            <span className="sr-only"> {change.name}</span>
          </button>
        </td>
        <td className={cell}>
          <span className="font-medium">{change.name}</span>
          <span className="block font-mono text-xs text-muted wrap-anywhere">{dnOf(change)}</span>
        </td>
        <td className={cell}>{change.reason}</td>
      </tr>
      <tr id={detail} hidden={!open}>
        <td colSpan={3} className="bg-raised px-3 py-3">
          {open && <ChangeDetail change={change} />}
        </td>
      </tr>
    </Fragment>
  );
}

function dnOf(change: Change): string {
  return change.kind === "rename" || change.kind === "move" ? change.after : change.dn;
}

function labelOf(change: Change): string {
  if (change.kind === "addMembers") return `Add ${formatCount(change.members.length, "member")}`;
  if (change.kind === "removeMembers") return `Remove ${formatCount(change.members.length, "member")}`;
  return changeWords[change.kind];
}
