import { readFileSync } from "node:fs";
import type { Cloud } from "#lib/sandbox/cloud.ts";
import { GraphClient } from "#lib/tenant/client.ts";
import { certificateTokens } from "#lib/tenant/credential.ts";
import { GraphTenant } from "#lib/tenant/graph.ts";

/** The product's view of a sandbox cloud, with the agent's registration or, to be refused, another key. */
export function tenantForTest(cloud: Cloud, keyFile = cloud.agentKeyFile): GraphTenant {
  const tokens = certificateTokens({
    authority: cloud.authority,
    clientId: cloud.agentClientId,
    certificate: readFileSync(cloud.agentCertificateFile, "utf8"),
    privateKey: readFileSync(keyFile, "utf8"),
    audience: "https://graph.microsoft.com",
  });
  const retry = { attempts: 3, firstWait: 10, longestWait: 5000 };
  return new GraphTenant(new GraphClient({ url: cloud.graphUrl, tokens, timeout: 1000, retry }));
}

/** Every page of a reading. */
export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
