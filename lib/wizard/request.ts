import { type OperationName, operations, pathOf } from "#lib/model/api.ts";
import type { Body } from "#lib/model/messages.ts";
import { ProblemError, problemOfAnswer, problems } from "#lib/wizard/problems.ts";

/** What a call of an operation may carry. */
export type Options<Name extends OperationName> = {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: Body<Name>;
  readonly signal?: AbortSignal | undefined;
};

/**
 * The answer to a call of the web app's API, as it came. Throws ProblemError for an answer with an error status
 * (with the server's words) and for none at all (E2001), and the browser's AbortError when `signal` aborts.
 */
export async function request<Name extends OperationName>(
  name: Name,
  { parameters, query, body, signal }: Options<Name>,
  token?: string,
): Promise<Response> {
  const headers = new Headers();
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  if (body !== undefined) headers.set("content-type", "application/json");
  let response: Response;
  try {
    response = await fetch(`/api${pathOf(name, parameters, query)}`, {
      method: operations[name].method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
      cache: "no-store",
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ProblemError(
      {
        ...problems.unreachable,
        why: "The web app, through which the agent is reached, does not answer: it was stopped, or the network is down.",
        next: "Start the product again, then try again; what you entered is kept, and a run under way goes on in the agent.",
      },
      { cause },
    );
  }
  if (!response.ok) throw new ProblemError(problemOfAnswer(response.status, await response.text()));
  return response;
}
