import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection } from "#lib/agent/connection.ts";
import { log } from "#lib/agent/log.ts";
import { Runner, type RunRequest } from "#lib/agent/runner.ts";
import type { LdapAccess } from "#lib/directory/contract/ldap-tools.ts";
import { connectDirectory } from "#lib/directory/ldap.ts";
import { type Configuration, configuration } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import type { Run } from "#lib/model/run.ts";
import { administratorPassword, serviceAccount } from "#lib/sandbox/contoso/people.ts";
import { startSamba } from "#lib/sandbox/directory/samba.ts";
import { readPeople, seedContoso } from "#lib/sandbox/directory/seed.ts";
import { cloudForTest, type TestCloud } from "#lib/sandbox/graph/cloudForTest.ts";
import { Snapshot } from "#lib/store/snapshot.ts";
import { SqliteStore } from "#lib/store/sqlite.ts";
import { GraphClient } from "#lib/tenant/client.ts";
import { certificateTokens } from "#lib/tenant/credential.ts";
import { GraphTenant } from "#lib/tenant/graph.ts";

/** The OU that the tests write to. */
export const target = "OU=Cloud,OU=Groups,DC=contoso,DC=test" as Dn;
export const otherTarget = "OU=Legacy,OU=Groups,DC=contoso,DC=test" as Dn;

export type Engine = {
  readonly cloud: TestCloud;
  /** The directory as an administrator on premises reaches it, with OpenLDAP's tools. */
  readonly access: LdapAccess;
  readonly tenant: GraphTenant;
  readonly store: SqliteStore;
  readonly snapshot: Snapshot;
  readonly runner: Runner;
  /** Runs to the end, and gives the record. */
  run(request?: Partial<RunRequest>): Promise<Run>;
  /** The end of a run that was started otherwise. */
  ended(run: Run): Promise<Run>;
  close(): Promise<void>;
};

/** The usual configuration of the tests: everything that can be written, names by display name. */
export function configured(fields: Partial<Configuration> = {}): Configuration {
  return configuration.parse({
    version: 1,
    scope: { microsoft365Groups: true, securityGroups: true },
    target,
    naming: "displayName",
    withdrawal: "keep",
    ...fields,
  });
}

/** The engine without its HTTP interface: Contoso's tenant in the sandbox, and a real Samba AD domain controller. */
export async function startEngine(ip: string): Promise<Engine> {
  log.level = "silent";
  const folder = await mkdtemp(join(tmpdir(), "engine-test-"));
  const samba = await startSamba({ directory: join(folder, "samba"), ip, administratorPassword });
  const access = {
    url: samba.url,
    caFile: samba.caFile,
    administrator: samba.administrator,
    password: administratorPassword,
  };
  await seedContoso(access);
  const peopleFile = join(folder, "people.json");
  await writeFile(peopleFile, JSON.stringify(await readPeople(access)));
  const cloud = await cloudForTest({ peopleFile });
  // Which deleted groups can be restored is told to those alone who may read all of a group.
  await cloud.control("/permissions/grant", { permission: "Group.Read.All" });
  const tokens = certificateTokens({
    authority: cloud.authority,
    clientId: cloud.agentClientId,
    certificate: await readFile(cloud.agentCertificateFile, "utf8"),
    privateKey: await readFile(cloud.agentKeyFile, "utf8"),
    audience: "https://graph.microsoft.com",
  });
  const tenant = new GraphTenant(new GraphClient({ url: cloud.graphUrl, timeout: 20_000, tokens }));
  const connection = new Connection(join(folder, "directory.json"), connectDirectory);
  await connection.use({
    server: ip,
    port: 636,
    account: `CONTOSO\\${serviceAccount.account}`,
    password: serviceAccount.password,
    certificateAuthority: await readFile(samba.caFile, "utf8"),
  });
  const store = new SqliteStore(":memory:");
  const snapshot = new Snapshot(join(folder, "snapshot.sqlite"));
  const runner = new Runner({ tenant, connection, snapshot, store, log });
  const ended = async ({ id }: Run): Promise<Run> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const unwatch = runner.watch(id, ({ state }) => state !== "running" && resolve());
    if (unwatch !== undefined) await promise;
    while (runner.activeRun === id) await new Promise((next) => setImmediate(next));
    return runner.run(id);
  };
  return {
    cloud,
    access: {
      url: samba.url,
      account: samba.administrator,
      password: administratorPassword,
      certificateAuthorityFile: samba.caFile,
    },
    tenant,
    store,
    snapshot,
    runner,
    ended,
    run: async (request = {}) =>
      ended(
        await runner.start({
          mode: "apply",
          policyType: "Delta",
          configuration: configured(),
          startedBy: "test",
          ...request,
        }),
      ),
    async close() {
      await runner.stop();
      await store.close();
      snapshot.close();
      await cloud.close();
      await samba.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
