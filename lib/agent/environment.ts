import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { objectId } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";

const port = z.coerce.number().int().min(1).max(65535);
const optional = z.string().min(1).optional();

const schema = z.object({
  GW_AGENT_PORT: port.default(8710),
  GW_AGENT_SECRET: optional,
  GW_AGENT_SECRET_FILE: optional,
  GW_STATE_DIR: z.string().min(1).default(".state"),
  GW_TENANT_ID: objectId,
  GW_AUTHORITY: z.url({ protocol: /^https$/ }).optional(),
  GW_AGENT_CLIENT_ID: z.guid(),
  GW_AGENT_CERTIFICATE_FILE: z.string().min(1),
  GW_AGENT_KEY_FILE: z.string().min(1),
  GW_GRAPH_URL: z.url({ protocol: /^https$/ }).default("https://graph.microsoft.com"),
  /** The resource that Graph tokens are asked for; Graph's address unless a proxy stands before it. */
  GW_GRAPH_AUDIENCE: z.url().optional(),
  GW_GRAPH_TIMEOUT_MS: z.coerce.number().int().min(100).default(100_000),
  GW_DIRECTORY_SERVER: optional,
  GW_DIRECTORY_PORT: port.default(636),
  GW_DIRECTORY_ACCOUNT: z.string().default(""),
  GW_DIRECTORY_CA_FILE: optional,
});

export type AgentSettings = ReturnType<typeof readEnvironment>;

function fileText(name: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new Failure("E2010", { cause, why: `${name} names the file ${path}, which cannot be read.` });
  }
}

function secretOf({
  GW_AGENT_SECRET,
  GW_AGENT_SECRET_FILE,
}: Pick<z.infer<typeof schema>, "GW_AGENT_SECRET" | "GW_AGENT_SECRET_FILE">): string {
  const secret = GW_AGENT_SECRET_FILE
    ? fileText("GW_AGENT_SECRET_FILE", GW_AGENT_SECRET_FILE).trim()
    : GW_AGENT_SECRET;
  if (secret === undefined || secret.length < 32) {
    throw new Failure("E2010", {
      why: "GW_AGENT_SECRET_FILE (or GW_AGENT_SECRET) must give a pairing secret of at least 32 characters.",
    });
  }
  return secret;
}

/** Where the agent of this environment listens, and its pairing secret. E2010 as below. */
export function readAddress(environment: NodeJS.ProcessEnv): { port: number; secret: string } {
  const parsed = schema
    .pick({ GW_AGENT_PORT: true, GW_AGENT_SECRET: true, GW_AGENT_SECRET_FILE: true, GW_STATE_DIR: true })
    .safeParse(environment);
  if (!parsed.success) throw new Failure("E2010", { why: "GW_AGENT_PORT must be a port from 1 to 65535." });
  const { GW_AGENT_PORT, GW_AGENT_SECRET, GW_STATE_DIR } = parsed.data;
  // Where the start command puts the secret that it makes.
  const GW_AGENT_SECRET_FILE =
    parsed.data.GW_AGENT_SECRET_FILE ??
    (GW_AGENT_SECRET === undefined ? join(GW_STATE_DIR, "pairing-secret") : undefined);
  return { port: GW_AGENT_PORT, secret: secretOf({ GW_AGENT_SECRET, GW_AGENT_SECRET_FILE }) };
}

/** The agent's settings from environment variables. E2010 naming the variable that is missing or wrong. */
export function readEnvironment(environment: NodeJS.ProcessEnv) {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => {
      const name = path.join(".");
      return environment[name] === undefined ? `${name} is not set` : `${name}: ${message}`;
    });
    throw new Failure("E2010", { why: `${issues.join("; ")}.` });
  }
  const values = parsed.data;
  return {
    port: values.GW_AGENT_PORT,
    secret: secretOf(values),
    stateDirectory: values.GW_STATE_DIR,
    machine: hostname(),
    graph: {
      url: values.GW_GRAPH_URL,
      audience: values.GW_GRAPH_AUDIENCE ?? new URL(values.GW_GRAPH_URL).origin,
      timeout: values.GW_GRAPH_TIMEOUT_MS,
      authority: values.GW_AUTHORITY ?? `https://login.microsoftonline.com/${values.GW_TENANT_ID}`,
      clientId: values.GW_AGENT_CLIENT_ID,
      certificate: fileText("GW_AGENT_CERTIFICATE_FILE", values.GW_AGENT_CERTIFICATE_FILE),
      privateKey: fileText("GW_AGENT_KEY_FILE", values.GW_AGENT_KEY_FILE),
    },
    directory: {
      suggestion:
        values.GW_DIRECTORY_SERVER === undefined
          ? null
          : {
              server: values.GW_DIRECTORY_SERVER,
              port: values.GW_DIRECTORY_PORT,
              account: values.GW_DIRECTORY_ACCOUNT,
            },
      certificateAuthority:
        values.GW_DIRECTORY_CA_FILE === undefined
          ? ""
          : fileText("GW_DIRECTORY_CA_FILE", values.GW_DIRECTORY_CA_FILE),
    },
  };
}
