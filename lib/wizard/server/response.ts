import { errors } from "#lib/model/errors.ts";
import type { Failure, Problem } from "#lib/model/problem.ts";

/** The headers of every answer below `/api`: no store keeps it, and no browser makes a page of it. */
export function answerHeaders(contentType: string): Record<string, string> {
  return {
    "content-type": contentType,
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
  };
}

/** An answer in JSON. */
export function jsonResponse(value: unknown): Response {
  return new Response(JSON.stringify(value), { headers: answerHeaders("application/json") });
}

/** A problem, by default under the catalogue's status. */
export function problemResponse(problem: Problem, status: number = errors[problem.code].status): Response {
  const headers = answerHeaders("application/json");
  // RFC 6750, section 3: a refusal for want of a valid token says so.
  if (status === 401)
    headers["www-authenticate"] = problem.code === "E1001" ? "Bearer" : 'Bearer error="invalid_token"';
  return new Response(JSON.stringify({ problem }), { status, headers });
}

/** The answer to a request that failed. */
export function failureResponse(failure: Failure): Response {
  return problemResponse(failure.problem);
}
