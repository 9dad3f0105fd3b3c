import type { ReactNode } from "react";

type Props = {
  readonly id: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly children: ReactNode;
};

/** A control's label, hint and error around it; the control names them with `describedBy`. */
export function Field({ id, label, hint, error, children }: Props) {
  return (
    <div className={`grid max-w-[34rem] content-start gap-1 ${error ? "border-l-4 border-danger pl-3" : ""}`}>
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      <FieldError id={id} error={error} />
      {children}
    </div>
  );
}

export function FieldError({ id, error }: { readonly id: string; readonly error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <p id={`${id}-error`} className="text-sm font-semibold text-danger">
      <span className="sr-only">Error: </span>
      {error}
    </p>
  );
}

/** What describes a control, for its aria-describedby. */
export function describedBy(id: string, hint: unknown, error: string | undefined): string | undefined {
  const ids = [...(hint ? [`${id}-hint`] : []), ...(error === undefined ? [] : [`${id}-error`])];
  return ids.length > 0 ? ids.join(" ") : undefined;
}

/** How every box for text looks. */
export const box =
  "min-h-10 w-full rounded-md border border-edge bg-panel px-3 py-1.5 text-ink aria-invalid:border-2 aria-invalid:border-danger";
