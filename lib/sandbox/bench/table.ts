import type { Measured } from "#lib/sandbox/bench/benchmark.ts";
import { median, summary } from "#lib/sandbox/bench/pairs.ts";

/** One line of the results, as `--json` writes it. */
export type Result = {
  readonly name: string;
  readonly ratio: number;
  readonly goal: number;
  readonly ok: boolean;
};

const headings = ["benchmark", "pairs", "product", "baseline", "ratio", "lowest–highest", "goal", ""];

/** The median ratio, to three places, against the goal. */
export function resultOf({ name, goal, pairs }: Measured): Result {
  const ratio = Number(summary(pairs).ratio.toFixed(3));
  return { name, ratio, goal, ok: ratio <= goal };
}

function row(measured: Measured): string[] {
  const { name, pairs, unit } = measured;
  const { ratio, goal, ok } = resultOf(measured);
  const { lowest, highest } = summary(pairs);
  const middle = (values: readonly number[]) => `${median(values).toPrecision(3)} ${unit}`;
  return [
    name,
    String(pairs.length),
    middle(pairs.map(({ product }) => product)),
    middle(pairs.map(({ baseline }) => baseline)),
    ratio.toFixed(3),
    `${lowest.toFixed(3)}–${highest.toFixed(3)}`,
    `≤ ${goal.toFixed(2)}`,
    ok ? "ok" : "missed",
  ];
}

/** The results for a person: medians of both sides, the median ratio, and its spread. */
export function table(measured: readonly Measured[]): string {
  const rows = [headings, ...measured.map(row)];
  const widths = headings.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
