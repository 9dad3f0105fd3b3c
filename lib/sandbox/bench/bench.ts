import { writeFile } from "node:fs/promises";
import { apply } from "#lib/sandbox/bench/apply.ts";
import type { Benchmark, Measured } from "#lib/sandbox/bench/benchmark.ts";
import { readOptions } from "#lib/sandbox/bench/options.ts";
import { plan } from "#lib/sandbox/bench/plan.ts";
import { resultOf, table } from "#lib/sandbox/bench/table.ts";

/** Each holds the product against a baseline that does the same in the same run. */
const benchmarks: readonly Benchmark[] = [apply, plan];

async function main(): Promise<void> {
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  const { json, only, pairs, scale } = readOptions(benchmarks.map(({ name }) => name));
  const measured: Measured[] = [];
  for (const benchmark of benchmarks)
    if (only === undefined || benchmark.name === only)
      measured.push(...(await benchmark.run({ pairs, scale, tell })));
  tell(`\n${table(measured)}`);
  if (scale !== 1) tell(`At scale ${scale}: the goals are for scale 1.`);
  if (json !== undefined) await writeFile(json, `${JSON.stringify(measured.map(resultOf), null, 2)}\n`);
}

await main();
