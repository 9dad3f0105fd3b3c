import type { ContentfulStatusCode } from "hono/utils/http-status";

/** A refusal in Graph's own words: thrown anywhere in the emulator, written once. */
export class GraphError extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "GraphError";
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export type RequestIds = { readonly request: string; readonly client: string };

/** Graph's error document (graph-docs: concepts/errors.md). */
export function errorBody(
  error: Pick<GraphError, "code" | "message">,
  ids: RequestIds,
): Record<string, unknown> {
  return {
    error: {
      code: error.code,
      message: error.message,
      innerError: {
        date: new Date().toISOString().slice(0, 19),
        "request-id": ids.request,
        "client-request-id": ids.client,
      },
    },
  };
}

export function badRequest(message: string): GraphError {
  return new GraphError(400, "BadRequest", message);
}

export function unsupportedQuery(message: string): GraphError {
  return new GraphError(400, "Request_UnsupportedQuery", message);
}

export function notFound(id: string): GraphError {
  return new GraphError(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

export function denied(): GraphError {
  return new GraphError(
    403,
    "Authorization_RequestDenied",
    "Insufficient privileges to complete the operation.",
  );
}
