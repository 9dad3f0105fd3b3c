import { parseArgs } from "node:util";

/** What a run of the benchmarks is asked for on its command line. */
export type Options = {
  /** Where the results go as JSON; undefined: nowhere. */
  readonly json: string | undefined;
  /** The one benchmark to run; undefined: all. */
  readonly only: string | undefined;
  readonly pairs: number;
  readonly scale: number;
};

/** Reads the command line. Throws TypeError, in words for a person, for what cannot be meant. */
export function readOptions(names: readonly string[]): Options {
  const { values } = parseArgs({
    options: {
      json: { type: "string" },
      only: { type: "string" },
      pairs: { type: "string", default: "5" },
      scale: { type: "string", default: "1" },
    },
  });
  const { json, only } = values;
  const pairs = Number(values.pairs);
  const scale = Number(values.scale);
  if (only !== undefined && !names.includes(only))
    throw new TypeError(`--only takes one of ${names.join(", ")}, not "${only}"`);
  if (!Number.isInteger(pairs) || pairs < 1)
    throw new TypeError(`--pairs takes a whole number from 1 on, not "${values.pairs}"`);
  if (!(scale > 0 && scale <= 1))
    throw new TypeError(`--scale takes a number up to 1, not "${values.scale}"`);
  return { json, only, pairs, scale };
}
