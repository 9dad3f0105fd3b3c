import { randomBytes } from "node:crypto";
import type { JWK } from "jose";
import {
  type Configuration,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
  Provider,
} from "oidc-provider";
import { applicationClaims, delegatedClaims, identityClaims } from "#lib/sandbox/sign-in/claims.ts";
import { grantedScopes, reportedScopes } from "#lib/sandbox/sign-in/dialect.ts";
import { paths } from "#lib/sandbox/sign-in/discovery.ts";
import { memoryAdapter } from "#lib/sandbox/sign-in/memory.ts";
import { errorPage, type Page, signedOutPage, signOutPage } from "#lib/sandbox/sign-in/pages.ts";
import { entraMessage, refusalBody } from "#lib/sandbox/sign-in/refusals.ts";
import type { IssuedTokens } from "#lib/sandbox/sign-in/tokens.ts";
import { accounts } from "#lib/sandbox/tenant/accounts.ts";
import {
  agentClientId,
  apiResource,
  graphResource,
  stableId,
  tenantId,
  webClientId,
} from "#lib/sandbox/tenant/identity.ts";

export type ProviderFacts = {
  readonly issuer: string;
  /** Private JWK that signs every token. */
  readonly key: JWK;
  /** Public JWK of the agent's certificate. */
  readonly agentKey: JWK;
  /** base64url SHA-256 of the agent's certificate: the assertion's `x5t#S256`. */
  readonly agentThumbprint: string;
  readonly tokens: IssuedTokens;
  /** Origins of the web app; may grow. */
  readonly origins: ReadonlySet<string>;
  /** The agent's application permissions; may change. */
  readonly permissions: ReadonlySet<string>;
};

const day = 24 * 60 * 60;

/** oidc-provider set up as Contoso's part of Entra; `dialect.ts` translates what it is asked. */
export function signInProvider(facts: ProviderFacts): Provider {
  const provider = new Provider(facts.issuer, configuration(facts));
  // The app's origins are known late and change; any page of such an origin may be returned to.
  const known = (uri: string) => facts.origins.has(URL.parse(uri)?.origin ?? "");
  provider.Client.prototype.redirectUriAllowed = known;
  provider.Client.prototype.postLogoutRedirectUriAllowed = known;
  provider.use(async (ctx, next) => {
    await next();
    shapeTokenResponse(ctx as KoaContextWithOIDC);
  });
  return provider;
}

function configuration(facts: ProviderFacts): Configuration {
  const policy = interactionPolicy.base();
  policy.remove("consent");
  return {
    adapter: memoryAdapter(),
    clients: [
      {
        client_id: webClientId,
        client_name: "Group writeback",
        application_type: "web",
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        redirect_uris: ["http://localhost/"],
      },
      {
        client_id: agentClientId,
        client_name: "Group writeback agent",
        token_endpoint_auth_method: "private_key_jwt",
        grant_types: ["client_credentials"],
        response_types: [],
        redirect_uris: [],
        jwks: { keys: [facts.agentKey as JWK & { kty: string }] },
      },
    ],
    jwks: { keys: [facts.key as JWK & { kty: string }] },
    routes: {
      authorization: paths.authorize,
      token: paths.token,
      end_session: paths.signOut,
      jwks: paths.keys,
    },
    scopes: ["openid", "profile"],
    claims: { openid: ["sub", "oid", "tid", "name", "preferred_username", "login_hint", "ver", "wids"] },
    conformIdTokenClaims: false,
    clientAuthMethods: ["none", "private_key_jwt"],
    enabledJWA: { clientAuthSigningAlgValues: ["PS256", "RS256"] },
    clientBasedCORS: (_ctx, origin) => facts.origins.has(origin),
    pkce: { required: () => true },
    cookies: {
      keys: [randomBytes(32).toString("hex")],
      // Cookies of localhost are shared by all its ports: names and paths keep them away from the app's.
      names: { session: "contoso_session", interaction: "contoso_interaction", resume: "contoso_resume" },
      long: { httpOnly: true, sameSite: "lax", path: `/${tenantId}` },
      short: { httpOnly: true, sameSite: "lax" },
    },
    ttl: {
      ...accessTokenLifetimes(facts.tokens),
      AuthorizationCode: 60,
      IdToken: 3600,
      // Entra gives refresh tokens of a single-page app one day.
      RefreshToken: day,
      Interaction: 3600,
      Session: day,
      Grant: day,
    },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    expiresWithSession: async () => false,
    // Entra's refresh tokens stay valid after use, so that two tabs can't lock each other out.
    rotateRefreshToken: false,
    interactions: {
      policy,
      url: (_ctx, interaction) => `/${tenantId}${paths.interaction}/${interaction.uid}`,
    },
    loadExistingGrant: grantEverything,
    findAccount: (_ctx, id) => {
      const account = accounts.find((one) => one.id === id);
      return account && { accountId: id, claims: async () => identityClaims(account) };
    },
    formats: { customizers: { jwt: (_ctx, token, parts) => writeToken(facts, token, parts) } },
    assertJwtClientAuthClaimsAndHeader: async (_ctx, _claims, header) => {
      if (header["x5t#S256"] !== facts.agentThumbprint) {
        throw new errors.InvalidClientAuth("the header x5t#S256 is not the registered certificate's");
      }
    },
    renderError: async (ctx, out) => {
      show(ctx, (nonce) => errorPage(entraMessage(out.error, out.error_description), nonce));
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: async () => true,
        getResourceServerInfo: (_ctx, resource) => resourceServer(resource),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => show(ctx, (nonce) => signOutPage(form, nonce)),
        postLogoutSuccessSource: async (ctx) => show(ctx, signedOutPage),
      },
    },
  };
}

