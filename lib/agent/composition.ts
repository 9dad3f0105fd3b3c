import { join } from "node:path";
import { agentApi } from "#lib/agent/api.ts";
import { Connection } from "#lib/agent/connection.ts";
import type { AgentSettings } from "#lib/agent/environment.ts";
import { handlersOf } from "#lib/agent/handlers.ts";
import { log } from "#lib/agent/log.ts";
import { Runner } from "#lib/agent/runner.ts";
import { Scheduler } from "#lib/agent/scheduler.ts";
import { ScopePreview } from "#lib/agent/scopePreview.ts";
import { connectDirectory } from "#lib/directory/ldap.ts";
import { Snapshot } from "#lib/store/snapshot.ts";
import { SqliteStore } from "#lib/store/sqlite.ts";
import { GraphClient } from "#lib/tenant/client.ts";
import { certificateTokens } from "#lib/tenant/credential.ts";
import { GraphTenant } from "#lib/tenant/graph.ts";

/** The one place where the ports meet their adapters. */
export async function compose(settings: AgentSettings) {
  const inState = (name: string) => join(settings.stateDirectory, name);
  const store = new SqliteStore(inState("agent.sqlite"));
  const snapshot = new Snapshot(inState("snapshot.sqlite"));
  const { url, timeout } = settings.graph;
  const tenant = new GraphTenant(
    new GraphClient({ url, timeout, tokens: certificateTokens(settings.graph) }),
  );
  const connection = new Connection(inState("directory.json"), connectDirectory);
  const runner = new Runner({ tenant, connection, snapshot, store, log });
  await runner.recover();
  const scheduler = new Scheduler(store, runner, log);
  const scopePreview = new ScopePreview(tenant);
  const handlers = handlersOf({
    settings,
    connection,
    tenant,
    store,
    runner,
    scheduler,
    snapshot,
    scopePreview,
  });
  await scheduler.start();
  return {
    api: agentApi(settings.port, settings.secret, handlers, {
      runner,
      store,
      log,
      dnOf: (anchor) => snapshot.directoryGroupsOf(anchor)[0]?.dn,
    }),
    async close() {
      scheduler.stop();
      await runner.stop();
      scopePreview.close();
      await store.close();
      snapshot.close();
    },
  };
}
