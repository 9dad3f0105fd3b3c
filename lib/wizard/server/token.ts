import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, errors as jose, jwtVerify } from "jose";
import { z } from "zod";
import { Failure } from "#lib/model/problem.ts";
import { type Discovery, discover, reasonOf } from "#lib/wizard/server/discovery.ts";
import { type Granted, rolesOf } from "#lib/wizard/server/role.ts";
import type { SignInSettings } from "#lib/wizard/server/settings.ts";

/** Who sent a request, as the access token tells it. */
export type Person = {
  readonly name: string;
  readonly userPrincipalName: string;
  readonly roles: readonly string[];
  readonly access: Granted;
  readonly tellsRoles: boolean;
  /** When the token ends, in milliseconds since 1970. */
  readonly expires: number;
};

/** What a token must say to be meant for this application. */
export type Expected = { readonly tenantId: string; readonly clientId: string; readonly scope: string };

/** Clocks of the authority and of this machine may differ by this many seconds. */
const clockTolerance = 60;

const claims = z.object({
  tid: z.string(),
  ver: z.string().optional(),
  scp: z.string().optional(),
  oid: z.string(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  upn: z.string().optional(),
  wids: z.array(z.string()).optional(),
  exp: z.number(),
});

/** The token of an Authorization header (RFC 6750, 2.1). Throws E1001 where there is none. */
export function tokenOf(authorization: string | null): string {
  const [, token] = /^bearer +(\S+) *$/i.exec(authorization ?? "") ?? [];
  if (token === undefined) throw new Failure("E1001");
  return token;
}

/**
 * The person whose access token this is. Signature, issuer, audience and times are checked by `jose`, the rest
 * by `personOf`. The audience is the client id alone: "In v2.0 tokens, this value is always the client ID of
 * the API" (Microsoft, access token claims reference, `aud`), and other versions are refused.
 * Throws E1002, E1003, E1004, or E1006 when the signing keys cannot be read.
 */
export async function verify(token: string, settings: SignInSettings): Promise<Person> {
  const discovery = await discover(settings.authority);
  const expected: Expected = {
    tenantId: settings.tenantId,
    clientId: settings.clientId,
    scope: settings.apiScope.slice(settings.apiScope.lastIndexOf("/") + 1),
  };
  const { payload } = await jwtVerify(token, keysOf(discovery), {
    algorithms: ["RS256"],
    issuer: discovery.issuer,
    audience: settings.clientId,
    requiredClaims: ["exp", "tid", "oid"],
    clockTolerance,
  }).catch((thrown: unknown) => {
    throw refusalFrom(thrown, expected, discovery);
  });
  return personOf(payload, expected);
}

const keySets = new Map<string, JWTVerifyGetKey>();

/** The authority's signing keys: kept, and read anew for an unknown key id, at most every 30 seconds. */
function keysOf({ jwksUri }: Discovery): JWTVerifyGetKey {
  const kept = keySets.get(jwksUri);
  if (kept !== undefined) return kept;
  const keys = createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: 5_000, cooldownDuration: 30_000 });
  keySets.set(jwksUri, keys);
  return keys;
}

/** The failure that `jose`'s refusal of a token stands for. Pure. */
export function refusalFrom(thrown: unknown, expected: Expected, { issuer, jwksUri }: Discovery): Failure {
  const refused = (why: string) => new Failure("E1003", { why, cause: thrown });
  if (thrown instanceof jose.JWTExpired) return new Failure("E1002", { cause: thrown });
  if (thrown instanceof jose.JWTClaimValidationFailed) {
    const { claim, payload } = thrown;
    // Entra signs for all tenants with the same keys, so that another tenant's token gets as far as this.
    if (claim === "iss" && typeof payload.tid === "string" && payload.tid !== expected.tenantId)
      return otherTenant(payload.tid, expected);
    if (claim === "iss") return refused(`The access token's issuer is not ${issuer}.`);
    if (claim === "aud")
      return refused(
        `The access token is for another application: its audience is not ${expected.clientId}. The app registration must ask for tokens of version 2 (requestedAccessTokenVersion).`,
      );
    if (claim === "nbf")
      return refused(
        "The access token is not valid yet: check the clocks of this machine and the authority.",
      );
    return refused(`The access token lacks the claim ${claim}, or it has another form.`);
  }
  if (thrown instanceof jose.JWKSNoMatchingKey)
    return refused("The access token is signed with a key that the authority does not publish.");
  if (thrown instanceof jose.JWKSMultipleMatchingKeys)
    return refused("The access token names no key, and the authority publishes several.");
  if (thrown instanceof jose.JWSSignatureVerificationFailed)
    return refused("The access token's signature is wrong.");
  if (thrown instanceof jose.JOSEAlgNotAllowed)
    return refused("The access token is not signed with RS256, the only algorithm that is accepted.");
  if (thrown instanceof jose.JWSInvalid || thrown instanceof jose.JWTInvalid)
    return refused("What was sent is not an access token.");
  if (thrown instanceof jose.JOSENotSupported)
    return refused("The access token asks for an extension that is not supported.");
  if (thrown instanceof jose.JWKSTimeout || thrown instanceof jose.JWKSInvalid || isFetchFault(thrown))
    return new Failure("E1006", {
      why: `The authority's signing keys (${jwksUri}) could not be read: ${reasonOf(thrown)}.`,
      cause: thrown,
    });
  return new Failure("E2000", { cause: thrown });
}

/** `fetch` fails with a TypeError; `jose` reports an answer that is not 200 or not JSON with its base class. */
function isFetchFault(thrown: unknown): boolean {
  return (
    thrown instanceof TypeError || (thrown instanceof jose.JOSEError && thrown.code === "ERR_JOSE_GENERIC")
  );
}

/** The person whom a token's verified claims name. Throws E1004 and E1003. Pure. */
export function personOf(payload: JWTPayload, expected: Expected): Person {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))].join(", ");
    throw new Failure("E1003", { why: `The access token lacks the claim ${names}, or it has another form.` });
  }
  const { tid, ver, scp, oid, name, preferred_username, upn, wids, exp } = parsed.data;
  if (tid !== expected.tenantId) throw otherTenant(tid, expected);
  if (ver !== "2.0")
    throw new Failure("E1003", {
      why: "The access token is not of version 2.0: set requestedAccessTokenVersion to 2 in the manifest of the app registration.",
    });
  if (!(scp ?? "").split(" ").includes(expected.scope))
    throw new Failure("E1003", { why: `The access token does not carry the scope ${expected.scope}.` });
  const userPrincipalName = upn ?? preferred_username ?? "";
  return {
    name: firstOf(name, userPrincipalName) ?? oid,
    userPrincipalName,
    ...rolesOf(wids ?? []),
    tellsRoles: wids !== undefined,
    expires: exp * 1000,
  };
}

function firstOf(...texts: (string | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined && text !== "");
}

function otherTenant(tid: string, { tenantId }: Expected): Failure {
  return new Failure("E1004", {
    why: `The access token names the tenant ${tid}; this application is set up for ${tenantId}.`,
  });
}