function accessTokenLifetimes(tokens: IssuedTokens) {
  const lifetime = () => tokens.lifetime;
  return Object.fromEntries([
    ["AccessToken", lifetime],
    ["ClientCredentials", lifetime],
  ]);
}

function resourceServer(resource: string) {
  if (resource !== apiResource && resource !== graphResource) {
    throw new errors.CustomOIDCProviderError(
      "invalid_resource",
      `AADSTS500011: The resource principal named ${resource} was not found.`,
    );
  }
  return {
    scope: grantedScopes(resource).join(" "),
    audience: resource === apiResource ? webClientId : graphResource,
    accessTokenFormat: "jwt" as const,
    jwt: { sign: { alg: "RS256" as const } },
  };
}

/** The sandbox's admins have consented to everything that the web app is registered for. */
async function grantEverything(ctx: KoaContextWithOIDC) {
  const { oidc } = ctx;
  if (oidc.client === undefined || oidc.account === undefined) return undefined;
  const id = oidc.session?.grantIdFor(oidc.client.clientId);
  const known = id === undefined ? undefined : await oidc.provider.Grant.find(id);
  if (known !== undefined && known.accountId === oidc.account.accountId) return known;
  const grant = new oidc.provider.Grant({
    clientId: oidc.client.clientId,
    accountId: oidc.account.accountId,
  });
  grant.addOIDCScope("openid profile");
  for (const resource of [apiResource, graphResource]) {
    grant.addResourceScope(resource, grantedScopes(resource).join(" "));
  }
  await grant.save();
  return grant;
}

type Customizer = NonNullable<NonNullable<NonNullable<Configuration["formats"]>["customizers"]>["jwt"]>;

function writeToken(
  facts: ProviderFacts,
  token: Parameters<Customizer>[1],
  parts: Parameters<Customizer>[2],
): void {
  const { iat, exp, jti } = parts.payload;
  const frame = { iss: facts.issuer, iat: Number(iat), exp: Number(exp), uti: String(jti) };
  const resource = token.resourceServer?.identifier();
  const account = "accountId" in token ? accounts.find(({ id }) => id === token.accountId) : undefined;
  parts.header = { ...parts.header, typ: "JWT" };
  if (account === undefined || resource === undefined) {
    const objectId = stableId(`servicePrincipal/${agentClientId}`);
    parts.payload = applicationClaims(frame, objectId, [...facts.permissions]) as typeof parts.payload;
  } else {
    parts.payload = delegatedClaims(frame, account, resource, [...token.scopes]) as typeof parts.payload;
  }
  facts.tokens.issued(frame.uti, frame.exp);
}

function shapeTokenResponse(ctx: KoaContextWithOIDC): void {
  const { oidc } = ctx;
  if (oidc?.route !== "token") return;
  const body = ctx.body as Record<string, unknown>;
  if (typeof body.error === "string") {
    const description = typeof body.error_description === "string" ? body.error_description : undefined;
    ctx.body = refusalBody(body.error, entraMessage(body.error, description));
    return;
  }
  const asked = decodeURI(ctx.get("x-sandbox-asked-scope"));
  ctx.body = {
    ...body,
    ext_expires_in: body.expires_in,
    ...(typeof body.scope === "string" ? { scope: reportedScopes(body.scope, asked) } : {}),
    ...(oidc.account === undefined ? {} : { client_info: clientInfo(oidc.account.accountId) }),
  };
}

/** What MSAL makes its account's id from: the object id and the tenant, in base64url. */
function clientInfo(objectId: string): string {
  return Buffer.from(JSON.stringify({ uid: objectId, utid: tenantId })).toString("base64url");
}

function show(ctx: KoaContextWithOIDC, make: (nonce: string) => Page): void {
  const { html, policy } = make(randomBytes(16).toString("base64"));
  ctx.type = "html";
  ctx.set("Content-Security-Policy", policy);
  ctx.set("Cache-Control", "no-store");
  ctx.body = html;
}
