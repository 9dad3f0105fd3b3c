import { type NextRequest, NextResponse } from "next/server";
import { signInOrigins } from "#lib/wizard/server/connect.ts";
import { contentSecurityPolicy } from "#lib/wizard/server/policy.ts";

/**
 * Gives each page its Content-Security-Policy with a new nonce. Next reads the nonce from the request's header of
 * that name and puts it on its own scripts; pages find it in `x-nonce`.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy({
    nonce,
    connect: await signInOrigins(process.env),
    development: process.env.NODE_ENV === "development",
  });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Pages only: answers below /api set their own policy, and static files need none. */
export const config = { matcher: ["/((?!api/|_next/static/).*)"] };
