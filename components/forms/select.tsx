import type { ReactNode } from "react";
import { box, describedBy, Field } from "#components/forms/field.tsx";

type Props<Value extends string> = {
  readonly id: string;
  readonly label: string;
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value) => void;
  readonly hint?: ReactNode;
};

/** One of a few values, where radio buttons would take too much room. */
export function Select<Value extends string>({ id, label, value, options, onChange, hint }: Props<Value>) {
  const known = Object.keys(options) as Value[];
  return (
    <Field id={id} label={label} hint={hint}>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = known.find((each) => each === event.target.value);
          if (chosen !== undefined) onChange(chosen);
        }}
        aria-describedby={describedBy(id, hint, undefined)}
        className={box}
      >
        {known.map((each) => (
          <option key={each} value={each}>
            {options[each]}
          </option>
        ))}
      </select>
    </Field>
  );
}
