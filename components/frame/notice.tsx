import type { ReactNode } from "react";

/** Something worth knowing that is no error. */
export function Notice({
  children,
  warning = false,
}: {
  readonly children: ReactNode;
  readonly warning?: boolean;
}) {
  return (
    <div
      role="status"
      className={`max-w-[46rem] rounded-md border-l-4 px-4 py-3 ${
        warning ? "border-warn bg-warn-soft" : "border-accent bg-accent-soft"
      }`}
    >
      {children}
    </div>
  );
}
