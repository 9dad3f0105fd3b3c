import { formatNumber } from "#lib/wizard/format.ts";

type Props = {
  readonly label: string;
  readonly numbers: readonly (readonly [name: string, value: number])[];
};

/** Numbers before lists: a row of counts; those that are 0 step back. */
export function Numbers({ label, numbers }: Props) {
  return (
    <dl aria-label={label} className="flex flex-wrap gap-2">
      {numbers.map(([name, value]) => (
        <div
          key={name}
          className={`flex min-w-28 grow flex-col-reverse rounded-lg border border-line px-4 py-2 sm:grow-0 ${value === 0 ? "" : "bg-raised"}`}
        >
          <dt className="text-sm text-muted">{name}</dt>
          <dd className={`text-2xl tabular-nums ${value === 0 ? "text-muted" : "font-semibold"}`}>
            {formatNumber(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
