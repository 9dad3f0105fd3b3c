import { randomUUID } from "node:crypto";
import { agentClientId, tenantName, webClientId } from "#lib/sandbox/tenant/identity.ts";

/** What Entra says for an OAuth error that oidc-provider found (learn.microsoft.com/entra/identity-platform/reference-error-codes). */
export function entraMessage(error: string, description: string | undefined): string {
  const detail = description ?? error;
  if (detail.startsWith("AADSTS")) return detail;
  if (error === "invalid_redirect_uri") {
    return `AADSTS50011: The redirect URI specified in the request does not match the redirect URIs configured for the application '${webClientId}'. (${detail})`;
  }
  if (error === "invalid_client") {
    return /not found/.test(detail) || detail === "client is invalid"
      ? `AADSTS700016: Application was not found in the directory '${tenantName}'. (${detail})`
      : `AADSTS700027: The certificate used to sign the client assertion is not registered on application '${agentClientId}', or its assertion is not valid. (${detail})`;
  }
  if (error === "invalid_grant")
    return `AADSTS70000: The provided authorization code or refresh token is invalid, revoked or has expired. (${detail})`;
  if (error === "login_required")
    return `AADSTS50058: A silent sign-in request was sent but no user is signed in. (${detail})`;
  if (error === "access_denied")
    return `AADSTS65004: User declined to consent to access the app. (${detail})`;
  if (error === "invalid_scope")
    return `AADSTS70011: The provided value for the input parameter 'scope' is not valid. (${detail})`;
  if (error === "unsupported_grant_type")
    return `AADSTS70003: The app requested an unsupported grant type. (${detail})`;
  return `AADSTS90000: ${detail}`;
}

/** The body of the token endpoint's refusals, with the fields that Entra adds to OAuth's. */
export function refusalBody(error: string, message: string, suberror?: string): Record<string, unknown> {
  const code = /^AADSTS(\d+)/.exec(message)?.[1];
  return {
    error,
    error_description: message,
    error_codes: code === undefined ? [] : [Number(code)],
    timestamp: new Date()
      .toISOString()
      .replace("T", " ")
      .replace(/\.\d+Z$/, "Z"),
    trace_id: randomUUID(),
    correlation_id: randomUUID(),
    ...(suberror === undefined ? {} : { suberror }),
  };
}
