import type { ReactNode } from "react";
import { box, describedBy, Field } from "#components/forms/field.tsx";

type Props = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly numeric?: boolean;
  /** What Enter does in place of Next. */
  readonly onEnter?: () => void;
};

/** One line of text. */
export function TextField({ id, label, value, onChange, hint, error, numeric = false, onEnter }: Props) {
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || onEnter === undefined) return;
          event.preventDefault();
          onEnter();
        }}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={describedBy(id, hint, error)}
        inputMode={numeric ? "numeric" : "text"}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        className={`${box} ${numeric ? "max-w-32" : ""}`}
      />
    </Field>
  );
}

/** Several lines of text, such as a certificate. */
export function TextArea({ id, label, value, onChange, hint, error }: Omit<Props, "numeric" | "onEnter">) {
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        rows={6}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={describedBy(id, hint, error)}
        spellCheck={false}
        className={`${box} font-mono text-xs`}
      />
    </Field>
  );
}
