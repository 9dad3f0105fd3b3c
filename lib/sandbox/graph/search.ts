import { badRequest, unsupportedQuery } from "#lib/sandbox/graph/graphError.ts";

/**
 * Reads a `$search` of the form `"property:text"` into a test for objects. Within the quotes a quote and a backslash
 * are written after a backslash. Both texts are cut into words at blanks, symbols, numbers and changes of case, and
 * every word that is looked for must begin a word of the property (graph-docs: concepts/search-query-parameter.md,
 * "Using $search on directory object collections"). Throws Graph's 400 for another form and another property.
 */
export function readSearch(
  search: string,
  properties: readonly string[],
): (object: Readonly<Record<string, unknown>>) => boolean {
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(search.trim())?.[1];
  if (quoted === undefined) throw badRequest(`Syntax error: character '${search}' is not valid in a search.`);
  const colon = quoted.indexOf(":");
  const property = quoted.slice(0, Math.max(colon, 0));
  if (!properties.includes(property))
    throw unsupportedQuery(`Unsupported or invalid search property '${property}'.`);
  const wanted = wordsOf(quoted.slice(colon + 1).replaceAll(/\\(["\\])/g, "$1"));
  return (object) => {
    const value = object[property];
    if (typeof value !== "string" || wanted.length === 0) return false;
    const words = [...wordsOf(value), ...partsOf(value)];
    return wanted.every((word) => words.some((candidate) => candidate.startsWith(word)));
  };
}

function wordsOf(text: string): string[] {
  return (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => word.toLowerCase());
}

/** `HelloWorld7` gives hello, world and 7. */
function partsOf(text: string): string[] {
  const parts = text.match(/\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\p{Lu}+|\p{N}+/gu) ?? [];
  return parts.map((part) => part.toLowerCase());
}
