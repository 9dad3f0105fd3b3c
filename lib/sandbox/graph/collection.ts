import { z } from "zod";
import type { GraphContext, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { checkFilter, type Filterable, parseFilter, passes } from "#lib/sandbox/graph/filter.ts";
import { badRequest, unsupportedQuery } from "#lib/sandbox/graph/graphError.ts";
import type { Query } from "#lib/sandbox/graph/query.ts";
import { readSearch } from "#lib/sandbox/graph/search.ts";
import { indexAfter } from "#lib/sandbox/tenant/orderedMap.ts";

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
  /** What may be searched; nothing when left out. */
  readonly searchable?: readonly string[];
  /** The part after `$metadata#` in the answer's context. */
  readonly context: string;
  readonly present: (object: T) => Record<string, unknown>;
};

/** Answers with one page of a collection, filtered and counted as asked, and a link to the next page if there is one. */
export function answerCollection<T extends Identified>(
  c: GraphContext,
  facts: GraphFacts,
  { objects, query, filterable, searchable, context, present }: Collection<T>,
): Response {
  const eventual = c.req.header("ConsistencyLevel")?.toLowerCase() === "eventual";
  if (query.count && !eventual) {
    throw unsupportedQuery("$count is only supported with the header ConsistencyLevel: eventual.");
  }
  if (query.search !== undefined && !eventual) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'.",
    );
  }
  const passesFilter = filterOf(query, filterable, eventual && query.count);
  const passesSearch = query.search === undefined ? always : readSearch(query.search, searchable ?? []);
  const matches = (object: T) => passesFilter(object) && passesSearch(object);

  const size = query.top ?? defaultPage;
  const page: T[] = [];
  let more = false;
  const start =
    query.skipToken === undefined ? 0 : indexAfter(objects, readPosition(query.skipToken), ({ id }) => id);
  for (let index = start; index < objects.length && !more; index += 1) {
    const object = objects[index] as T;
    if (!matches(object)) continue;
    if (page.length === size) more = true;
    else page.push(object);
  }
  const last = page.at(-1);
  return c.json({
    "@odata.context": `${facts.origin}/${versionOf(c)}/$metadata#${context}`,
    // Only the first page has the count.
    ...(query.count && query.skipToken === undefined
      ? { "@odata.count": objects.filter(matches).length }
      : {}),
    ...(last !== undefined && more ? { "@odata.nextLink": nextLink(c, facts, last.id) } : {}),
    value: page.map(present),
  });
}

type Test = (object: Readonly<Record<string, unknown>>) => boolean;
const always: Test = () => true;

function filterOf(query: Query, filterable: Filterable | undefined, advanced: boolean): Test {
  if (query.filter === undefined) return always;
  const filter = parseFilter(query.filter);
  if (filterable === undefined) {
    throw unsupportedQuery("The query option '$filter' is not supported on this resource.");
  }
  checkFilter(filter, filterable, advanced);
  return (object) => passes(filter, object);
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
