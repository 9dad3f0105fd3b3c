import type { Pair } from "#lib/sandbox/bench/pairs.ts";

/** How much a run of the benchmarks does. */
export type Extent = {
  /** Pairs of measurements for each benchmark; its median ratio counts. */
  readonly pairs: number;
  /** A factor on the number of groups and memberships; 1 is what the goals are for. */
  readonly scale: number;
  readonly tell: (line: string) => void;
};

/** Pairs that were measured, and the most that their median ratio may be. */
export type Measured = {
  readonly name: string;
  readonly goal: number;
  /** What the pairs are in. */
  readonly unit: "s" | "MB";
  readonly pairs: readonly Pair[];
};

/** One benchmark: the product against a baseline that does the same in the same run. */
export type Benchmark = {
  readonly name: string;
  run(extent: Extent): Promise<readonly Measured[]>;
};
