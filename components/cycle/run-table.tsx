import Link from "next/link";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { cell, Table } from "#components/run/table.tsx";
import { When } from "#components/run/when.tsx";
import { kindOf, runStateWords } from "#components/run/words.ts";
import { formatNumber } from "#lib/wizard/format.ts";
import { pathOfPage } from "#lib/wizard/pages.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useRuns } from "#lib/wizard/queries.ts";

/** The newest runs, each leading to its page. */
export function RunTable() {
  const { data, error } = useRuns();
  if (error) return <ProblemPanel problem={problemOfError(error)} />;
  if (!data) return <Waiting words="Reading the runs…" inset={false} />;
  if (data.runs.length === 0) return <p>There are no runs yet.</p>;
  return (
    <Table caption="Runs" columns={["Started", "By", "Kind", "State", "Written", "Failed"]}>
      <tbody>
        {data.runs.map((run) => (
          <tr key={run.id}>
            <th scope="row" className={`${cell} text-left font-normal`}>
              <Link
                href={pathOfPage("run", run.id)}
                prefetch={false}
                className="inline-block min-h-6 text-accent underline underline-offset-2"
              >
                <When iso={run.startedAt} />
              </Link>
            </th>
            <td className={cell}>{run.startedBy}</td>
            <td className={cell}>{kindOf(run)}</td>
            <td className={cell}>
              {runStateWords[run.state]}
              {run.problem && (
                <span className="block text-muted">
                  {run.problem.what} ({run.problem.code})
                </span>
              )}
            </td>
            <td className={`${cell} tabular-nums`}>{formatNumber(run.counts.applied)}</td>
            <td className={`${cell} tabular-nums`}>{formatNumber(run.counts.failed)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
