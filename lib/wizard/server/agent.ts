import { z } from "zod";
import { operations, pathOf } from "#lib/model/api.ts";
import { Failure, type Problem, problem } from "#lib/model/problem.ts";
import { reasonOf } from "#lib/wizard/server/discovery.ts";
import type { Input } from "#lib/wizard/server/input.ts";
import type { Match } from "#lib/wizard/server/match.ts";
import { answerHeaders, problemResponse } from "#lib/wizard/server/response.ts";
import type { AgentSettings } from "#lib/wizard/server/settings.ts";
import type { Person } from "#lib/wizard/server/token.ts";

/** How long the agent may take to answer, in milliseconds; to begin its answer, where that is a stream. */
const timeLimit = 60_000;

const refusal = z.object({ problem });

/**
 * The agent's answer to an operation that the person may call, for the browser: JSON, a document, or a stream of events that
 * ends with the client's connection or the person's token. Throws E2001 when no agent answers.
 */
export async function askAgent(
  { url, secret }: AgentSettings,
  { name }: Match,
  { parameters, query, body }: Input,
  person: Person,
  client: AbortSignal,
): Promise<Response> {
  const stop = new AbortController();
  const init: RequestInit = {
    method: operations[name].method,
    headers: {
      accept: "application/json, text/event-stream",
      authorization: `Bearer ${secret}`,
      // A header holds ASCII only; names do not.
      "x-actor": encodeURIComponent(person.name),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    // The secret must go nowhere else.
    redirect: "error",
    cache: "no-store",
    signal: AbortSignal.any([stop.signal, client]),
  };
  const timer = setTimeout(() => stop.abort(new DOMException("time limit", "TimeoutError")), timeLimit);
  try {
    const address = `${url}${pathOf(name, parameters, query)}`;
    const answer = await reached(fetch(address, init), url);
    if (isOf(answer, "text/event-stream") && answer.ok && answer.body !== null)
      return streamed(answer.body, stop, person.expires);
    const disposition = answer.headers.get("content-disposition");
    if (answer.ok && answer.body !== null && disposition?.startsWith("attachment"))
      return document(answer.body, answer.headers.get("content-type") ?? "", disposition);
    const text = await reached(answer.text(), url);
    return passedOn(answer.status, isOf(answer, "application/json"), text, url);
  } finally {
    clearTimeout(timer);
  }
}

/** What the network gives; its failure is the agent's being out of reach, and nothing else is. */
async function reached<Result>(attempt: Promise<Result>, url: string): Promise<Result> {
  try {
    return await attempt;
  } catch (cause) {
    throw new Failure("E2001", {
      why: `No agent answers at ${url}: ${reasonOf(cause)}. It is not running, or a firewall is in the way.`,
      cause,
    });
  }
}

/** A document of the agent's, as a file and as it comes: a plan may be far larger than what fits in memory. */
function document(body: ReadableStream<Uint8Array>, contentType: string, disposition: string): Response {
  const headers = { ...answerHeaders(contentType), "content-disposition": disposition };
  return new Response(body, { headers });
}

function isOf(answer: Response, type: string): boolean {
  return (answer.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() === type;
}

function passedOn(status: number, isJson: boolean, text: string, url: string): Response {
  const told = isJson && status >= 400 ? problemIn(text) : undefined;
  // 401 would tell the browser that its own sign-in failed, while it is the web app that the agent refused.
  if (told !== undefined) return problemResponse(told, status === 401 ? 502 : status);
  if (!isJson || status < 200 || status >= 300)
    throw new Failure("E2001", {
      why: `What answers at ${url} is not the agent: HTTP ${status}, and not in the agent's form.`,
    });
  return new Response(text, { status, headers: answerHeaders("application/json") });
}

function problemIn(text: string): Problem | undefined {
  try {
    return refusal.parse(JSON.parse(text)).problem;
  } catch {
    // Not the agent's form: the caller says so.
    return undefined;
  }
}

/** setTimeout's longest delay, in milliseconds; a longer one would fire at once. */
const longestDelay = 2 ** 31 - 1;

/**
 * The agent's events as they come. The stream ends when the token does, so that a person who lost the role stops
 * receiving; the page then reconnects with a new token. The agent is let go when the client is.
 */
function streamed(events: ReadableStream<Uint8Array>, stop: AbortController, expires: number): Response {
  const reader = events.getReader();
  let ended = false;
  let end: NodeJS.Timeout | undefined;
  const release = () => {
    ended = true;
    clearTimeout(end);
    stop.abort();
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const delay = Math.min(Math.max(0, expires - Date.now()), longestDelay);
      end = setTimeout(() => {
        release();
        controller.close();
      }, delay);
      end.unref();
    },
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (ended) return;
        if (!done) return controller.enqueue(value);
        release();
        controller.close();
      } catch (thrown) {
        if (ended) return;
        release();
        controller.error(thrown);
      }
    },
    cancel: release,
  });
  return new Response(body, {
    headers: {
      ...answerHeaders("text/event-stream"),
      "cache-control": "no-cache, no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
