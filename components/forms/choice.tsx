import type { ReactNode } from "react";
import { describedBy, FieldError } from "#components/forms/field.tsx";

type CheckboxProps = {
  readonly id: string;
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
};

export function Checkbox({ id, label, checked, onChange, hint, error }: CheckboxProps) {
  return (
    <div className={error ? "border-l-4 border-danger pl-3" : ""}>
      <FieldError id={id} error={error} />
      <div className="grid grid-cols-[1.5rem_minmax(0,1fr)] items-start gap-x-3">
        <input
          id={id}
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy(id, hint, error)}
          className="mt-0.5 size-6"
        />
        <label htmlFor={id} className="pt-0.5 font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="col-start-2 max-w-[40rem] text-sm text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

type RadioProps<Value extends string> = {
  readonly legend: string;
  readonly legendHidden?: boolean;
  readonly name: string;
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint: string }[];
  readonly error?: string | undefined;
};

/** One choice of several; the first option's id is the name, so that an error summary can lead there. */
export function RadioList<Value extends string>(props: RadioProps<Value>) {
  const { legend, legendHidden = false, name, value, onChange, options, error } = props;
  return (
    <fieldset className={error ? "border-l-4 border-danger pl-3" : ""}>
      <legend className={legendHidden ? "sr-only" : "mb-2 font-semibold"}>{legend}</legend>
      <FieldError id={name} error={error} />
      <div className="grid max-w-[46rem] gap-2">
        {options.map((option, index) => (
          <Radio
            key={option.value}
            id={index === 0 ? name : `${name}-${option.value}`}
            name={name}
            option={option}
            checked={value === option.value}
            onChoose={() => onChange(option.value)}
          />
        ))}
      </div>
    </fieldset>
  );
}

type RadioOptionProps = {
  readonly id: string;
  readonly name: string;
  readonly option: { readonly label: string; readonly hint: string };
  readonly checked: boolean;
  readonly onChoose: () => void;
};

function Radio({ id, name, option, checked, onChoose }: RadioOptionProps) {
  return (
    <div className="relative grid grid-cols-[1.5rem_minmax(0,1fr)] items-start gap-x-3 rounded-md border border-line px-4 py-3 has-checked:border-accent has-checked:bg-accent-soft">
      <input
        id={id}
        type="radio"
        name={name}
        checked={checked}
        onChange={onChoose}
        aria-describedby={`${id}-hint`}
        className="relative z-10 mt-0.5 size-6"
      />
      <label htmlFor={id} className="pt-0.5 font-medium before:absolute before:inset-0">
        {option.label}
      </label>
      <p id={`${id}-hint`} className="col-start-2 text-sm text-muted">
        {option.hint}
      </p>
    </div>
  );
}
