import { open } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { runCounts } from "#lib/model/run.ts";
import type { Benchmark, Extent, Measured } from "#lib/sandbox/bench/benchmark.ts";
import { fillSnapshot } from "#lib/sandbox/bench/fill.ts";
import { measurePairs, seconds, timed } from "#lib/sandbox/bench/pairs.ts";
import { PlannedWork } from "#lib/sandbox/bench/planned-work.ts";
import { refusing } from "#lib/sandbox/bench/ports.ts";
import { runProgram } from "#lib/sandbox/bench/program.ts";
import { quietDirectory } from "#lib/sandbox/bench/quiet-directory.ts";
import { inFolder, snapshotFile, withState } from "#lib/sandbox/bench/state.ts";
import type { Tenant } from "#lib/tenant/tenant.ts";

const memoryGoal = 500;
const planned = z.object({ counts: runCounts, peakMegabytes: z.number() });

/**
 * Planning with nothing changed, against GNU `sort` and `comm` over the same two lists of memberships. The snapshot
 * stands on disk as the import has left it; the lists lie on disk in the order in which each side tells them.
 */
export const plan: Benchmark = {
  name: "plan",
  run: (extent) => inFolder("plan", (folder) => run(folder, extent)),
};

async function run(folder: string, { pairs, scale, tell }: Extent): Promise<readonly Measured[]> {
  const work = new PlannedWork(scale);
  const file = snapshotFile(folder);
  tell(`plan: filling a snapshot and two lists with ${work.groupCount} groups …`);
  const filled = await seconds(() =>
    withState(file, (state) =>
      fillSnapshot(work, { tenant: refusing<Tenant>("tenant"), directory: quietDirectory, ...state }),
    ),
  );
  tell(`plan: the snapshot took ${filled.toFixed(1)} s to fill`);
  for (const side of ["cloud", "directory"] as const) await writeList(join(folder, side), work.text(side));

  const peaks: number[] = [];
  const product = async () => {
    const { peak, took } = await planOnce(work, file);
    peaks.push(peak);
    return took;
  };
  // The first plan after an import also notes that both sides were seen equal.
  await planOnce(work, file);
  const measured = await measurePairs(
    pairs,
    { product, baseline: () => compareLists(folder) },
    ({ product, baseline }) =>
      tell(`plan: product ${product.toFixed(1)} s, sort and comm ${baseline.toFixed(1)} s`),
  );
  return [
    { name: "plan", goal: 1, unit: "s", pairs: measured },
    {
      name: "plan: peak memory",
      goal: 1,
      unit: "MB",
      pairs: peaks.map((peak) => ({ product: peak, baseline: memoryGoal })),
    },
  ];
}

async function writeList(file: string, pieces: Iterable<string>): Promise<void> {
  const handle = await open(file, "w");
  try {
    for (const piece of pieces) await handle.write(piece);
  } finally {
    await handle.close();
  }
}

/** How long a process of the product takes for a plan, from its start to its end, in seconds; its peak in MB. */
async function planOnce(work: PlannedWork, file: string): Promise<{ took: number; peak: number }> {
  const program = fileURLToPath(new URL("plan-agent.ts", import.meta.url));
  const { result, took } = await timed(() => runProgram(process.execPath, [program, file, work.target]));
  const { counts, peakMegabytes } = planned.parse(JSON.parse(result));
  const { groupsInScope, create, update, rename, move, addMembers, removeMembers } = counts;
  const changes = create + update + rename + move + addMembers + removeMembers + counts.delete;
  if (groupsInScope !== work.groupCount || changes !== 0)
    throw new Error(`the plan has ${changes} changes for ${groupsInScope} groups instead of none`);
  return { took, peak: peakMegabytes };
}

/** How long GNU sort and comm take to find that the lists do not differ, in seconds. */
async function compareLists(folder: string): Promise<number> {
  const command = 'comm -3 <(sort "$1/cloud") <(sort "$1/directory") | wc -l';
  const { result, took } = await timed(() =>
    runProgram("bash", ["-c", command, "compare", folder], { LC_ALL: "C" }),
  );
  if (result.trim() !== "0") throw new Error(`the lists differ in ${result.trim()} lines`);
  return took;
}
