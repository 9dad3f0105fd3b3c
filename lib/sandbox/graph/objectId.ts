import { GraphError } from "#lib/sandbox/graph/graphError.ts";

/** An object id from a request's path or body, in lower case. Throws Graph's 400 for what is no GUID. */
export function objectId(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new GraphError(400, "Request_BadRequest", `Invalid object identifier '${text}'.`);
}
