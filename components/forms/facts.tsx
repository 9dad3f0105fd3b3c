import type { ReactNode } from "react";

type Props = { readonly facts: Readonly<Record<string, ReactNode>> };

/** Names and their values, side by side where there is room. */
export function Facts({ facts }: Props) {
  return (
    <dl className="mt-2 grid gap-x-6 gap-y-1 sm:grid-cols-[minmax(8rem,max-content)_minmax(0,1fr)]">
      {Object.entries(facts).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-sm text-muted sm:leading-6">{name}</dt>
          <dd className="mb-1 min-w-0 wrap-anywhere sm:mb-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
