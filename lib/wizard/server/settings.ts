import { readFile } from "node:fs/promises";
import { z } from "zod";
import { type ObjectId, objectId } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";

/** The process's environment variables, or a test's. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the web app knows about the sign-in. Nothing in it is secret. */
export type SignInSettings = {
  readonly tenantId: ObjectId;
  readonly clientId: string;
  /** The authority's address, https, without a slash at its end and without `/v2.0`. */
  readonly authority: string;
  readonly apiScope: string;
};

/** How the web app reaches the agent. */
export type AgentSettings = { readonly url: string; readonly secret: string };

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether what goes to this address cannot be read on the way: https, or plain http that stays on this machine.
 */
export function isConfidential(address: string): boolean {
  const url = new URL(address);
  return url.protocol === "https:" || (url.protocol === "http:" && loopback.test(url.hostname));
}

/** An address below which paths are put: its slash at the end is dropped. */
const base = z
  .url({ protocol: /^https?$/, error: "must be an address such as https://host.example" })
  .transform((text) => text.replace(/\/+$/, ""))
  .refine((text) => !/[?#@]/.test(text), "must have no user name, no query and no fragment");

const signIn = z.object({
  GW_TENANT_ID: objectId,
  // An application (client) id is a GUID: the Microsoft Entra admin centre, App registrations, Overview.
  GW_CLIENT_ID: objectId,
  GW_AUTHORITY: base
    .refine((text) => text.startsWith("https://"), "must begin with https://")
    .refine((text) => !text.endsWith("/v2.0"), "must be given without /v2.0 at its end")
    .refine(
      (text) => !/\/(common|organizations|consumers)$/.test(text),
      "must name the tenant, not common, organizations or consumers",
    )
    .optional(),
  GW_API_SCOPE: z
    .string()
    .regex(
      /^(api|https):\/\/\S+\/[A-Za-z0-9._-]+$/,
      "must be a scope such as api://<client id>/access_as_user",
    )
    .optional(),
});

const secretText = z
  .string()
  .trim()
  // Visible ASCII only, since it travels in a header; the length is that of 128 bits in base64.
  .regex(/^[\x21-\x7e]{22,512}$/, "must have 22 to 512 visible ASCII characters and no spaces");

const agent = z.object({
  GW_AGENT_URL: base
    .refine(isConfidential, "must begin with https:// unless the agent is on this machine")
    .default("http://127.0.0.1:8710"),
  GW_AGENT_SECRET: secretText.optional(),
  GW_AGENT_SECRET_FILE: z.string().optional(),
});

/** The settings for the sign-in. Throws E1010 naming the variables that are missing or wrong. */
export function signInSettings(environment: Environment): SignInSettings {
  const read = parse(signIn, environment);
  return {
    tenantId: read.GW_TENANT_ID,
    clientId: read.GW_CLIENT_ID,
    authority: read.GW_AUTHORITY ?? `https://login.microsoftonline.com/${read.GW_TENANT_ID}`,
    apiScope: read.GW_API_SCOPE ?? `api://${read.GW_CLIENT_ID}/access_as_user`,
  };
}

/**
 * The settings for the agent. The secret's file is read at each call, so that a new secret needs no restart of
 * the web app. Throws E1010 naming the variable; never with the secret in it.
 */
export async function agentSettings(environment: Environment): Promise<AgentSettings> {
  const read = parse(agent, environment);
  const { GW_AGENT_URL: url, GW_AGENT_SECRET: secret, GW_AGENT_SECRET_FILE: file } = read;
  if (secret !== undefined && file !== undefined)
    throw notSetUp("Both GW_AGENT_SECRET and GW_AGENT_SECRET_FILE are set; set only one of them.");
  if (secret !== undefined) return { url, secret };
  if (file === undefined)
    throw notSetUp("The pairing secret is missing: set GW_AGENT_SECRET_FILE or GW_AGENT_SECRET.");
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw notSetUp(`GW_AGENT_SECRET_FILE names ${file}, which cannot be read (${codeOf(cause)}).`, cause);
  });
  const parsed = secretText.safeParse(text);
  if (!parsed.success)
    throw notSetUp(`GW_AGENT_SECRET_FILE names ${file}, whose text ${parsed.error.issues[0]?.message}.`);
  return { url, secret: parsed.data };
}

/** An empty variable counts as one that is not set, as shells and service managers leave them. */
function parse<Schema extends z.ZodType>(schema: Schema, environment: Environment): z.infer<Schema> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => {
    const variable = String(path[0]);
    return present[variable] === undefined ? `${variable} is not set` : `${variable} ${message}`;
  });
  throw notSetUp(`${[...new Set(faults)].join("; ")}.`);
}

function notSetUp(why: string, cause?: unknown): Failure {
  return new Failure("E1010", { why, cause });
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "unknown error";
}
