import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { sandboxCertificates } from "#lib/sandbox/certificates.ts";
import { callerReader } from "#lib/sandbox/graph/caller.ts";
import { startControl, webOrigin } from "#lib/sandbox/graph/control.ts";
import { DeltaTokens } from "#lib/sandbox/graph/deltaToken.ts";
import { startGraph } from "#lib/sandbox/graph/emulator.ts";
import { Faults } from "#lib/sandbox/graph/faults.ts";
import { Journal } from "#lib/sandbox/graph/journal.ts";
import { startAuthority } from "#lib/sandbox/sign-in/authority.ts";
import { IssuedTokens } from "#lib/sandbox/sign-in/tokens.ts";
import { generateTenant } from "#lib/sandbox/tenant/generate.ts";
import {
  agentClientId,
  agentPermissions,
  apiScope,
  tenantId,
  webClientId,
} from "#lib/sandbox/tenant/identity.ts";
import { person } from "#lib/sandbox/tenant/people.ts";
import { contosoTenant } from "#lib/sandbox/tenant/seed.ts";

const port = z.int().min(0).max(65_535).default(0);

/** What the sandbox cloud is started with. */
export const cloudConfig = z.strictObject({
  /** 0, the default, takes any free port. */
  ports: z.strictObject({ signInHttps: port, signInHttp: port, graph: port, control: port }).prefault({}),
  /** Certificates and keys are kept here. */
  stateDirectory: z.string().min(1),
  /** JSON file with the people of the on-premises directory. */
  peopleFile: z.string().min(1),
  /** Origins of the web app; more can be added through the control API. */
  redirectOrigins: z.array(webOrigin).default([]),
  /** Seconds. */
  tokenLifetime: z.int().min(1).max(86_400).default(3600),
  deltaPage: z
    .strictObject({
      groups: z.int().min(1).default(100),
      members: z.int().min(1).default(1000),
      users: z.int().min(1).default(200),
    })
    .prefault({}),
  /** A tenant of this size for benches, in place of Contoso's. */
  generate: z
    .strictObject({
      groups: z.int().min(0).max(1_000_000),
      membersPerGroup: z.int().min(0),
      users: z.int().min(0).max(1_000_000),
      seed: z.int().min(0).max(1_000_000),
    })
    .optional(),
});
export type CloudConfig = z.input<typeof cloudConfig>;

/** What others need in order to use the cloud; the process prints it when ready. */
export type CloudFacts = {
  readonly tenantId: string;
  /** The https authority, for MSAL and for issuer checks. */
  readonly authority: string;
  readonly webClientId: string;
  readonly apiScope: string;
  readonly agentClientId: string;
  readonly agentCertificateFile: string;
  readonly agentKeyFile: string;
  /** The emulator's origin; `/v1.0` comes after it. */
  readonly graphUrl: string;
  readonly controlUrl: string;
  /** The authority's certificate, to be trusted by NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
};
export type Cloud = CloudFacts & { close(): Promise<void> };

/**
 * Starts Contoso's cloud in this process: sign-in, Graph and the control API, each on loopback. Throws an Error that
 * tells what to correct for a configuration or people file that is not valid, and for a port in use.
 */
export async function startCloud(input: CloudConfig): Promise<Cloud> {
  const config = read(cloudConfig, input, "The sandbox cloud's configuration");
  const people = read(
    z.array(person),
    await readJson(config.peopleFile),
    `The people file ${config.peopleFile}`,
  );
  const certificates = await sandboxCertificates(config.stateDirectory);
  const tokens = new IssuedTokens(config.tokenLifetime);
  const origins = new Set(config.redirectOrigins);
  const permissions = new Set(agentPermissions);
  const shared = {
    tenant: config.generate ? generateTenant(config.generate, people) : contosoTenant(people),
    faults: new Faults(),
    journal: new Journal(),
    deltaTokens: new DeltaTokens(),
  };

  const running: { close(): Promise<void> }[] = [];
  const close = async () => {
    await Promise.all(running.map((one) => one.close()));
  };
  try {
    const authority = await startAuthority({
      ports: { https: config.ports.signInHttps, http: config.ports.signInHttp },
      directory: config.stateDirectory,
      certificates,
      tokens,
      origins,
      permissions,
    });
    running.push(authority);
    const readCaller = callerReader(authority.issuer, authority.keys, tokens);
    const graph = await startGraph(
      { ...shared, deltaPage: config.deltaPage, readCaller },
      certificates,
      config.ports.graph,
    );
    running.push(graph);
    const control = await startControl({ ...shared, tokens, origins, permissions }, config.ports.control);
    running.push(control);
    return {
      tenantId,
      authority: authority.authority,
      webClientId,
      apiScope,
      agentClientId,
      agentCertificateFile: certificates.agent.certificateFile,
      agentKeyFile: certificates.agent.keyFile,
      graphUrl: graph.origin,
      controlUrl: control.origin,
      caFile: certificates.authority.certificateFile,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new Error(`${file} can't be read (${(error as NodeJS.ErrnoException).code}).`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
}

function read<T extends z.ZodType>(schema: T, value: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`${what} is not valid:\n${z.prettifyError(parsed.error)}`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { config: { type: "string" } } });
  if (values.config === undefined) throw new Error("Usage: node lib/sandbox/cloud.ts --config FILE.json");
  const cloud = await startCloud((await readJson(values.config)) as CloudConfig);
  const { close, ...facts } = cloud;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
  process.stdout.write(`${JSON.stringify({ ready: true, ...facts })}\n`);
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
