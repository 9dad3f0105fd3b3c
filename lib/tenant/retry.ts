/** What an attempt at a request came to: an HTTP status with its Retry-After in seconds, or no answer at all. */
export type Attempt = { readonly status: number | "none"; readonly retryAfter: number | null };

export type RetryPolicy = {
  /** How often a request is sent at the most. */
  readonly attempts: number;
  /** The first wait without a Retry-After, in milliseconds; it doubles each time. */
  readonly firstWait: number;
  /** The longest wait in milliseconds; a Retry-After above it ends the tries. */
  readonly longestWait: number;
};

export const defaultRetryPolicy: RetryPolicy = { attempts: 5, firstWait: 500, longestWait: 120_000 };

/**
 * How long to wait before the next try, in milliseconds, or null to give up. Retry-After is obeyed to the letter
 * (Graph's "throttling guidance"); otherwise the wait doubles, with up to half of it taken off at random
 * (`random` from 0 to 1) so that many clients do not return at once.
 */
export function waitBeforeRetry(
  policy: RetryPolicy,
  tried: number,
  attempt: Attempt,
  random: number,
): number | null {
  const { status, retryAfter } = attempt;
  const passing = status === "none" || status === 429 || status >= 500;
  if (!passing || tried >= policy.attempts) return null;
  const wait =
    retryAfter === null ? policy.firstWait * 2 ** (tried - 1) * (1 - random / 2) : retryAfter * 1000;
  return wait <= policy.longestWait ? wait : null;
}

/** Seconds of a Retry-After header: a number of seconds or an HTTP date (RFC 9110, 10.2.3). */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
}
