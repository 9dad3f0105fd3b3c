import { type OperationName, operations } from "#lib/model/api.ts";
import type { Answer, PlanFormat } from "#lib/model/messages.ts";
import { type Options, request } from "#lib/wizard/request.ts";
import { accessToken } from "#lib/wizard/sign-in.ts";

async function send<Name extends OperationName>(name: Name, options: Options<Name>): Promise<Response> {
  const token = operations[name].access === "anyone" ? undefined : await accessToken();
  return request(name, options, token);
}

/** Calls an operation as the person who is signed in. Throws ProblemError with words to show. */
export async function call<Name extends OperationName>(
  name: Name,
  options: Options<Name> = {},
): Promise<Answer<Name>> {
  const response = await send(name, options);
  // The web app checks every answer against its schema before it passes it on.
  return (await response.json()) as Answer<Name>;
}

/** The open stream of a run's events. Throws as `call`. */
export async function openRunEvents(id: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const response = await send("runEvents", { parameters: { id }, signal });
  return response.body ?? new ReadableStream({ start: (controller) => controller.close() });
}

/** A run's plan as a file. Throws as `call`. */
export async function planFile(id: string, format: PlanFormat): Promise<Blob> {
  const response = await send("runPlan", { parameters: { id }, query: { format } });
  return response.blob();
}
