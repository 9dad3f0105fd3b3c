import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";

/** A fault that a test or a demo orders: what it hits, what it does, how often. */
export const fault = z
  .strictObject({
    /** Regular expression over "METHOD path?query". */
    match: z.string().transform((text, context) => {
      try {
        return new RegExp(text);
      } catch {
        context.addIssue({ code: "custom", message: "must be a regular expression" });
        return z.NEVER;
      }
    }),
    status: z.int().min(400).max(599).optional(),
    times: z.int().min(1).default(1),
    /** Seconds. */
    retryAfter: z.int().min(0).optional(),
    body: z.unknown().optional(),
    delayMs: z.int().min(0).max(120_000).optional(),
    dropConnection: z.boolean().default(false),
  })
  .refine((value) => value.status !== undefined || value.dropConnection || value.delayMs !== undefined, {
    message: "needs a status, dropConnection or delayMs: else it does nothing",
  });
export type Fault = z.output<typeof fault>;

const codes: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "InvalidAuthenticationToken",
  403: "Authorization_RequestDenied",
  404: "Request_ResourceNotFound",
  410: "syncStateNotFound",
  429: "TooManyRequests",
  500: "InternalServerError",
  502: "BadGateway",
  503: "ServiceUnavailable",
  504: "GatewayTimeout",
};

/** Graph's error code for a status. */
export function faultCode(status: number): string {
  return codes[status] ?? "UnknownError";
}

/** The faults on order, used up in the order in which they were made. */
export class Faults {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  order(ordered: Fault): void {
    this.#waiting.push({ fault: ordered, left: ordered.times });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that hits this request, if any, after its delay; counts it as used. */
  async hit(method: string, path: string): Promise<Fault | undefined> {
    const found = this.#waiting.find(({ fault: waiting }) => waiting.match.test(`${method} ${path}`));
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left === 0) this.#waiting = this.#waiting.filter((one) => one !== found);
    if (found.fault.delayMs !== undefined) await delay(found.fault.delayMs);
    return found.fault;
  }
}
