import { Button } from "#components/forms/button.tsx";
import { Select } from "#components/forms/select.tsx";
import { ConditionFields } from "#components/scope/condition-fields.tsx";
import { conditionNames } from "#components/scope/condition-words.ts";
import type { Condition } from "#lib/model/selection.ts";
import { newConditions } from "#lib/wizard/selection-form.ts";

type Props = {
  readonly legend: string;
  readonly hint: string;
  readonly add: string;
  /** Where each condition's error is found: `<prefix>-<index>-<selection>`. */
  readonly prefix: "include" | "exclude";
  readonly selection: string;
  readonly conditions: readonly Condition[];
  readonly onChange: (conditions: Condition[]) => void;
  readonly errors: Readonly<Record<string, string>>;
};

/** A list of conditions, each with its own fields. */
export function Conditions(props: Props) {
  const { legend, hint, add, prefix, selection, conditions, onChange, errors } = props;
  return (
    <fieldset className="grid gap-3">
      <legend className="font-semibold">{legend}</legend>
      <p className="text-sm text-muted">{hint}</p>
      {conditions.map((condition, index) => {
        const id = `${prefix}-${index}-${selection}`;
        return (
          <div
            key={id}
            className="grid items-start gap-3 rounded-md border border-line p-3 sm:grid-cols-[14rem_minmax(0,1fr)]"
          >
            <div className="grid justify-items-start gap-2">
              <Select
                id={`${id}-by`}
                label={`Condition ${index + 1}`}
                value={condition.by}
                options={conditionNames}
                onChange={(by) => onChange(conditions.with(index, newConditions[by]))}
              />
              <Button look="quiet" onClick={() => onChange(conditions.toSpliced(index, 1))}>
                Remove<span className="sr-only"> condition {index + 1}</span>
              </Button>
            </div>
            <ConditionFields
              id={id}
              condition={condition}
              onChange={(changed) => onChange(conditions.with(index, changed))}
              error={errors[id]}
            />
          </div>
        );
      })}
      <div>
        <Button onClick={() => onChange([...conditions, newConditions.displayName])}>{add}</Button>
      </div>
    </fieldset>
  );
}
