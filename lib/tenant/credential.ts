import { createHash, X509Certificate } from "node:crypto";
import { ConfidentialClientApplication, LogLevel } from "@azure/msal-node";
import { Failure } from "#lib/model/problem.ts";

/** Gives an access token for Graph; `fresh` asks for a new one even where a cached one looks valid. */
export type TokenSource = (fresh: boolean) => Promise<string>;

export type AgentCredential = {
  /** The authority with the tenant, such as `https://login.microsoftonline.com/<tenant id>`. */
  readonly authority: string;
  readonly clientId: string;
  /** PEM, with its chain if any; and its private key, PEM. */
  readonly certificate: string;
  readonly privateKey: string;
  /** The resource that tokens are for, such as `https://graph.microsoft.com`. */
  readonly audience: string;
};

function refusal(thrown: unknown): Failure {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  // MSAL's word for every failure to get an answer at all.
  const unreachable =
    /network_error|endpoints_resolution_error|ECONN|ENOTFOUND|fetch failed|timed? ?out/i.test(message);
  if (unreachable) return new Failure("E3009", { cause: thrown });
  const code = /AADSTS\d+|invalid_client|unauthorized_client|invalid_grant/.exec(message)?.[0];
  return new Failure("E3007", {
    cause: thrown,
    ...(code === undefined
      ? {}
      : { why: `The token request with the agent's certificate was refused (${code}).` }),
  });
}

/**
 * Tokens by client credentials with a certificate (Microsoft identity platform, "client credentials flow, second
 * case"). The library caches them until shortly before their end. E3007 when refused, E3009 when unreachable.
 */
export function certificateTokens({
  authority,
  clientId,
  certificate,
  privateKey,
  audience,
}: AgentCredential): TokenSource {
  const thumbprintSha256 = createHash("sha256").update(new X509Certificate(certificate).raw).digest("hex");
  const client = new ConfidentialClientApplication({
    auth: {
      clientId,
      authority,
      knownAuthorities: [new URL(authority).host],
      clientCertificate: { thumbprintSha256, privateKey, x5c: certificate },
    },
    system: {
      loggerOptions: { logLevel: LogLevel.Error, piiLoggingEnabled: false, loggerCallback: () => undefined },
    },
  });
  return async (fresh) => {
    try {
      const result = await client.acquireTokenByClientCredential({
        scopes: [`${audience}/.default`],
        skipCache: fresh,
      });
      if (result === null) throw new Failure("E3007");
      return result.accessToken;
    } catch (thrown) {
      throw thrown instanceof Failure ? thrown : refusal(thrown);
    }
  };
}
