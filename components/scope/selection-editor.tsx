import { lazy, Suspense, useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { RadioList } from "#components/forms/choice.tsx";
import { Select } from "#components/forms/select.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { typeNames } from "#components/scope/condition-words.ts";
import { Conditions } from "#components/scope/conditions.tsx";
import { withdrawals } from "#components/scope/withdrawals.ts";
import type { Selection } from "#lib/model/selection.ts";
import { useStatus } from "#lib/wizard/queries.ts";

const UnitTree = lazy(() => import("#components/tree/unit-tree.tsx"));

type Props = {
  readonly selection: Selection;
  readonly onChange: (selection: Selection) => void;
  readonly errors: Readonly<Record<string, string>>;
};

/** Everything that one selection says: which groups, as what, where, and what becomes of them afterwards. */
export function SelectionEditor({ selection, onChange, errors }: Props) {
  const { id, becomes } = selection;
  return (
    <div className="grid gap-5">
      <TextField
        id={`name-${id}`}
        label="Name"
        value={selection.name}
        onChange={(name) => onChange({ ...selection, name })}
        error={errors[`name-${id}`]}
      />
      <Conditions
        legend="Take groups for which all of this holds"
        hint="Without any condition, every group is taken."
        add="Add a condition"
        prefix="include"
        selection={id}
        conditions={selection.include}
        onChange={(include) => onChange({ ...selection, include })}
        errors={errors}
      />
      <Conditions
        legend="But none for which any of this holds"
        hint="A group that is left out here may still be taken by a later selection, or by its kind."
        add="Add an exception"
        prefix="exclude"
        selection={id}
        conditions={selection.exclude}
        onChange={(exclude) => onChange({ ...selection, exclude })}
        errors={errors}
      />
      <Select
        id={`becomes-${id}`}
        label="They become"
        value={becomes ?? "byKind"}
        options={{ byKind: "What Entra Connect makes of their kind", ...typeNames }}
        onChange={(type) => onChange({ ...selection, becomes: type === "byKind" ? null : type })}
      />
      <Target selection={selection} onChange={onChange} />
      <RadioList
        legend="When a group is no longer taken"
        name={`withdrawal-${id}`}
        value={selection.withdrawal}
        options={withdrawals}
        onChange={(withdrawal) => onChange({ ...selection, withdrawal })}
      />
    </div>
  );
}

function Target({ selection, onChange }: Omit<Props, "errors">) {
  const baseDn = useStatus().data?.directory?.baseDn;
  const [open, setOpen] = useState(false);
  return (
    <section className="grid justify-items-start gap-2" aria-label="Target OU">
      <p>
        <span className="font-semibold">Target OU: </span>
        <span className="font-mono text-sm wrap-anywhere">{selection.target}</span>
      </p>
      <Button onClick={() => setOpen(!open)}>{open ? "Close the tree" : "Choose another OU"}</Button>
      {open && baseDn && (
        <Suspense fallback={<Waiting words="Loading the tree…" inset={false} />}>
          <div className="w-full">
            <UnitTree
              baseDn={baseDn}
              target={selection.target}
              onChoose={(target) => onChange({ ...selection, target })}
            />
          </div>
        </Suspense>
      )}
    </section>
  );
}
