import type { Change, PlannedMember } from "#lib/model/plan.ts";

/** What the change does, value by value. */
export function ChangeDetail({ change }: { readonly change: Change }) {
  switch (change.kind) {
    case "create":
      return <Edits edits={editsOf(change.attributes, "after")} />;
    case "delete":
      return <Edits edits={editsOf(change.attributes, "before")} />;
    case "update":
      return <Edits edits={change.edits} />;
    case "rename":
    case "move":
      return (
        <Edits edits={[{ attribute: "distinguishedName", before: [change.before], after: [change.after] }]} />
      );
    case "addMembers":
    case "removeMembers":
      return <Members members={change.members} added={change.kind === "addMembers"} />;
  }
}

type Edit = {
  readonly attribute: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

function editsOf(attributes: Readonly<Record<string, readonly string[]>>, side: "before" | "after"): Edit[] {
  return Object.entries(attributes).map(([attribute, values]) => ({
    attribute,
    before: side === "before" ? values : [],
    after: side === "after" ? values : [],
  }));
}

function Edits({ edits }: { readonly edits: readonly Edit[] }) {
  return (
    <table className="w-full text-xs">
      <thead className="text-left">
        <tr>
          <th scope="col" className="py-1 pr-3 font-semibold">
            Attribute
          </th>
          <th scope="col" className="py-1 pr-3 font-semibold">
            Before
          </th>
          <th scope="col" className="py-1 font-semibold">
            After
          </th>
        </tr>
      </thead>
      <tbody className="font-mono">
        {edits.map(({ attribute, before, after }) => (
          <tr key={attribute}>
            <th scope="row" className="py-0.5 pr-3 text-left align-top font-normal">
              {attribute}
            </th>
            <Values values={before} />
            <Values values={after} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Values({ values }: { readonly values: readonly string[] }) {
  return (
    <td className="py-0.5 pr-3 align-top wrap-anywhere">
      {values.length === 0 ? <span className="font-sans text-muted">not set</span> : values.join("\n")}
    </td>
  );
}

function Members({
  members,
  added,
}: {
  readonly members: readonly PlannedMember[];
  readonly added: boolean;
}) {
  return (
    <ul className="flex max-h-60 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
      {members.map((member) => (
        <li key={JSON.stringify(member.reference)}>
          <span aria-hidden="true" className={added ? "text-ok" : "text-danger"}>
            {added ? "+ " : "− "}
          </span>
          {member.name}
        </li>
      ))}
    </ul>
  );
}
