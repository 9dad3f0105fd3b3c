import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { supervise, webPort } from "#lib/agent/supervise.ts";
import { sandboxCertificates } from "#lib/sandbox/certificates.ts";
import { administratorPassword, serviceAccount } from "#lib/sandbox/contoso/people.ts";
import { startSamba } from "#lib/sandbox/directory/samba.ts";
import { readPeople, seedContoso } from "#lib/sandbox/directory/seed.ts";
import { startProcess } from "#lib/sandbox/process.ts";

export type DirectoryKind = "simulated" | "samba";

export type WorldOptions = {
  readonly directory: DirectoryKind;
  /** The web app's port; the next free one is taken when it is busy. */
  readonly port: number;
  /** Tells a person what happens. */
  readonly say: (text: string) => void;
  /** Loopback address of the Samba domain controller. */
  readonly sambaAddress?: string;
};

/** A domain controller of the sandbox, with what its users need to know. */
type Forest = {
  readonly server: string;
  readonly port: number;
  readonly url: string;
  readonly baseDn: string;
  readonly caFile: string;
  readonly administrator: string;
  readonly controlUrl?: string;
  stop(): Promise<void>;
};

const cloudReady = z.object({
  tenantId: z.string(),
  authority: z.string(),
  webClientId: z.string(),
  apiScope: z.string(),
  agentClientId: z.string(),
  agentCertificateFile: z.string(),
  agentKeyFile: z.string(),
  graphUrl: z.string(),
  controlUrl: z.string(),
  caFile: z.string(),
});
const directoryReady = z.object({ url: z.string(), baseDn: z.string(), controlUrl: z.string().optional() });

async function simulatedForest(folder: string): Promise<Forest> {
  const { server, authority } = await sandboxCertificates(join(folder, "certificates"), ["dc1.contoso.test"]);
  const config = join(folder, "directory-config.json");
  const settings = { port: 0, keyFile: server.keyFile, certFile: server.certificateFile, controlPort: 0 };
  writeFileSync(config, JSON.stringify(settings), { mode: 0o600 });
  const program = "lib/sandbox/directory/main.ts";
  const { ready, stop } = await startProcess(
    program,
    ["--config", config],
    join(folder, "directory.log"),
    directoryReady,
  );
  const url = new URL(ready.url);
  return {
    server: url.hostname,
    port: Number(url.port),
    url: ready.url,
    baseDn: ready.baseDn,
    caFile: authority.certificateFile,
    administrator: "Administrator@contoso.test",
    ...(ready.controlUrl === undefined ? {} : { controlUrl: ready.controlUrl }),
    stop,
  };
}

async function sambaForest(folder: string, address: string): Promise<Forest> {
  const samba = await startSamba({ directory: join(folder, "samba"), ip: address, administratorPassword });
  return {
    server: address,
    port: 636,
    url: samba.url,
    baseDn: samba.baseDn,
    caFile: samba.caFile,
    administrator: samba.administrator,
    stop: samba.stop,
  };
}

/**
 * Starts everything that the demo and the browser tests need: a directory with Contoso's people, Contoso's tenant,
 * and the product itself, all on loopback. All state is in a folder of its own that `stop` removes.
 */
export async function startWorld({ directory, port, say, sambaAddress = "127.0.0.10" }: WorldOptions) {
  const folder = mkdtempSync(join(tmpdir(), "group-writeback-"));
  const ends: (() => Promise<void>)[] = [];
  async function stop(): Promise<void> {
    for (const end of ends.splice(0).reverse()) await end();
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    say(
      directory === "samba" ? "Starting a Samba domain controller …" : "Starting the simulated directory …",
    );
    const forest = await (directory === "samba"
      ? sambaForest(folder, sambaAddress)
      : simulatedForest(folder));
    ends.push(() => forest.stop());
    const access = {
      url: forest.url,
      caFile: forest.caFile,
      administrator: forest.administrator,
      password: administratorPassword,
    };
    await seedContoso(access);
    const peopleFile = join(folder, "people.json");
    writeFileSync(peopleFile, JSON.stringify(await readPeople(access)));

    say("Starting Contoso's tenant …");
    const web = await webPort(port, say);
    const cloudConfig = join(folder, "cloud-config.json");
    const stateDirectory = join(folder, "certificates");
    mkdirSync(stateDirectory, { recursive: true, mode: 0o700 });
    const redirectOrigins = [`http://localhost:${web}`];
    const ports = { signInHttps: 0, signInHttp: 0, graph: 0, control: 0 };
    writeFileSync(cloudConfig, JSON.stringify({ ports, stateDirectory, peopleFile, redirectOrigins }));
    const program = "lib/sandbox/cloud.ts";
    const cloud = await startProcess(
      program,
      ["--config", cloudConfig],
      join(folder, "cloud.log"),
      cloudReady,
    );
    ends.push(() => cloud.stop());

    say("Starting the agent and the web app …");
    const environment = {
      ...process.env,
      NODE_EXTRA_CA_CERTS: cloud.ready.caFile,
      GW_STATE_DIR: join(folder, "agent"),
      GW_TENANT_ID: cloud.ready.tenantId,
      GW_CLIENT_ID: cloud.ready.webClientId,
      GW_API_SCOPE: cloud.ready.apiScope,
      GW_AUTHORITY: cloud.ready.authority,
      GW_AGENT_CLIENT_ID: cloud.ready.agentClientId,
      GW_AGENT_CERTIFICATE_FILE: cloud.ready.agentCertificateFile,
      GW_AGENT_KEY_FILE: cloud.ready.agentKeyFile,
      GW_GRAPH_URL: cloud.ready.graphUrl,
      GW_GRAPH_AUDIENCE: "https://graph.microsoft.com",
      GW_GRAPH_TIMEOUT_MS: "1500",
      GW_DIRECTORY_SERVER: forest.server,
      GW_DIRECTORY_PORT: String(forest.port),
      GW_DIRECTORY_ACCOUNT: `CONTOSO\\${serviceAccount.account}`,
      GW_DIRECTORY_CA_FILE: forest.caFile,
    };
    const product = await supervise(environment, web, say);
    ends.push(() => product.stop());
    return { url: product.url, product, forest, cloud: cloud.ready, folder, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

export type World = Awaited<ReturnType<typeof startWorld>>;
