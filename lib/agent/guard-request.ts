import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { Failure } from "#lib/model/problem.ts";

/** The names under which the agent may be addressed: loopback ones alone, with its port. */
function ownHosts(port: number): ReadonlySet<string> {
  return new Set(["127.0.0.1", "localhost", "[::1]"].map((host) => `${host}:${port}`));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/**
 * Refuses requests that a web page may have sent (E2003: their Host or Origin is not the agent's own, as in DNS
 * rebinding) and requests without the pairing secret (E2002), compared in constant time.
 */
export function guardRequest(port: number, secret: string): MiddlewareHandler {
  const hosts = ownHosts(port);
  const expected = digest(`Bearer ${secret}`);
  return async (context, next) => {
    const host = context.req.header("host") ?? "";
    const origin = context.req.header("origin");
    const foreign = origin !== undefined && !hosts.has(origin.replace(/^http:\/\//, ""));
    if (!hosts.has(host) || foreign) throw new Failure("E2003");
    if (!timingSafeEqual(digest(context.req.header("authorization") ?? ""), expected))
      throw new Failure("E2002");
    return next();
  };
}
