import type { z } from "zod";
import { messages } from "#lib/model/messages.ts";
import { Failure } from "#lib/model/problem.ts";
import type { Match } from "#lib/wizard/server/match.ts";

/** What an operation was given, validated; the query's and the parameters' values as text again. */
export type Input = {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
};

type Schemas = {
  readonly response: z.ZodType;
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  readonly parameters?: z.ZodType;
};

/** The most bytes that a request's body may have. */
export const bodyLimit = 1024 * 1024;

/** The input of an operation by its schemas in lib/model/messages.ts. Throws E1008 naming the wrong field. */
export async function inputOf(match: Match, request: Request): Promise<Input> {
  const schemas: Schemas = messages[match.name];
  const search = Object.fromEntries(new URL(request.url).searchParams);
  return {
    parameters: texts(checked(schemas.parameters, match.parameters, "the address")),
    query: texts(checked(schemas.query, search, "the query")),
    body: checked(schemas.body, schemas.body === undefined ? undefined : await bodyOf(request), "the body"),
  };
}

function checked(schema: z.ZodType | undefined, value: unknown, place: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // Messages only, never values: a body may hold a password.
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? `${place}: ${message}` : `${path.join(".")}: ${message}`,
  );
  throw new Failure("E1008", { why: `These fields are not as expected. ${faults.slice(0, 5).join(" ")}` });
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value ?? {}).flatMap(([key, item]) => (item === undefined ? [] : [[key, String(item)]])),
  );
}

/** The request's JSON body, or undefined where it has none. */
async function bodyOf(request: Request): Promise<unknown> {
  const text = await textOf(request);
  if (text === "") return undefined;
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? ""))
    throw new Failure("E1008", { why: "The body must be JSON, and Content-Type must be application/json." });
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the body, which may hold a password.
    throw new Failure("E1008", { why: "The body is not JSON." });
  }
}

/** The body's text, read no further than the limit: Content-Length may be missing or wrong. */
async function textOf(request: Request): Promise<string> {
  if (request.body === null) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > bodyLimit)
      throw new Failure("E1008", { why: `The body is larger than ${bodyLimit / 1024 / 1024} MiB.` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
