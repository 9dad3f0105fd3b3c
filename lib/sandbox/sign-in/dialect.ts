import {
  apiResource,
  apiScope,
  delegatedPermissions,
  graphResource,
  webClientId,
} from "#lib/sandbox/tenant/identity.ts";

/** A request that Entra refuses, with its own error code. */
export class RefusedRequest extends Error {
  readonly error: string;
  readonly suberror: string | undefined;

  constructor(error: string, message: string, suberror?: string) {
    super(message);
    this.name = "RefusedRequest";
    this.error = error;
    this.suberror = suberror;
  }
}

const openIdScopes = ["openid", "profile", "email", "offline_access"];
const graphPrefix = `${graphResource}/`;

/** Every scope that the web app has been granted for a resource, in the form that names the resource. */
export function grantedScopes(resource: string): readonly string[] {
  return resource === apiResource ? [apiScope] : delegatedPermissions.map((name) => graphPrefix + name);
}

/**
 * What oidc-provider is asked in place of an authorization request as MSAL sends it to Entra. Entra reads the resource
 * from the scopes, grants all that was consented to, and lets one refresh token serve every resource; OAuth's resource
 * indicators (RFC 8707) say the same by naming all resources here and one at the token endpoint.
 */
export function authorizationRequest(from: URLSearchParams): URLSearchParams {
  const asked = words(from.get("scope"));
  resourceOf(asked);
  const to = new URLSearchParams(from);
  // offline_access would need the consent prompt; refresh tokens are issued anyway.
  const openId = asked.filter((scope) => scope === "openid" || scope === "profile");
  to.set("scope", [...openId, ...grantedScopes(apiResource), ...grantedScopes(graphResource)].join(" "));
  to.delete("resource");
  to.append("resource", apiResource);
  to.append("resource", graphResource);
  const prompt = from.get("prompt");
  // oidc-provider knows no account picker of its own: its sign-in page is one.
  if (prompt === "select_account" || prompt === "create") to.set("prompt", "login");
  if (prompt === "consent") to.delete("prompt");
  return to;
}

/** What oidc-provider is asked in place of a token request as MSAL sends it to Entra. */
export function tokenRequest(from: URLSearchParams): URLSearchParams {
  const asked = words(from.get("scope"));
  const to = new URLSearchParams(from);
  to.delete("scope");
  switch (from.get("grant_type")) {
    case "client_credentials": {
      if (asked.length !== 1 || !asked[0]?.endsWith("/.default")) {
        throw new RefusedRequest(
          "invalid_scope",
          `AADSTS1002012: The provided value for scope ${asked.join(" ")} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
        );
      }
      to.set("resource", resourceOf(asked));
      break;
    }
    case "refresh_token": {
      const resource = resourceOf(asked);
      to.set("resource", resource);
      to.set("scope", ["openid", "profile", ...grantedScopes(resource)].join(" "));
      break;
    }
    case "authorization_code":
      to.set("resource", resourceOf(asked));
  }
  return to;
}

/** Entra appends nothing to a sign-out request, but oidc-provider must know whose redirect URI to check. */
export function signOutRequest(from: URLSearchParams): URLSearchParams {
  const to = new URLSearchParams(from);
  if (!to.has("client_id") && !to.has("id_token_hint")) to.set("client_id", webClientId);
  return to;
}

/** The scopes to report for a token: those granted, and those that were asked for in their short form. */
export function reportedScopes(granted: string, asked: string | null): string {
  const short = words(asked).filter((scope) => delegatedPermissions.includes(scope));
  return [...words(granted).filter((scope) => !openIdScopes.includes(scope)), ...short].join(" ");
}

/** The one resource that these scopes belong to; Graph when they name none, as in Entra. */
function resourceOf(scopes: readonly string[]): string {
  const resources = new Set<string>();
  for (const scope of scopes) {
    if (openIdScopes.includes(scope)) continue;
    if (scope.startsWith(`${apiResource}/`)) {
      const name = scope.slice(apiResource.length + 1);
      if (scope !== apiScope && name !== ".default") throw unknownScope(name, apiResource);
      resources.add(apiResource);
    } else if (scope.startsWith(graphPrefix) || !scope.includes("/")) {
      const name = scope.startsWith(graphPrefix) ? scope.slice(graphPrefix.length) : scope;
      if (name !== ".default" && !delegatedPermissions.includes(name)) throw consentMissing(name);
      resources.add(graphResource);
    } else {
      throw new RefusedRequest(
        "invalid_resource",
        `AADSTS500011: The resource principal named ${scope.replace(/\/[^/]*$/, "")} was not found in the tenant named Contoso.`,
      );
    }
  }
  if (resources.size > 1) {
    throw new RefusedRequest(
      "invalid_request",
      "AADSTS28000: Provided value for the input parameter scope is not valid because it contains more than one resource.",
    );
  }
  return [...resources][0] ?? graphResource;
}

function unknownScope(name: string, resource: string): RefusedRequest {
  return new RefusedRequest(
    "invalid_scope",
    `AADSTS650053: The application asked for scope '${name}' that doesn't exist on the resource '${resource}'.`,
  );
}

function consentMissing(name: string): RefusedRequest {
  return new RefusedRequest(
    "invalid_grant",
    `AADSTS65001: The user or administrator has not consented to use the application with ID '${webClientId}' named 'Group writeback' for the permission '${name}'. Send an interactive authorization request for this user and resource.`,
    "consent_required",
  );
}

function words(text: string | null): string[] {
  return (text ?? "").split(" ").filter((word) => word !== "");
}
