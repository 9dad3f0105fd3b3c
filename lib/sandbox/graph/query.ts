import { badRequest, GraphError, unsupportedQuery } from "#lib/sandbox/graph/graphError.ts";
import { hasNavigation, hasProperty, isExtension, type Version } from "#lib/sandbox/graph/metadata.ts";

export type Option = "$select" | "$top" | "$filter" | "$search" | "$count" | "$skiptoken" | "$deltatoken";

/** The query options of a request, each as far as the request's path knows it. */
export type Query = {
  readonly select: readonly string[] | undefined;
  readonly top: number | undefined;
  readonly filter: string | undefined;
  readonly search: string | undefined;
  readonly count: boolean;
  readonly skipToken: string | undefined;
  readonly deltaToken: string | undefined;
};

const known = [
  "$select",
  "$top",
  "$filter",
  "$count",
  "$skiptoken",
  "$deltatoken",
  "$expand",
  "$orderby",
  "$search",
  "$skip",
  "$format",
  "$apply",
  "$compute",
];

/**
 * Reads a request's query options. Throws Graph's 400 for any option that the path does not take, for one given twice
 * and for a value that is not valid.
 */
export function readQuery(parameters: URLSearchParams, allowed: readonly Option[]): Query {
  const values = new Map<string, string>();
  for (const [written, value] of parameters) {
    // OData 4.01: the dollar sign may be left out.
    const name = written.startsWith("$") ? written.toLowerCase() : `$${written.toLowerCase()}`;
    if (!known.includes(name)) throw badRequest(`Unrecognized query argument specified: '${written}'.`);
    if (!allowed.includes(name as Option))
      throw unsupportedQuery(`The query option '${written}' is not supported on this resource.`);
    if (values.has(name))
      throw badRequest(
        `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      );
    values.set(name, value);
  }
  return {
    select: values
      .get("$select")
      ?.split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    top: readTop(values.get("$top")),
    filter: values.get("$filter"),
    search: values.get("$search"),
    count: readBoolean(values.get("$count")),
    skipToken: values.get("$skiptoken"),
    deltaToken: values.get("$deltatoken"),
  };
}

function readTop(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const top = Number(text);
  if (/^\d+$/.test(text) && top >= 1 && top <= 999) return top;
  throw new GraphError(
    400,
    "Request_BadRequest",
    `Invalid page size specified: '${text}'. Must be between 1 and 999 inclusive.`,
  );
}

function readBoolean(text: string | undefined): boolean {
  if (text === undefined || text.toLowerCase() === "false") return false;
  if (text.toLowerCase() === "true") return true;
  throw badRequest(
    `Invalid value '${text}' for $count query option found. The $count query option requires 'true' or 'false'.`,
  );
}

/**
 * Throws Graph's 400 for a selected name that none of the types has. `more` names what may be selected too: navigation
 * properties and registered directory extensions.
 */
export function checkSelect(
  version: Version,
  types: readonly string[],
  select: readonly string[] | undefined,
  more: Iterable<string> = [],
): void {
  const others = new Set(more);
  for (const name of select ?? []) {
    if (types.some((type) => hasProperty(version, type, name))) continue;
    if (others.has(name) && (isExtension(name) || types.some((type) => hasNavigation(type, name)))) continue;
    throw badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${types[0]}'.`,
    );
  }
}
