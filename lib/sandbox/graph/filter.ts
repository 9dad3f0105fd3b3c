import { badRequest, unsupportedQuery } from "#lib/sandbox/graph/graphError.ts";

type Literal = string | number | boolean | null;

/** A parsed `$filter`, as far as the emulator knows OData's grammar. */
export type Filter =
  | { readonly op: "and" | "or"; readonly left: Filter; readonly right: Filter }
  | { readonly op: "not"; readonly operand: Filter }
  | { readonly op: "eq" | "ne"; readonly property: string; readonly value: Literal }
  | { readonly op: "in"; readonly property: string; readonly values: readonly Literal[] }
  | { readonly op: "startswith"; readonly property: string; readonly value: string }
  | { readonly op: "any"; readonly property: string; readonly value: Literal };

const tokenPattern = /\s*('(?:[^']|'')*'|[A-Za-z_][\w.]*|-?\d[\w.:-]*|[(),:/])/y;

/** Parses a `$filter`. Throws Graph's 400 for what is not OData and for what the emulator does not know. */
export function parseFilter(text: string): Filter {
  const tokens = tokenize(text);
  let at = 0;
  const peek = () => tokens[at];
  function take(expected?: string): string {
    const token = tokens[at];
    if (token === undefined || (expected !== undefined && token.toLowerCase() !== expected))
      throw invalid(text, expected);
    at += 1;
    return token;
  }

  function disjunction(): Filter {
    let left = conjunction();
    while (peek()?.toLowerCase() === "or") {
      take();
      left = { op: "or", left, right: conjunction() };
    }
    return left;
  }

  function conjunction(): Filter {
    let left = term();
    while (peek()?.toLowerCase() === "and") {
      take();
      left = { op: "and", left, right: term() };
    }
    return left;
  }

  function term(): Filter {
    const token = take();
    if (token === "(") {
      const inner = disjunction();
      take(")");
      return inner;
    }
    if (token.toLowerCase() === "not") return { op: "not", operand: term() };
    if (token.toLowerCase() === "startswith" && peek() === "(") return startsWith();
    if (!/^[A-Za-z_]/.test(token)) throw invalid(text);
    return comparison(token);
  }

  function startsWith(): Filter {
    take("(");
    const property = take();
    take(",");
    const value = literal(take());
    take(")");
    if (typeof value !== "string") throw invalid(text);
    return { op: "startswith", property, value };
  }

  function comparison(property: string): Filter {
    const operator = take().toLowerCase();
    if (operator === "eq" || operator === "ne") return { op: operator, property, value: literal(take()) };
    if (operator === "in") return { op: "in", property, values: list() };
    if (operator === "/" && peek()?.toLowerCase() === "any") return any(property);
    if (operator === "/") return comparison(`${property}/${take()}`);
    throw unsupportedQuery(`Unsupported property filter clause operator '${operator}'.`);
  }

  function list(): Literal[] {
    take("(");
    const values = [literal(take())];
    while (peek() === ",") {
      take();
      values.push(literal(take()));
    }
    take(")");
    return values;
  }

  function any(property: string): Filter {
    take("any");
    take("(");
    const variable = take();
    take(":");
    take(variable.toLowerCase());
    take("eq");
    const value = literal(take());
    take(")");
    return { op: "any", property, value };
  }

  function literal(token: string): Literal {
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (token === "true" || token === "false") return token === "true";
    if (token === "null") return null;
    if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
    throw invalid(text);
  }

  const filter = disjunction();
  if (at !== tokens.length) throw invalid(text);
  return filter;
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(tokenPattern);
  const trimmed = text.trim();
  while (pattern.lastIndex < trimmed.length) {
    const token = pattern.exec(trimmed)?.[1];
    if (token === undefined) throw invalid(text);
    tokens.push(token);
  }
  return tokens;
}

function invalid(text: string, expected?: string) {
  return badRequest(
    `Invalid filter clause: ${expected === undefined ? "there is a syntax error" : `'${expected}' was expected`} in '${text}'.`,
  );
}

/** Which properties may be filtered and how: `plain` always, `advanced` only as an advanced query. */
export type Filterable = {
  readonly plain: readonly string[];
  readonly collections: readonly string[];
  readonly advanced?: readonly string[];
};

/**
 * Throws Graph's 400 for a property that can't be filtered, and for `ne` and `not`, which Graph only takes as an
 * advanced query: header `ConsistencyLevel: eventual` and `$count=true` (graph-docs: aad-advanced-queries.md).
 */
export function checkFilter(filter: Filter, filterable: Filterable, advanced: boolean): void {
  switch (filter.op) {
    case "and":
    case "or":
      checkFilter(filter.left, filterable, advanced);
      checkFilter(filter.right, filterable, advanced);
      return;
    case "not":
      if (!advanced)
        throw unsupportedQuery(
          "Operator: 'Not' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header.",
        );
      checkFilter(filter.operand, filterable, advanced);
      return;
    case "any":
      if (!filterable.collections.includes(filter.property)) throw unsupportedProperty(filter.property);
      return;
    default:
      if (advanced && filterable.advanced?.includes(filter.property)) return;
      if (!filterable.plain.includes(filter.property)) throw unsupportedProperty(filter.property);
      if (filter.op === "ne" && !advanced)
        throw unsupportedQuery(
          "Operator: 'NotEqualsMatch' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header.",
        );
  }
}

function unsupportedProperty(property: string) {
  return unsupportedQuery(
    `Unsupported or invalid query filter clause specified for property '${property}' of resource 'DirectoryObject'.`,
  );
}

/** Whether an object passes the filter; strings compare without regard to case, as in Entra. */
export function passes(filter: Filter, object: Readonly<Record<string, unknown>>): boolean {
  switch (filter.op) {
    case "and":
      return passes(filter.left, object) && passes(filter.right, object);
    case "or":
      return passes(filter.left, object) || passes(filter.right, object);
    case "not":
      return !passes(filter.operand, object);
    case "eq":
      return same(valueAt(object, filter.property), filter.value);
    case "ne":
      return !same(valueAt(object, filter.property), filter.value);
    case "in":
      return filter.values.some((value) => same(valueAt(object, filter.property), value));
    case "startswith": {
      const value = valueAt(object, filter.property);
      return typeof value === "string" && value.toLowerCase().startsWith(filter.value.toLowerCase());
    }
    case "any": {
      const values = object[filter.property];
      return Array.isArray(values) && values.some((value) => same(value, filter.value));
    }
  }
}

/** The value at a path such as `onPremisesSyncBehavior/isCloudManaged`. */
function valueAt(object: Readonly<Record<string, unknown>>, path: string): unknown {
  return path
    .split("/")
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], object);
}

function same(value: unknown, literal: Literal): boolean {
  if (typeof value === "string" && typeof literal === "string")
    return value.toLowerCase() === literal.toLowerCase();
  return (value ?? null) === literal;
}
