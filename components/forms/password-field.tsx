import { useState } from "react";
import { box, describedBy, Field } from "#components/forms/field.tsx";

type Props = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly error?: string | undefined;
};

/** A password: never stored, never pre-filled, and to be seen only while its button is held. */
export function PasswordField({ value, onChange, hint, error }: Props) {
  const [held, setHeld] = useState(false);
  const release = () => setHeld(false);
  return (
    <Field id="password" label="Password" hint={hint} error={error}>
      <div className="flex gap-2">
        <input
          id="password"
          type={held ? "text" : "password"}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy("password", hint, error)}
          autoComplete="off"
          spellCheck={false}
          className={box}
        />
        <button
          type="button"
          aria-label="Show the password while held"
          onPointerDown={() => setHeld(true)}
          onPointerUp={release}
          onPointerLeave={release}
          onKeyDown={(event) => event.key === " " && setHeld(true)}
          onKeyUp={release}
          onBlur={release}
          className="min-h-10 shrink-0 rounded-md border border-edge px-3 text-sm select-none hover:bg-accent-soft"
        >
          Hold to show
        </button>
      </div>
    </Field>
  );
}
