import type { ReactNode } from "react";

type Props = { readonly caption: string; readonly columns: readonly string[]; readonly children: ReactNode };

/** A table that scrolls sideways within itself where the window is narrow. */
export function Table({ caption, columns, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section tabIndex={0} aria-label={caption} className="overflow-x-auto rounded-lg border border-line">
      <table className="w-full min-w-[34rem] border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="bg-raised text-left">
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className="px-3 py-2 font-semibold">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        {children}
      </table>
    </section>
  );
}

export const cell = "border-t border-line px-3 py-2 align-top wrap-break-word";
