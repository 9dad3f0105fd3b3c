import { Failure } from "#lib/model/problem.ts";

/** An expression, read: a text, a property of the group, or a function of others. */
export type Expression =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "property"; readonly name: string; readonly column: number }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly parameters: readonly Expression[];
      readonly column: number;
    };

const token =
  /\s*(?:(?<text>"(?:[^"\\]|\\[\s\S])*")|(?<property>\[[^[\]]+\])|(?<word>[A-Za-z]+)|(?<number>\d+)|(?<sign>[(),]))/y;

type Token = {
  readonly kind: "text" | "property" | "word" | "number" | "sign";
  readonly text: string;
  readonly column: number;
};

/** How deep functions may lie in each other. */
const deepest = 50;

/** E5009 that names the place, columns counted from 1. */
export function expressionFailure(column: number, why: string): Failure {
  return new Failure("E5009", { why: `At column ${column}: ${why}` });
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  for (token.lastIndex = 0; token.lastIndex < end; ) {
    const start = token.lastIndex;
    const groups = token.exec(source)?.groups;
    const [kind, text] = Object.entries(groups ?? {}).find(([, value]) => value !== undefined) ?? [];
    if (kind === undefined || text === undefined)
      throw expressionFailure(
        start + 1,
        `${source.slice(start).trimStart().slice(0, 1)} is not expected; texts stand in "double quotes", properties in [brackets].`,
      );
    tokens.push({ kind: kind as Token["kind"], text, column: token.lastIndex - text.length + 1 });
  }
  return tokens;
}

/**
 * Reads an expression of the documented subset of Entra's attribute-mapping functions. E5009 with the column when it
 * is not one.
 */
export function parseExpression(source: string): Expression {
  const tokens = tokensOf(source);
  let at = 0;
  const next = (expected: string): Token => {
    const found = tokens[at++];
    if (found === undefined) throw expressionFailure(source.length + 1, `${expected} is missing.`);
    return found;
  };
  const sign = (expected: string): Token => {
    const found = next(`“${expected}”`);
    if (found.text !== expected)
      throw expressionFailure(found.column, `“${expected}” is expected, not ${found.text}.`);
    return found;
  };
  const read = (depth: number): Expression => {
    const found = next("a text, a property or a function");
    const { kind, text, column } = found;
    if (depth > deepest) throw expressionFailure(column, "the functions lie too deep in each other.");
    if (kind === "text") return { kind, text: text.slice(1, -1).replace(/\\([\s\S])/g, "$1") };
    if (kind === "number") return { kind: "text", text };
    if (kind === "property") return { kind, name: text.slice(1, -1).trim(), column };
    if (kind === "sign")
      throw expressionFailure(column, `a text, a property or a function is expected, not ${text}.`);
    sign("(");
    const parameters: Expression[] = [];
    if (tokens[at]?.text === ")") at++;
    else
      for (let more = true; more; ) {
        parameters.push(read(depth + 1));
        const after = next("“)”");
        if (after.text !== "," && after.text !== ")")
          throw expressionFailure(after.column, `“,” or “)” is expected, not ${after.text}.`);
        more = after.text === ",";
      }
    return { kind: "call", name: text, parameters, column };
  };
  const expression = read(0);
  const rest = tokens[at];
  if (rest !== undefined) throw expressionFailure(rest.column, `nothing more is expected, not ${rest.text}.`);
  return expression;
}
