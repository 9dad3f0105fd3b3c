import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { ConfidentialClientApplication } from "@azure/msal-node";
import { thumbprint } from "#lib/sandbox/certificates.ts";
import { type Cloud, type CloudConfig, startCloud } from "#lib/sandbox/cloud.ts";
import { people } from "#lib/sandbox/contoso/people.ts";
import { stableId } from "#lib/sandbox/tenant/identity.ts";
import type { SyncedPerson } from "#lib/sandbox/tenant/people.ts";

/** Contoso's people as a domain would have them, with made-up SIDs and GUIDs. */
export const examplePeople: readonly SyncedPerson[] = people.map((one, index) => ({
  account: one.account,
  displayName: one.displayName,
  givenName: one.givenName,
  surname: one.surname,
  department: one.department,
  userPrincipalName: `${one.account}@contoso.test`,
  securityIdentifier: `S-1-5-21-1004336348-1177238915-682003330-${1104 + index}`,
  objectGuid: stableId(`objectGuid/${one.account}`),
  distinguishedName: `CN=${one.displayName},${[...one.unit]
    .reverse()
    .map((name) => `OU=${name}`)
    .join(",")},DC=contoso,DC=test`,
  domainName: "contoso.test",
}));

type Answer = { readonly status: number; readonly headers: Headers; readonly body: GraphBody };
// biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape.
type GraphBody = any;

export type TestCloud = Cloud & {
  /** A request to Graph with the agent's token; `path` begins with /v1.0, or is a whole link. */
  graph(path: string, init?: RequestInit & { readonly token?: string }): Promise<Answer>;
  /** A request to the control API: POST with a body or without, GET for reads. */
  control(path: string, body?: unknown): Promise<Answer>;
  read(path: string): Promise<Answer>;
  /** The agent's token, as msal-node gets it with the certificate. */
  agentToken(): Promise<string>;
};

/** Starts a cloud of its own in this process, on free ports and in a folder that `close` removes. */
export async function cloudForTest(options: Partial<CloudConfig> = {}): Promise<TestCloud> {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-cloud-"));
  const peopleFile = join(folder, "people.json");
  await writeFile(peopleFile, JSON.stringify(examplePeople));
  const cloud = await startCloud({ stateDirectory: join(folder, "state"), peopleFile, ...options });
  setDefaultCACertificates([...getCACertificates("default"), await readFile(cloud.caFile, "utf8")]);
  const token = await agentToken(cloud);

  async function graph(path: string, init: RequestInit & { readonly token?: string } = {}): Promise<Answer> {
    const url = path.startsWith("/") ? cloud.graphUrl + path : path;
    const headers = {
      Authorization: `Bearer ${init.token ?? token}`,
      ...(init.headers as Record<string, string>),
    };
    return answer(await fetch(url, { ...init, headers }));
  }
  return {
    ...cloud,
    graph,
    control: async (path, body) =>
      answer(
        await fetch(cloud.controlUrl + path, {
          method: "POST",
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    read: async (path) => answer(await fetch(cloud.controlUrl + path)),
    agentToken: () => agentToken(cloud),
    close: async () => {
      await cloud.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function answer(response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

/** Signs in as the agent does: certificate, PS256, discovery over https. */
async function agentToken(cloud: Cloud): Promise<string> {
  const certificate = await readFile(cloud.agentCertificateFile, "utf8");
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: cloud.agentClientId,
      authority: cloud.authority,
      knownAuthorities: [new URL(cloud.authority).host],
      clientCertificate: {
        thumbprintSha256: thumbprint(certificate),
        privateKey: await readFile(cloud.agentKeyFile, "utf8"),
        x5c: certificate,
      },
    },
  });
  const result = await application.acquireTokenByClientCredential({
    scopes: ["https://graph.microsoft.com/.default"],
  });
  if (result === null) throw new Error("no token");
  return result.accessToken;
}

/** The JSON body and header of a write request. */
export function json(method: string, body: unknown): RequestInit {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}
