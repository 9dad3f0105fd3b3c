import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { stream, streamSSE } from "hono/streaming";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import { guardRequest } from "#lib/agent/guard-request.ts";
import type { Handlers } from "#lib/agent/handlers.ts";
import type { Log } from "#lib/agent/log.ts";
import type { Runner } from "#lib/agent/runner.ts";
import { type OperationName, operations } from "#lib/model/api.ts";
import type { Dn } from "#lib/model/dn.ts";
import { errors } from "#lib/model/errors.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import { messages, type PlanFormat } from "#lib/model/messages.ts";
import { Failure, failureOf } from "#lib/model/problem.ts";
import type { Run } from "#lib/model/run.ts";
import { planDocument, planFile } from "#lib/plan/document/document.ts";
import type { Store } from "#lib/store/store.ts";

type Schemas = { body?: z.ZodType; query?: z.ZodType; parameters?: z.ZodType };

/** What the streams are made from. */
export type ApiPorts = {
  readonly runner: Runner;
  readonly store: Store;
  readonly log: Log;
  /** Where a group is that a plan names by its anchor alone. */
  dnOf(anchor: ObjectId): Dn | undefined;
};

/** Milliseconds between two signs of life on an event stream, so that no proxy in between closes it. */
const heartbeat = 15_000;

function checked(schema: z.ZodType | undefined, part: string, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${[part, ...path].join(".")}: ${message}`);
  throw new Failure("E1008", { why: `${issues.join("; ")}.` });
}

async function inputOf(context: Context, name: OperationName) {
  const { body, query, parameters } = messages[name] as Schemas;
  const text = body === undefined ? "" : await context.req.text();
  return {
    parameters: checked(parameters, "parameters", context.req.param()),
    query: checked(query, "query", context.req.query()),
    body: checked(body, "body", text === "" ? undefined : parseJson(text)),
    actor: decodeURIComponent(context.req.header("x-actor") ?? "unknown"),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Failure("E1008", { cause, why: "The request's body is not JSON." });
  }
}

/** A run's events: its record now, at each change, and at its end. */
function runEvents(context: Context, runner: Runner, first: Run) {
  return streamSSE(context, async (stream) => {
    const ended = Promise.withResolvers<void>();
    let sent: Promise<unknown> = Promise.resolve();
    const send = (run: Run) => {
      sent = sent.then(() => stream.writeSSE({ event: "run", data: JSON.stringify(run) }));
      if (run.state !== "running") void sent.then(() => ended.resolve());
    };
    const unwatch = runner.watch(first.id, send);
    const beat = setInterval(() => void stream.writeSSE({ event: "beat", data: "" }), heartbeat);
    stream.onAbort(() => ended.resolve());
    // The run may have ended between the look-up and the watch: then what is told is its last state.
    send(unwatch === undefined ? await runner.run(first.id) : first);
    await ended.promise;
    clearInterval(beat);
    unwatch?.();
  });
}

/** A run's plan as a document, streamed: it may be far larger than what fits in memory. */
async function runPlan(context: Context, { runner, store, dnOf }: ApiPorts, id: string, format: PlanFormat) {
  const run = await runner.run(id);
  const { contentType, name } = planFile(format, run);
  context.header("content-type", contentType);
  context.header("content-disposition", `attachment; filename="${name}"`);
  return stream(context, async (output) => {
    for await (const text of planDocument(format, run, () => store.eachChange(id), dnOf))
      await output.write(text);
  });
}

/** The agent's HTTP interface: the operations of `lib/model/api.ts` that are answered by the agent. */
export function agentApi(port: number, secret: string, handlers: Handlers, ports: ApiPorts): Hono {
  const { runner, log } = ports;
  const api = new Hono();
  api.onError((thrown, context) => {
    const failure = failureOf(thrown);
    const reference = randomUUID();
    if (failure.code === "E2000") log.error({ err: thrown, reference }, "unexpected failure");
    const problem = failure.code === "E2000" ? { ...failure.problem, reference } : failure.problem;
    return context.json({ problem }, errors[failure.code].status as ContentfulStatusCode);
  });
  api.notFound((context) => context.json({ problem: new Failure("E1009").problem }, 404));
  api.use(guardRequest(port, secret));
  api.use(
    bodyLimit({
      maxSize: 1024 * 1024,
      onError: () => {
        throw new Failure("E1008", { why: "The body is over 1 MiB." });
      },
    }),
  );
  for (const [key, { method, path, by }] of Object.entries(operations)) {
    const name = key as OperationName;
    if (by !== "agent") continue;
    api.on(method, path, async (context) => {
      const input = await inputOf(context, name);
      if (name === "runEvents") {
        const { id } = input.parameters as { id: string };
        return runEvents(context, runner, await runner.run(id));
      }
      if (name === "runPlan") {
        const { id } = input.parameters as { id: string };
        const { format } = input.query as { format: PlanFormat };
        return runPlan(context, ports, id, format);
      }
      // Each handler's input was checked against its own operation's schemas just above.
      const handler = handlers[name as keyof Handlers] as (value: unknown) => Promise<object>;
      return context.json(await handler(input));
    });
  }
  return api;
}
