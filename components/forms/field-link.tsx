import type { ReactNode } from "react";

type Props = { readonly field: string; readonly children: ReactNode };

/** Leads to a field and gives it the focus; a folded part around it is opened first. */
export function FieldLink({ field, children }: Props) {
  return (
    <a
      href={`#${field}`}
      className="text-danger underline underline-offset-2"
      onClick={(event) => {
        event.preventDefault();
        const target = document.getElementById(field);
        target?.closest("details")?.setAttribute("open", "");
        target?.focus();
      }}
    >
      {children}
    </a>
  );
}
