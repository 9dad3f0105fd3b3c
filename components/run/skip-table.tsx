import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { More } from "#components/run/more.tsx";
import { cell, Table } from "#components/run/table.tsx";
import { skipWords } from "#components/run/words.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useGroups } from "#lib/wizard/queries.ts";

/** The groups and members that a plan leaves out, each with its reason. */
export function SkipTable({ run }: { readonly run: string }) {
  const groups = useGroups(run, true);
  if (groups.error) return <ProblemPanel problem={problemOfError(groups.error)} />;
  if (!groups.data) return <Waiting words="Reading what is left out…" inset={false} />;
  const read = groups.data.pages.flatMap((page) => page.groups);
  const skips = read.flatMap((group) => [...(group.skip ? [group.skip] : []), ...group.skippedMembers]);
  return (
    <div className="grid gap-2">
      {skips.length > 0 && (
        <Table caption="Left out" columns={["Left out", "Group", "Reason"]}>
          <tbody>
            {skips.map((skip) => (
              <tr key={`${skip.anchor} ${skip.member?.id ?? ""}`}>
                <td className={cell}>{skip.member ? `Member ${skip.member.name}` : "The whole group"}</td>
                <td className={cell}>{skip.name}</td>
                <td className={cell}>{skipWords[skip.reason]}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {groups.hasNextPage && (
        <More shown={read.length} total={groups.data.pages[0]?.total ?? 0} noun="group" query={groups} />
      )}
    </div>
  );
}
