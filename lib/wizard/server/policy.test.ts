import { expect, test } from "vitest";
import { contentSecurityPolicy } from "#lib/wizard/server/policy.ts";

test("a page's policy, in full", () => {
  const connect = ["https://login.example", "https://login.example"];
  expect(contentSecurityPolicy({ nonce: "abc", connect, development: false })).toBe(
    "default-src 'none'; script-src 'self' 'nonce-abc' 'strict-dynamic'; style-src 'self' 'nonce-abc'; img-src 'self' data:; font-src 'self'; connect-src 'self' https://login.example; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
});

test("only development may evaluate code", () => {
  expect(contentSecurityPolicy({ nonce: "abc", connect: [], development: true })).toContain("'unsafe-eval'");
});
