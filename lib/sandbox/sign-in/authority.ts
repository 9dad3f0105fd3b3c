import { X509Certificate } from "node:crypto";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { JWK } from "jose";
import type { SandboxCertificates } from "#lib/sandbox/certificates.ts";
import { authorityUrl, issuerUrl } from "#lib/sandbox/sign-in/discovery.ts";
import { signInHandler } from "#lib/sandbox/sign-in/handler.ts";
import { type Listening, listen } from "#lib/sandbox/sign-in/listen.ts";
import { signInProvider } from "#lib/sandbox/sign-in/provider.ts";
import { publicKey, signingKey } from "#lib/sandbox/sign-in/signingKey.ts";
import type { IssuedTokens } from "#lib/sandbox/sign-in/tokens.ts";

export type AuthorityOptions = {
  /** 0 takes any free port. */
  readonly ports: { readonly https: number; readonly http: number };
  /** Where the signing key is kept. */
  readonly directory: string;
  readonly certificates: SandboxCertificates;
  readonly tokens: IssuedTokens;
  readonly origins: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
};

export type Authority = {
  readonly authority: string;
  readonly issuer: string;
  /** The same authority over plain http, for browsers. */
  readonly browserAuthority: string;
  /** Public keys that the tokens' signatures verify with. */
  readonly keys: readonly JWK[];
  close(): Promise<void>;
};

/** Starts Contoso's part of Entra on two loopback ports: https for servers, http for browsers. */
export async function startAuthority(options: AuthorityOptions): Promise<Authority> {
  const { certificates } = options;
  const key = await signingKey(options.directory);
  const https = await listen(
    createHttpsServer({ cert: certificates.server.certificate, key: certificates.server.key }),
    options.ports.https,
  );
  let http: Listening;
  try {
    http = await listen(createHttpServer(), options.ports.http);
  } catch (error) {
    await https.close();
    throw error;
  }
  const origins = { https: `https://localhost:${https.port}`, http: `http://localhost:${http.port}` };
  const issuer = issuerUrl(origins.https);
  const provider = signInProvider({
    issuer,
    key,
    agentKey: new X509Certificate(certificates.agent.certificate).publicKey.export({ format: "jwk" }) as JWK,
    agentThumbprint: Buffer.from(certificates.agent.thumbprintSha256, "hex").toString("base64url"),
    tokens: options.tokens,
    origins: options.origins,
    permissions: options.permissions,
  });
  const handler = signInHandler(provider, origins);
  https.server.on("request", handler);
  http.server.on("request", handler);
  return {
    authority: authorityUrl(origins.https),
    browserAuthority: authorityUrl(origins.http),
    issuer,
    keys: [publicKey(key)],
    close: async () => {
      await Promise.all([https.close(), http.close()]);
    },
  };
}
