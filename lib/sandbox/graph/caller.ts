import { createLocalJWKSet, errors, type JWK, jwtVerify } from "jose";
import { denied, GraphError } from "#lib/sandbox/graph/graphError.ts";
import type { IssuedTokens } from "#lib/sandbox/sign-in/tokens.ts";
import { graphResource, tenantId } from "#lib/sandbox/tenant/identity.ts";

/** Who asks: an app by itself, or somebody through an app. */
export type Caller = {
  readonly kind: "app" | "user";
  /** Object id of the app's service principal or of the user. */
  readonly id: string;
  /** Application permissions, or delegated scopes. */
  readonly permissions: ReadonlySet<string>;
  /** Role template ids; none for an app. */
  readonly directoryRoles: ReadonlySet<string>;
};

/** Makes the check of a request's bearer token: signature, issuer, audience, tenant, expiry, and not revoked. */
export function callerReader(issuer: string, keys: readonly JWK[], tokens: IssuedTokens) {
  const keySet = createLocalJWKSet({ keys: [...keys] as never });

  return async function readCaller(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) throw invalidToken("Access token is empty.");
    try {
      const { payload } = await jwtVerify(token, keySet, {
        issuer,
        audience: graphResource,
        algorithms: ["RS256"],
      });
      if (payload.tid !== tenantId) throw invalidToken("Invalid tenant.");
      if (!tokens.isHonoured(payload.uti)) throw expired();
      const app = payload.idtyp === "app";
      return {
        kind: app ? "app" : "user",
        id: String(payload.oid),
        permissions: new Set(app ? strings(payload.roles) : String(payload.scp ?? "").split(" ")),
        directoryRoles: new Set(strings(payload.wids)),
      };
    } catch (error) {
      if (error instanceof GraphError) throw error;
      if (error instanceof errors.JWTExpired) throw expired();
      if (error instanceof errors.JWTClaimValidationFailed)
        throw invalidToken(
          `Access token validation failure. Invalid ${error.claim === "aud" ? "audience" : error.claim}.`,
        );
      if (error instanceof errors.JOSEError)
        throw invalidToken("IDX14100: JWT is not well formed or its signature is invalid.");
      throw error;
    }
  };
}

/** Throws Graph's 403 unless the caller holds one of these permissions. */
export function requirePermission(caller: Caller, anyOf: readonly string[]): void {
  if (!anyOf.some((name) => caller.permissions.has(name))) throw denied();
}

/** Throws Graph's 403 unless the caller is an app or somebody with one of these directory roles. */
export function requireRole(caller: Caller, anyOf: readonly string[]): void {
  if (caller.kind === "user" && !anyOf.some((role) => caller.directoryRoles.has(role))) throw denied();
}

function strings(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.map(String) : [];
}

function expired(): GraphError {
  return invalidToken("Lifetime validation failed, the token is expired.");
}

function invalidToken(message: string): GraphError {
  return new GraphError(401, "InvalidAuthenticationToken", message, {
    "WWW-Authenticate": `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"`,
  });
}
