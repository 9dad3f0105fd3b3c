import { z } from "zod";
import { Failure } from "#lib/model/problem.ts";
import { isConfidential } from "#lib/wizard/server/settings.ts";

const confidential = z.url().refine((text) => isConfidential(text), "must be https, or http on this machine");

/** The fields of OpenID Connect Discovery 1.0, section 3, that the web app itself needs. */
const openidConfiguration = z.object({
  issuer: z.string().refine((text) => !text.includes("{"), "must name one tenant"),
  authorization_endpoint: confidential,
  token_endpoint: confidential,
  jwks_uri: confidential,
});

/** An authority's OpenID configuration. */
export type Discovery = {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  /** The document as it was read, for the browser. */
  readonly document: string;
};

const timeLimit = 5_000;
const keepFor = 24 * 60 * 60 * 1000;

type Entry = { readonly discovery: Promise<Discovery>; readonly until: number };
const entries = new Map<string, Entry>();

/**
 * The OpenID configuration of an authority, read from `<authority>/v2.0/.well-known/openid-configuration` and
 * kept for 24 hours; a failure is not kept. Throws E1006 when it cannot be read within 5 seconds.
 */
export function discover(authority: string): Promise<Discovery> {
  const kept = entries.get(authority);
  if (kept !== undefined && kept.until > Date.now()) return kept.discovery;
  const discovery = read(authority);
  entries.set(authority, { discovery, until: Date.now() + keepFor });
  discovery.catch(() => entries.delete(authority));
  return discovery;
}

async function read(authority: string): Promise<Discovery> {
  const address = `${authority}/v2.0/.well-known/openid-configuration`;
  const { status, document } = await fetchText(address);
  if (status !== 200) throw unreachable(`${address} answered with HTTP ${status}.`);
  const parsed = openidConfiguration.safeParse(json(document));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const fault = issue === undefined ? "" : `: ${issue.path.join(".")} ${issue.message}`;
    throw unreachable(`${address} answered with something that is not an OpenID configuration${fault}.`);
  }
  const { issuer, token_endpoint: tokenEndpoint, jwks_uri: jwksUri } = parsed.data;
  return { issuer, tokenEndpoint, jwksUri, document };
}

async function fetchText(address: string): Promise<{ status: number; document: string }> {
  try {
    const response = await fetch(address, {
      headers: { accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(timeLimit),
    });
    return { status: response.status, document: await response.text() };
  } catch (cause) {
    throw unreachable(`${address} gave no answer: ${reasonOf(cause)}.`, cause);
  }
}

/** The document's value; undefined, which no schema accepts, where it is not JSON. */
function json(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

function unreachable(why: string, cause?: unknown): Failure {
  return new Failure("E1006", { why, cause });
}

/** Why a fetch failed, in the words of the layer that knows: its time limit, the resolver, the socket or TLS. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "unknown error";
  if (thrown.name === "TimeoutError") return "it took too long";
  const { cause } = thrown;
  if (!(cause instanceof Error)) return thrown.message;
  // Several addresses were tried (AggregateError has an empty message).
  if (cause.message === "" && "code" in cause) return String(cause.code);
  return cause.message;
}
