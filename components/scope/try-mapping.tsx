import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { cell, Table } from "#components/run/table.tsx";
import { ObjectPicker } from "#components/scope/object-picker.tsx";
import type { Body } from "#lib/model/messages.ts";
import { call } from "#lib/wizard/client.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import type { Picked } from "#lib/wizard/selection-form.ts";
import { useSettled } from "#lib/wizard/use-settled.ts";

type Wanted = Body<"tryMapping">["configuration"];

/** What the mapping gives for one of the tenant's own groups. */
export function TryMapping({ configuration }: { readonly configuration: Wanted | undefined }) {
  const [group, setGroup] = useState<Picked | null>(null);
  return (
    <section className="grid gap-3 border-t border-line pt-4" aria-labelledby="try">
      <h2 id="try" className="text-lg font-semibold">
        Try it
      </h2>
      <ObjectPicker
        id="try-group"
        kind="group"
        label="Group to try it on"
        picked={group ? [group] : []}
        onPick={setGroup}
        onDrop={() => setGroup(null)}
      />
      {group && !configuration && <p>Complete the mapping to see what it gives.</p>}
      {group && configuration && <Tried group={group} configuration={configuration} />}
    </section>
  );
}

function Tried({ group, configuration }: { readonly group: Picked; readonly configuration: Wanted }) {
  const wanted = useSettled(configuration);
  const { data, error } = useQuery({
    queryKey: ["tryMapping", group.id, wanted],
    queryFn: ({ signal }) => call("tryMapping", { body: { configuration: wanted, group: group.id }, signal }),
  });
  if (error) return <ProblemPanel problem={problemOfError(error)} />;
  if (!data) return <Waiting words="Trying it…" inset={false} />;
  return (
    <Table caption={`Values for ${group.displayName}`} columns={["Attribute", "Value"]}>
      <tbody>
        <tr>
          <th scope="row" className={`${cell} text-left font-normal`}>
            distinguishedName
          </th>
          <td className={`${cell} font-mono wrap-anywhere`}>{data.dn}</td>
        </tr>
        {data.values.map(({ attribute, values, problem }) => (
          <tr key={attribute}>
            <th scope="row" className={`${cell} text-left font-normal`}>
              {attribute}
            </th>
            <td className={`${cell} wrap-anywhere`}>
              {problem ? (
                <span className="block border-l-4 border-danger pl-2">
                  {problem.what} {problem.why} ({problem.code})
                </span>
              ) : values.length === 0 ? (
                <span className="text-muted">not set</span>
              ) : (
                <span className="font-mono">{values.join(", ")}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
