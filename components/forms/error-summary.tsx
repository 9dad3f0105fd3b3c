import type { Ref } from "react";
import { FieldLink } from "#components/forms/field-link.tsx";

type Props = { readonly errors: Readonly<Record<string, string>>; readonly ref: Ref<HTMLDivElement> };

/** What keeps the page from going on, each with a link to its field (GOV.UK Design System, Error summary). */
export function ErrorSummary({ errors, ref }: Props) {
  const entries = Object.entries(errors);
  if (entries.length === 0) return null;
  return (
    <div
      ref={ref}
      role="alert"
      tabIndex={-1}
      className="max-w-[46rem] rounded-md border-2 border-danger bg-danger-soft px-4 py-3"
    >
      <h2 className="font-semibold">There is a problem on this page</h2>
      <ul className="mt-1 grid gap-1">
        {entries.map(([field, message]) => (
          <li key={field}>
            <FieldLink field={field}>{message}</FieldLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
