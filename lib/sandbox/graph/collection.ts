import { z } from "zod";
import type { GraphContext, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { checkFilter, type Filterable, parseFilter, passes } from "#lib/sandbox/graph/filter.ts";
import { badRequest, unsupportedQuery } from "#lib/sandbox/graph/graphError.ts";
import type { Query } from "#lib/sandbox/graph/query.ts";

const defaultPage = 100;
const position = z.object({ after: z.string() });

type Identified = { readonly id: string };

/** A collection of objects to answer with. */
export type Collection<T extends Identified> = {
  /** In ascending order of id. */
  readonly objects: readonly T[];
  readonly query: Query;
  /** What may be filtered; nothing when left out. */
  readonly filterable?: Filterable;
  /** The part after `$metadata#` in the answer's context. */
  readonly context: string;
  readonly present: (object: T) => Record<string, unknown>;
};

/** Answers with one page of a collection, filtered and counted as asked, and a link to the next page if there is one. */
export function answerCollection<T extends Identified>(
  c: GraphContext,
  facts: GraphFacts,
  { objects, query, filterable, context, present }: Collection<T>,
): Response {
  const eventual = c.req.header("ConsistencyLevel")?.toLowerCase() === "eventual";
  if (query.count && !eventual) {
    throw unsupportedQuery("$count is only supported with the header ConsistencyLevel: eventual.");
  }
  const filter = query.filter === undefined ? undefined : parseFilter(query.filter);
  if (filter !== undefined && filterable === undefined) {
    throw unsupportedQuery("The query option '$filter' is not supported on this resource.");
  }
  if (filter !== undefined && filterable !== undefined)
    checkFilter(filter, filterable, eventual && query.count);
  const matching = filter === undefined ? objects : objects.filter((object) => passes(filter, object));
  const after = query.skipToken === undefined ? "" : readPosition(query.skipToken);
  const rest = after === "" ? matching : matching.filter(({ id }) => id > after);
  const page = rest.slice(0, query.top ?? defaultPage);
  const last = page.at(-1);
  return c.json({
    "@odata.context": `${facts.origin}/${versionOf(c)}/$metadata#${context}`,
    ...(query.count ? { "@odata.count": matching.length } : {}),
    ...(last !== undefined && page.length < rest.length
      ? { "@odata.nextLink": nextLink(c, facts, last.id) }
      : {}),
    value: page.map(present),
  });
}

/** The context of a collection with selected properties: `groups(id,displayName)`. */
export function selected(set: string, select: readonly string[] | undefined): string {
  return select === undefined ? set : `${set}(${select.join(",")})`;
}

function versionOf(c: GraphContext): string {
  return c.req.path.split("/")[1] ?? "v1.0";
}

function nextLink(c: GraphContext, facts: GraphFacts, after: string): string {
  const url = new URL(c.req.url);
  url.searchParams.delete("$skiptoken");
  url.searchParams.append("$skiptoken", Buffer.from(JSON.stringify({ after })).toString("base64url"));
  return `${facts.origin}${url.pathname}?${readable(url.searchParams)}`;
}

/** The query with dollar signs and commas left as they are, as Graph writes it. */
export function readable(parameters: URLSearchParams): string {
  return parameters.toString().replaceAll("%24", "$").replaceAll("%2C", ",");
}

function readPosition(token: string): string {
  try {
    return position.parse(JSON.parse(Buffer.from(token, "base64url").toString())).after;
  } catch {
    throw badRequest("Skip token is null or invalid.");
  }
}
