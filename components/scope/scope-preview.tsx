import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { cell, Table } from "#components/run/table.tsx";
import { skipWords } from "#components/run/words.ts";
import { kindNames, typeNames } from "#components/scope/condition-words.ts";
import type { Answer, Body } from "#lib/model/messages.ts";
import { formatCount, formatNumber } from "#lib/wizard/format.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useScopePreview } from "#lib/wizard/queries.ts";
import { useSettled } from "#lib/wizard/use-settled.ts";

/** How many groups a configuration takes, live, and the first of them. */
export function ScopePreview({
  configuration,
}: {
  readonly configuration: Body<"previewScope">["configuration"] | undefined;
}) {
  const { data, error, isPlaceholderData } = useScopePreview(useSettled(configuration));
  return (
    <section className="grid gap-3 border-t border-line pt-4" aria-labelledby="taken">
      <h2 id="taken" className="text-lg font-semibold">
        What this takes of your tenant
      </h2>
      {configuration === undefined ? (
        <p>Complete the selections to see which groups they take.</p>
      ) : error ? (
        <ProblemPanel problem={problemOfError(error)} />
      ) : data ? (
        <div className={isPlaceholderData ? "grid gap-3 opacity-60" : "grid gap-3"}>
          <Taken preview={data} />
        </div>
      ) : (
        <Waiting words="Reading the tenant's groups…" inset={false} />
      )}
    </section>
  );
}

function Taken({ preview }: { readonly preview: Answer<"previewScope"> }) {
  const { total, examined, groups, leftOut, sameName } = preview;
  return (
    <>
      <p role="status">
        <strong>{formatCount(total, "group")}</strong> of {formatNumber(examined)} would be written back.
      </p>
      {sameName.length > 0 && (
        <p className="max-w-[46rem] border-l-4 border-warn bg-warn-soft px-4 py-3">
          {formatCount(sameName.length, "name")} would be given to more than one group; those groups are left
          out: {sameName.map(({ groups: names }) => names.join(" and ")).join("; ")}.
        </p>
      )}
      {groups.length > 0 && (
        <Table caption="Groups that are taken" columns={["Group", "Becomes", "Taken by"]}>
          <tbody>
            {groups.map((group) => (
              <tr key={group.id}>
                <th scope="row" className={`${cell} text-left font-normal`}>
                  <span className="font-medium">{group.displayName}</span>
                  <span className="block font-mono text-xs text-muted wrap-anywhere">{group.dn}</span>
                </th>
                <td className={cell}>{typeNames[group.becomes]}</td>
                <td className={cell}>{group.selection ?? `Its kind: ${kindNames[group.kind]}`}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {groups.length < total && (
        <p className="text-sm text-muted">
          The first {formatNumber(groups.length)} of {formatNumber(total)}.
        </p>
      )}
      {leftOut.length > 0 && (
        <ul className="grid gap-1 text-sm text-muted" aria-label="Left out">
          {leftOut.map(({ reason, count }) => (
            <li key={reason}>
              {formatCount(count, "group")} left out. {skipWords[reason]}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
