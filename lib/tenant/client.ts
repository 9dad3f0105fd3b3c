import { setTimeout as wait } from "node:timers/promises";
import graph, {
  type Client as Graph,
  type GraphError as GraphErrorType,
} from "@microsoft/microsoft-graph-client";
import type { z } from "zod";
import type { ErrorCode } from "#lib/model/errors.ts";
import { Failure } from "#lib/model/problem.ts";
import type { TokenSource } from "#lib/tenant/credential.ts";
import { permissionFor } from "#lib/tenant/permissions.ts";
import { defaultRetryPolicy, type RetryPolicy, readRetryAfter, waitBeforeRetry } from "#lib/tenant/retry.ts";

const { Client, GraphError, HTTPMessageHandler } = graph;

export type GraphClientOptions = {
  /** Graph's address without a version, such as `https://graph.microsoft.com`. */
  readonly url: string;
  readonly tokens: TokenSource;
  /** Milliseconds after which an unanswered request counts as lost. */
  readonly timeout?: number;
  readonly retry?: RetryPolicy;
};

const codes: Readonly<Record<number, ErrorCode>> = {
  401: "E3001",
  403: "E3002",
  404: "E3003",
  410: "E3010",
  429: "E3004",
};

/** Graph's codes for a delta token that is no longer honoured, with 410 or another 40X (facts.md 6.4). */
const forgotten =
  /^(syncState(NotFound|Invalid)|resync(Required|ChangesApplyDifferences|ChangesUploadDifferences))$/i;

/** For queries that Graph answers from its index, seconds behind (graph-docs: concepts/aad-advanced-queries.md). */
export const advanced = { ConsistencyLevel: "eventual" } as const;

type Headers = Readonly<Record<string, string>>;
type Page = { readonly "@odata.nextLink"?: string | undefined };

function failureFor(error: GraphErrorType, path: string): Failure {
  const status = error.statusCode;
  const code = forgotten.test(error.code ?? "")
    ? "E3010"
    : (codes[status] ?? (status >= 500 ? "E3005" : "E3008"));
  const reference = error.requestId ?? undefined;
  const words = status === 429 ? "throttled" : `${error.code ?? "no code"}: ${error.message}`;
  const permission = status === 403 ? permissionFor(path) : undefined;
  const hint =
    permission === undefined
      ? ""
      : ` The application permission ${permission} is missing or has no admin consent.`;
  return new Failure(code, {
    cause: error,
    why: `Graph answered ${status} (${words}) to GET ${path}.${hint}`,
    ...(reference === undefined ? {} : { reference }),
  });
}

/** Reads Graph with retries, time limits and one new token where a token is refused. It can only read. */
export class GraphClient {
  readonly #client: Graph;
  readonly #retry: RetryPolicy;
  readonly #timeout: number;
  readonly #tokens: TokenSource;

  constructor({ url, tokens, timeout = 100_000, retry = defaultRetryPolicy }: GraphClientOptions) {
    this.#retry = retry;
    this.#timeout = timeout;
    this.#tokens = tokens;
    const authentication = new graph.AuthenticationHandler({ getAccessToken: () => tokens(false) });
    // The library's own retry handler is left out: it does not retry lost connections, and one policy is enough.
    authentication.setNext(new HTTPMessageHandler());
    this.#client = Client.initWithMiddleware({
      baseUrl: url,
      middleware: authentication,
      customHosts: new Set([new URL(url).hostname]),
    });
  }

  /**
   * The answer to `GET path`, checked against `schema`. `path` is relative to Graph's address and starts with the
   * version, or is a whole nextLink. Throws E3001 to E3010; the signal's reason when it is aborted.
   */
  async get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    signal: AbortSignal,
    headers: Headers = {},
  ): Promise<z.infer<Schema>> {
    let renewed = false;
    for (let tried = 1; ; tried++) {
      signal.throwIfAborted();
      try {
        // Asked for here first: the library would wrap the token source's own failure.
        await this.#tokens(false);
        const answer: unknown = await this.#send(path, signal, headers);
        const parsed = schema.safeParse(answer);
        if (parsed.success) return parsed.data;
        const issue = parsed.error.issues[0];
        throw new Failure("E3008", {
          why: `The answer to GET ${path} is off at ${issue?.path.join(".")}: ${issue?.message}.`,
        });
      } catch (thrown) {
        signal.throwIfAborted();
        if (thrown instanceof Failure) throw thrown;
        const error = thrown instanceof GraphError && thrown.statusCode > 0 ? thrown : undefined;
        if (error?.statusCode === 401 && !renewed) {
          renewed = true;
          // The new token takes the refused one's place in the source's cache.
          await this.#tokens(true);
          continue;
        }
        const retryAfter = readRetryAfter(error?.headers?.get("retry-after") ?? null, Date.now());
        const status = error?.statusCode ?? ("none" as const);
        const pause = waitBeforeRetry(this.#retry, tried, { status, retryAfter }, Math.random());
        if (pause === null) throw error ? failureFor(error, path) : this.#unanswered(path, thrown);
        await wait(pause, undefined, { signal });
      }
    }
  }

  /** Every page from `path` on, by nextLink; throws like `get`. */
  async *pages<Schema extends z.ZodType<Page>>(
    path: string,
    schema: Schema,
    signal: AbortSignal,
    headers: Headers = {},
  ): AsyncGenerator<z.infer<Schema>> {
    for (let link: string | undefined = path; link !== undefined; ) {
      const page: z.infer<Schema> = await this.get(link, schema, signal, headers);
      yield page;
      link = page["@odata.nextLink"];
    }
  }

  async #send(path: string, signal: AbortSignal, headers: Headers): Promise<unknown> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(this.#timeout)]);
    const absolute = path.startsWith("https://") ? path : path.slice(1);
    const request = absolute.startsWith("https://")
      ? this.#client.api(absolute)
      : this.#client
          .api(absolute.slice(absolute.indexOf("/")))
          .version(absolute.slice(0, absolute.indexOf("/")));
    return request
      .option("signal", limit)
      .headers({ ...headers, "client-request-id": crypto.randomUUID() })
      .get();
  }

  #unanswered(path: string, thrown: unknown): Failure {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return new Failure("E3006", {
      cause: thrown,
      why: `GET ${path} got no answer in ${this.#retry.attempts} tries: ${why}.`,
    });
  }
}
