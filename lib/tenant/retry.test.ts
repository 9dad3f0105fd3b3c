import { describe, expect, test } from "vitest";
import { readRetryAfter, waitBeforeRetry } from "#lib/tenant/retry.ts";

const policy = { attempts: 3, firstWait: 100, longestWait: 10_000 };

describe("a request to Graph", () => {
  test.each([
    [1, { status: 429, retryAfter: 7 }, 7000],
    [1, { status: 429, retryAfter: 11 }, null],
    [1, { status: 503, retryAfter: null }, 100],
    [2, { status: 503, retryAfter: null }, 200],
    [3, { status: 503, retryAfter: null }, null],
    [1, { status: "none" as const, retryAfter: null }, 100],
    [1, { status: 403, retryAfter: null }, null],
    [1, { status: 404, retryAfter: 1 }, null],
  ])("after try %i that came to %j waits %j ms", (tried, attempt, wait) => {
    expect(waitBeforeRetry(policy, tried, attempt, 0)).toBe(wait);
  });

  test("waits a random part less without a Retry-After", () => {
    expect(waitBeforeRetry(policy, 1, { status: 500, retryAfter: null }, 1)).toBe(50);
  });

  test("reads Retry-After as seconds or as a date", () => {
    expect(readRetryAfter("12", 0)).toBe(12);
    expect(readRetryAfter("Thu, 01 Jan 1970 00:01:00 GMT", 30_000)).toBe(30);
    expect(readRetryAfter("soon", 0)).toBeNull();
    expect(readRetryAfter(null, 0)).toBeNull();
  });
});
