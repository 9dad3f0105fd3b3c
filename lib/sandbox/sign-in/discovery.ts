import { tenantId } from "#lib/sandbox/tenant/identity.ts";

/** Where the provider's endpoints lie below `/<tenant id>`, as in Entra. */
export const paths = {
  discovery: "/v2.0/.well-known/openid-configuration",
  authorize: "/oauth2/v2.0/authorize",
  token: "/oauth2/v2.0/token",
  signOut: "/oauth2/v2.0/logout",
  keys: "/discovery/v2.0/keys",
  interaction: "/interaction",
} as const;

export function authorityUrl(origin: string): string {
  return `${origin}/${tenantId}`;
}

export function issuerUrl(httpsOrigin: string): string {
  return `${authorityUrl(httpsOrigin)}/v2.0`;
}

/**
 * The OpenID Connect discovery document in Entra's shape. Its issuer and keys are https; what a browser opens is plain
 * http on loopback, so that nobody meets a warning about a certificate that only the sandbox knows.
 */
export function discoveryDocument(httpsOrigin: string, httpOrigin: string): Record<string, unknown> {
  const browser = authorityUrl(httpOrigin);
  return {
    issuer: issuerUrl(httpsOrigin),
    authorization_endpoint: browser + paths.authorize,
    token_endpoint: browser + paths.token,
    end_session_endpoint: browser + paths.signOut,
    jwks_uri: authorityUrl(httpsOrigin) + paths.keys,
    token_endpoint_auth_methods_supported: ["private_key_jwt", "none"],
    response_modes_supported: ["query", "fragment", "form_post"],
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "profile", "offline_access"],
    request_uri_parameter_supported: false,
    claims_supported: [
      "sub",
      "iss",
      "aud",
      "exp",
      "iat",
      "auth_time",
      "nonce",
      "name",
      "preferred_username",
      "tid",
      "oid",
      "ver",
    ],
  };
}
