import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { More } from "#components/run/more.tsx";
import { cell, Table } from "#components/run/table.tsx";
import { outcomeWords, skipWords, takenOverWords } from "#components/run/words.ts";
import type { GroupResult } from "#lib/model/run.ts";
import { formatCount, formatNumber } from "#lib/wizard/format.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useGroups } from "#lib/wizard/queries.ts";

/** What a run did, cloud group by cloud group. */
export function GroupTable({ run }: { readonly run: string }) {
  const groups = useGroups(run, true);
  if (groups.error) return <ProblemPanel problem={problemOfError(groups.error)} />;
  if (!groups.data) return <Waiting words="Reading the groups…" inset={false} />;
  const rows = groups.data.pages.flatMap((page) => page.groups);
  const total = groups.data.pages[0]?.total ?? 0;
  if (total === 0) return <p className="text-muted">The run looked at no groups.</p>;
  return (
    <div className="grid gap-2">
      <Table caption="Groups" columns={["Group", "Outcome", "Members", "Members left out"]}>
        <tbody>
          {rows.map((group) => (
            <Row key={group.anchor} group={group} />
          ))}
        </tbody>
      </Table>
      <More shown={rows.length} total={total} noun="group" query={groups} />
    </div>
  );
}

const looks: Partial<Record<GroupResult["outcome"], string>> = {
  created: "text-ok font-semibold",
  updated: "text-ok font-semibold",
  failed: "text-danger font-semibold",
  deleted: "text-warn font-semibold",
};

function Row({ group }: { readonly group: GroupResult }) {
  return (
    <tr>
      <th scope="row" className={`${cell} text-left font-normal`}>
        <span className="font-medium">{group.name}</span>
        {group.dn !== null && (
          <span className="block font-mono text-xs text-muted wrap-anywhere">{group.dn}</span>
        )}
        {group.problem && (
          <span className="mt-1 block border-l-4 border-danger pl-2">
            {group.problem.what} {group.problem.why} <strong>Next:</strong> {group.problem.next} (
            <code className="font-mono">{group.problem.code}</code>)
          </span>
        )}
        {group.takenOverFrom && (
          <span className="mt-1 block text-muted">{takenOverWords[group.takenOverFrom]}</span>
        )}
        {group.skip && <span className="mt-1 block text-muted">{skipWords[group.skip.reason]}</span>}
      </th>
      <td className={`${cell} whitespace-nowrap ${looks[group.outcome] ?? ""}`}>
        {outcomeWords[group.outcome]}
      </td>
      <td className={`${cell} text-right tabular-nums`}>{formatNumber(group.members)}</td>
      <td className={cell}>
        <LeftOut group={group} />
      </td>
    </tr>
  );
}

function LeftOut({ group: { skippedMembers } }: { readonly group: GroupResult }) {
  if (skippedMembers.length === 0) return <span className="text-muted">None</span>;
  return (
    <details>
      <summary className="min-h-6 text-accent underline underline-offset-2">
        {formatCount(skippedMembers.length, "member")}
      </summary>
      <ul className="mt-1 grid gap-1">
        {skippedMembers.map(({ member, reason }) => (
          <li key={member?.id ?? reason}>
            {member && <span className="font-medium">{member.name}: </span>}
            {skipWords[reason]}
          </li>
        ))}
      </ul>
    </details>
  );
}
