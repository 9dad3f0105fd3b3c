import type { Account } from "#lib/sandbox/tenant/accounts.ts";
import {
  agentClientId,
  apiResource,
  graphResource,
  tenantId,
  webClientId,
} from "#lib/sandbox/tenant/identity.ts";

/** What is common to every token: who issued it, when, for how long (seconds since 1970) and under which id. */
export type TokenFrame = {
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
  readonly uti: string;
};

/** What an ID token says of somebody (learn.microsoft.com/entra/identity-platform/id-token-claims-reference). */
export function identityClaims(account: Account): { sub: string } & Record<string, unknown> {
  return {
    sub: account.id,
    oid: account.id,
    tid: tenantId,
    name: account.displayName,
    preferred_username: account.userPrincipalName,
    login_hint: account.userPrincipalName,
    ver: "2.0",
    wids: account.roles.map(({ templateId }) => templateId),
  };
}

/**
 * The access token of somebody who signed in, for the web app's own API (version 2.0) or for Graph (version 1.0, whose
 * claims differ: appid, and scp in Graph's short names).
 */
export function delegatedClaims(
  frame: TokenFrame,
  account: Account,
  resource: string,
  scopes: readonly string[],
): Record<string, unknown> {
  const common = {
    ...framed(frame),
    sub: account.id,
    oid: account.id,
    name: account.displayName,
    scp: scopes.map((scope) => scope.slice(scope.lastIndexOf("/") + 1)).join(" "),
    wids: account.roles.map(({ templateId }) => templateId),
  };
  if (resource === apiResource) {
    const { userPrincipalName } = account;
    return {
      ...common,
      aud: webClientId,
      azp: webClientId,
      azpacr: "0",
      preferred_username: userPrincipalName,
      ver: "2.0",
    };
  }
  return {
    ...common,
    aud: graphResource,
    appid: webClientId,
    appidacr: "0",
    upn: account.userPrincipalName,
    idtyp: "user",
    ver: "1.0",
  };
}

/** The agent's own access token for Graph, with the application permissions granted to it. */
export function applicationClaims(
  frame: TokenFrame,
  objectId: string,
  permissions: readonly string[],
): Record<string, unknown> {
  return {
    ...framed(frame),
    aud: graphResource,
    sub: objectId,
    oid: objectId,
    appid: agentClientId,
    // 2: the client proved itself with a certificate.
    appidacr: "2",
    idtyp: "app",
    // Entra leaves the claim out when nothing is granted.
    ...(permissions.length > 0 ? { roles: permissions } : {}),
    ver: "1.0",
  };
}

function framed(frame: TokenFrame): Record<string, unknown> {
  return { ...frame, nbf: frame.iat, tid: tenantId };
}
