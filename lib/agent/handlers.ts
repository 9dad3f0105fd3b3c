import { readFileSync } from "node:fs";
import type { z } from "zod";
import type { Connection } from "#lib/agent/connection.ts";
import type { AgentSettings } from "#lib/agent/environment.ts";
import { explain } from "#lib/agent/explain.ts";
import type { Runner } from "#lib/agent/runner.ts";
import type { Scheduler } from "#lib/agent/scheduler.ts";
import type { ScopePreview } from "#lib/agent/scopePreview.ts";
import { tryMapping } from "#lib/agent/tryMapping.ts";
import { undoable } from "#lib/agent/undoable.ts";
import type { OperationName, operations } from "#lib/model/api.ts";
import type { Configuration } from "#lib/model/configuration.ts";
import type { Answer, Messages } from "#lib/model/messages.ts";
import { Failure, failureOf } from "#lib/model/problem.ts";
import type { Snapshot } from "#lib/store/snapshot.ts";
import type { Store } from "#lib/store/store.ts";
import type { Tenant } from "#lib/tenant/tenant.ts";

type AgentOperation = {
  [Name in OperationName]: (typeof operations)[Name]["by"] extends "agent" ? Name : never;
}[OperationName];

type Part<Name extends OperationName, Field extends string> =
  Messages[Name] extends Record<Field, infer Schema extends z.ZodType> ? z.output<Schema> : undefined;

/** What an operation is called with, checked against its schemas. */
export type Input<Name extends OperationName> = {
  readonly parameters: Part<Name, "parameters">;
  readonly query: Part<Name, "query">;
  readonly body: Part<Name, "body">;
  /** The name of the person on whose behalf the web app calls. */
  readonly actor: string;
};

/** One function for each operation that the agent answers with a document; `runEvents` and `runPlan` are streams. */
export type Handlers = {
  readonly [Name in Exclude<AgentOperation, "runEvents" | "runPlan">]: (
    input: Input<Name>,
  ) => Promise<Answer<Name>>;
};

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

export type HandlerPorts = {
  readonly settings: AgentSettings;
  readonly connection: Connection;
  readonly tenant: Tenant;
  readonly store: Store;
  readonly runner: Runner;
  readonly scheduler: Scheduler;
  readonly snapshot: Snapshot;
  readonly scopePreview: ScopePreview;
};

const forever = new AbortController().signal;

export function handlersOf(ports: HandlerPorts): Handlers {
  const { settings, connection, tenant, store, runner, scheduler, scopePreview } = ports;
  async function existing(id: string): Promise<void> {
    await runner.run(id);
  }
  /** The configuration that is kept. E2013 when there is none. */
  async function configured(): Promise<Configuration> {
    const configuration = await store.configuration();
    if (configuration === null) throw new Failure("E2013");
    return configuration;
  }
  return {
    async status() {
      return {
        version,
        machine: settings.machine,
        directory: await connection.description().catch((thrown: unknown) => {
          // A directory that can't be reached is a state of the agent here; who uses it gets the error itself.
          if (thrown instanceof Failure) return null;
          throw failureOf(thrown);
        }),
        suggestedDirectory: settings.directory.suggestion,
        configuration: await store.configuration(),
        activeRun: runner.activeRun,
      };
    },
    async tenant() {
      const { id, displayName, defaultDomain, sampleGroups } = await tenant.describe();
      return { id, displayName, defaultDomain, sampleGroups: [...sampleGroups] };
    },
    async connectDirectory({ body }) {
      const certificateAuthority = body.certificateAuthority || settings.directory.certificateAuthority;
      return connection.use({ ...body, certificateAuthority });
    },
    async directoryUnits({ query }) {
      const directory = await connection.open();
      try {
        return { units: [...(await directory.units(query.parent))] };
      } finally {
        await directory.close();
      }
    },
    async startRun({ body: { mode, policyType, configuration, only }, actor }) {
      return runner.start({
        mode,
        policyType,
        configuration: configuration ?? (await configured()),
        only: only ?? null,
        startedBy: actor,
      });
    },
    async runs({ query: { after, limit } }) {
      const { items, next } = await store.runs(after, limit);
      return { runs: [...items], next };
    },
    run: ({ parameters }) => runner.run(parameters.id),
    async runChanges({ parameters: { id }, query: { after, limit } }) {
      await existing(id);
      const { items, total, next } = await store.changes(id, after, limit);
      return { changes: [...items], total, next };
    },
    async runGroups({ parameters: { id }, query: { after, limit } }) {
      await existing(id);
      const { items, total, next } = await store.groups(id, after, limit);
      return { groups: [...items], total, next };
    },
    cancelRun: ({ parameters }) => runner.cancel(parameters.id),
    releaseRun: ({ parameters, body, actor }) => runner.release(parameters.id, actor, body.reason),
    async undoRun({ parameters, body: { mode }, actor }) {
      const { configuration } = await undoable(store, await runner.run(parameters.id));
      return runner.start({
        purpose: "undo",
        undoes: parameters.id,
        mode,
        policyType: "Delta",
        configuration,
        startedBy: actor,
      });
    },
    async disableWriteback({ body: { mode, groups }, actor }) {
      return runner.start({
        purpose: "disable",
        disable: groups,
        mode,
        policyType: "Initial",
        configuration: await configured(),
        startedBy: actor,
      });
    },
    schedule: () => scheduler.state(),
    setSchedule: ({ body }) => scheduler.set(body),
    async quarantine() {
      return { groups: [...(await store.quarantine())] };
    },
    async explain({ query: { group, member } }) {
      return explain(ports, await configured(), group, member);
    },
    previewScope: ({ body }) => scopePreview.of(body.configuration, forever),
    tryMapping: ({ body }) => tryMapping(tenant, body.configuration, body.group, forever),
    async findObjects({ query: { kind, search } }) {
      return { objects: [...(await tenant.find(kind, search, forever))] };
    },
  };
}
