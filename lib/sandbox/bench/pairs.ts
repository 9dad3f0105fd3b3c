/** What the product and its baseline took for the same work, one right after the other. */
export type Pair = { readonly product: number; readonly baseline: number };

/** How a benchmark compares with its goal. */
export type Summary = {
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
};

/** The middle value, or the mean of the two middle ones. Throws RangeError for no values at all. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new RangeError("no values have no median");
  return (low + high) / 2;
}

/** The median of the pairs' ratios, and their spread: how far the lowest and the highest are from it. */
export function summary(pairs: readonly Pair[]): Summary {
  const ratios = pairs.map(({ product, baseline }) => product / baseline);
  return { ratio: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
}

/**
 * Measures both sides in turn, the first of a pair being the other one each time, so that whatever drifts in the
 * machine meanwhile strikes both alike.
 */
export async function measurePairs(
  count: number,
  sides: { readonly product: () => Promise<number>; readonly baseline: () => Promise<number> },
  tell: (pair: Pair) => void,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let turn = 0; turn < count; turn++) {
    let product = turn % 2 === 0 ? await sides.product() : Number.NaN;
    const baseline = await sides.baseline();
    if (turn % 2 === 1) product = await sides.product();
    pairs.push({ product, baseline });
    tell({ product, baseline });
  }
  return pairs;
}

/** What `work` gives, and how long it took, in seconds. */
export async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; took: number }> {
  const start = performance.now();
  const result = await work();
  return { result, took: (performance.now() - start) / 1000 };
}

/** How long `work` takes, in seconds. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  return (await timed(work)).took;
}
