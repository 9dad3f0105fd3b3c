import type { ErrorCode } from "#lib/model/errors.ts";

const aboutNumbers: ReadonlySet<ErrorCode> = new Set(["E5003", "E5004", "E5005", "E5006"]);

/**
 * Whether a person may release a plan that this problem holds. Numbers can be right however large they are, and only
 * a person knows. An anchor that is shared or disagrees leaves open which group is meant; a privileged group and
 * an object outside the targets must never be written: there the directory or the configuration has to be mended.
 */
export function releasable(code: ErrorCode): boolean {
  return aboutNumbers.has(code);
}
