import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { cell, Table } from "#components/run/table.tsx";
import { When } from "#components/run/when.tsx";
import { formatNumber } from "#lib/wizard/format.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useQuarantine } from "#lib/wizard/queries.ts";

/** The groups whose last changes failed, with the cause and the next try; nothing while there are none. */
export function Quarantine() {
  const { data, error } = useQuarantine();
  if (error) return <ProblemPanel problem={problemOfError(error)} />;
  if (!data || data.groups.length === 0) return null;
  return (
    <section className="grid gap-3" aria-labelledby="quarantine">
      <h2 id="quarantine" className="text-lg font-semibold">
        Quarantine
      </h2>
      <p className="max-w-[46rem] text-sm">
        The last changes of these groups failed. The schedule leaves them out until their next try, so that
        they hold up nothing; a cycle that somebody starts tries them at once.
      </p>
      <Table caption="Quarantine" columns={["Group", "Cause", "Failed", "Next try"]}>
        <tbody>
          {data.groups.map((group) => (
            <tr key={group.anchor}>
              <th scope="row" className={`${cell} text-left font-medium`}>
                {group.name}
              </th>
              <td className={cell}>
                {group.problem.what} {group.problem.why} <strong>Next:</strong> {group.problem.next} (
                <code className="font-mono">{group.problem.code}</code>)
              </td>
              <td className={`${cell} tabular-nums`}>
                {formatNumber(group.failures)} times since <When iso={group.since} />
              </td>
              <td className={cell}>
                <When iso={group.nextTryAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
