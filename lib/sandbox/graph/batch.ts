import { z } from "zod";
import { readBody } from "#lib/sandbox/graph/body.ts";
import type { GraphApp, GraphContext, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { badRequest } from "#lib/sandbox/graph/graphError.ts";
import { type Option, readQuery } from "#lib/sandbox/graph/query.ts";

const largest = 20;
const noOptions: readonly Option[] = [];

const step = z.strictObject({
  id: z.string().min(1),
  method: z
    .string()
    .transform((method) => method.toUpperCase())
    .pipe(z.enum(["GET", "POST", "PATCH", "PUT", "DELETE"])),
  url: z.string().startsWith("/"),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).optional(),
});
type Step = z.infer<typeof step>;
type Answer = {
  readonly id: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
};

/** POST /$batch: up to 20 requests in one, each with its own answer (graph-docs: concepts/json-batching.md). */
export function batchRoute(app: GraphApp, facts: GraphFacts): void {
  for (const version of ["v1.0", "beta"]) {
    app.post(`/${version}/$batch`, async (c) => {
      readQuery(new URL(c.req.url).searchParams, noOptions);
      const { requests } = await readBody(c, z.object({ requests: z.array(z.unknown()).min(1) }));
      if (requests.length > largest) {
        throw badRequest(`Number of batch request steps exceeds the maximum value of ${largest}.`);
      }
      const steps = readSteps(requests);
      const answers = new Map<string, Answer>();
      for (const one of steps) answers.set(one.id, await run(app, facts, c, version, one, answers));
      // Graph promises no order. The reverse one finds clients that count on it.
      return c.json({ responses: [...answers.values()].reverse() });
    });
  }
}

function readSteps(requests: readonly unknown[]): Step[] {
  const seen = new Set<string>();
  return requests.map((request) => {
    const parsed = step.safeParse(request);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw badRequest(
        `Invalid batch payload format: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim(),
      );
    }
    if (seen.has(parsed.data.id))
      throw badRequest(`Invalid batch payload format: the id '${parsed.data.id}' is not unique.`);
    for (const other of parsed.data.dependsOn ?? []) {
      if (!seen.has(other))
        throw badRequest(
          `Invalid dependency ids found: '${other}' does not come before '${parsed.data.id}'.`,
        );
    }
    seen.add(parsed.data.id);
    return parsed.data;
  });
}

async function run(
  app: GraphApp,
  facts: GraphFacts,
  c: GraphContext,
  version: string,
  one: Step,
  answers: ReadonlyMap<string, Answer>,
): Promise<Answer> {
  const headers = { "Content-Type": "application/json" };
  if (one.dependsOn?.some((id) => (answers.get(id)?.status ?? 500) >= 400)) {
    const error = { code: "FailedDependency", message: "Failed Dependency" };
    return { id: one.id, status: 424, headers, body: { error } };
  }
  if (
    one.body !== undefined &&
    !Object.keys(one.headers ?? {}).some((name) => name.toLowerCase() === "content-type")
  ) {
    const error = {
      code: "BadRequest",
      message: "Write requests (excluding DELETE) must contain the Content-Type header declaration.",
    };
    return { id: one.id, status: 400, headers, body: { error } };
  }
  const request = new Request(`${facts.origin}/${version}${one.url}`, {
    method: one.method,
    headers: { ...one.headers, Authorization: c.req.header("Authorization") ?? "" },
    ...(one.body === undefined ? {} : { body: JSON.stringify(one.body) }),
  });
  const response = await app.fetch(request, { ...c.env, inBatch: true });
  const text = await response.text();
  return {
    id: one.id,
    status: response.status,
    headers: Object.fromEntries([...response.headers].filter(([name]) => passedOn.has(name))),
    ...(text === "" ? {} : { body: JSON.parse(text) as unknown }),
  };
}

const passedOn = new Set(["content-type", "retry-after", "location", "preference-applied", "request-id"]);
