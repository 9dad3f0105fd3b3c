import { z } from "zod";
import { type ErrorCode, errorCodes, errors } from "#lib/model/errors.ts";

/** What a person is told about an error: what happened, why, what to do next, under a stable code. */
export const problem = z.object({
  code: z.enum(errorCodes),
  what: z.string(),
  why: z.string(),
  next: z.string(),
  /** The id under which Microsoft Graph or the agent's log knows the request. */
  reference: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;

/** An error that may reach a person. `why` defaults to the catalogue's; pass facts that narrow the cause. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly problem: Problem;

  constructor(code: ErrorCode, facts: { why?: string; reference?: string; cause?: unknown } = {}) {
    const { what, why, next } = errors[code];
    super(`${code}: ${what}`, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.problem = {
      code,
      what,
      why: facts.why ?? why,
      next,
      ...(facts.reference === undefined ? {} : { reference: facts.reference }),
    };
  }

  get code(): ErrorCode {
    return this.problem.code;
  }
}

/** The failure that this thrown value is, or E2000 (a defect of ours) around it. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const why =
    thrown instanceof Error
      ? `The program met a state it was not written for: ${thrown.message}.`
      : undefined;
  return new Failure("E2000", { cause: thrown, ...(why === undefined ? {} : { why }) });
}
