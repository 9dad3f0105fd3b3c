import type { SecureContext, TLSSocket } from "node:tls";
import { Client, ResultCodeError } from "ldapts";
import { type Endpoint, endpointOf } from "#lib/directory/endpoint.ts";
import { bindFailure, connectFailure, isCertificateError, lostFailure } from "#lib/directory/problem.ts";
import { type Root, readRoot } from "#lib/directory/root.ts";
import { openSecureSocket, shownCertificate } from "#lib/directory/socket.ts";
import { trust } from "#lib/directory/trust.ts";
import type { DirectoryCredentials } from "#lib/model/directory.ts";
import { Failure } from "#lib/model/problem.ts";

export type ConnectionOptions = {
  /** How long one operation may take, in milliseconds (60,000 if not given); connecting gets at most 10,000. */
  readonly timeoutMs?: number;
  /** Where to connect instead of the credentials' server and port; see `endpointOf`. */
  readonly url?: string;
};

type Session = { readonly client: Client; readonly socket: TLSSocket; readonly root: Root };

/** A signed-in connection to one domain controller that is made anew after it was lost. */
export class Connection {
  readonly credentials: DirectoryCredentials;
  readonly #endpoint: Endpoint;
  readonly #trust: SecureContext;
  readonly #timeoutMs: number;
  #session: Promise<Session> | undefined;
  #current: Session | undefined;
  #closed = false;

  /** Throws E4002 when the certification authority cannot be read. Connects at the first `run`. */
  constructor(credentials: DirectoryCredentials, options: ConnectionOptions = {}) {
    this.credentials = credentials;
    this.#endpoint = endpointOf(credentials, options.url);
    this.#trust = trust(credentials.certificateAuthority);
    this.#timeoutMs = options.timeoutMs ?? 60_000;
  }

  /**
   * Does something with the connection. When the connection is lost meanwhile, it is done once more on a new
   * one, so it must be safe to repeat. Rejects with ldapts's ResultCodeError for the directory's answers, and
   * with a Failure for all else.
   */
  async run<T>(use: (client: Client, root: Root) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const session = await this.#live();
      try {
        return await use(session.client, session.root);
      } catch (error) {
        if (error instanceof ResultCodeError || error instanceof Failure) throw error;
        if (!session.socket.destroyed && !session.socket.readableEnded) throw unreadable(error);
        this.#forget(session);
        if (isLate(error)) throw lostFailure(error, this.#endpoint, "late");
        if (attempt === 2 || this.#closed) throw lostFailure(error, this.#endpoint, "closed");
      }
    }
  }

  /** Ends the connection; what is still running fails. */
  async close(): Promise<void> {
    this.#closed = true;
    const session = await this.#session?.catch(() => undefined);
    await session?.client.unbind();
    session?.socket.destroy();
  }

  async #live(): Promise<Session> {
    if (this.#closed) throw new Error("the connection to the directory was closed");
    const current = this.#current;
    if (current && (current.socket.destroyed || current.socket.readableEnded)) this.#forget(current);
    this.#session ??= this.#connect();
    const attempt = this.#session;
    try {
      return await attempt;
    } catch (error) {
      if (this.#session === attempt) this.#session = undefined;
      throw error;
    }
  }

  #forget(session: Session): void {
    if (this.#current !== session) return;
    this.#current = undefined;
    this.#session = undefined;
    session.socket.destroy();
  }

  async #connect(): Promise<Session> {
    // A simple bind without a password succeeds as nobody (RFC 4513, 5.1.2).
    if (this.credentials.password === "") throw new Failure("E4003", { why: "No password was given." });
    const socket = await this.#openSocket();
    const client = clientOn(socket, this.#timeoutMs);
    try {
      const root = await readRoot(client);
      await client.bind(this.credentials.account, this.credentials.password);
      this.#current = { client, socket, root };
      return this.#current;
    } catch (error) {
      socket.destroy();
      const failure = bindFailure(error, this.credentials.account);
      if (failure instanceof Failure) throw failure;
      throw lostFailure(error, this.#endpoint, isLate(error) ? "late" : "closed");
    }
  }

  async #openSocket(): Promise<TLSSocket> {
    const timeoutMs = Math.min(10_000, this.#timeoutMs);
    try {
      return await openSecureSocket(this.#endpoint, this.#trust, timeoutMs);
    } catch (error) {
      const shown = isCertificateError(error) ? await shownCertificate(this.#endpoint, timeoutMs) : undefined;
      throw connectFailure(error, this.#endpoint, timeoutMs, shown);
    }
  }
}

/** A client on this very socket. ldapts would connect again by itself, but signed in as nobody. */
function clientOn(socket: TLSSocket, timeout: number): Client {
  let used = false;
  const createConnection = (() => {
    if (used) throw new Error("the connection was lost");
    used = true;
    return socket;
  }) as unknown as typeof import("node:net").connect;
  return new Client({ url: "ldap://socket", timeout, createConnection });
}

/** ldapts has no class or code for this. */
function isLate(error: unknown): boolean {
  return error instanceof Error && error.message.endsWith("Operation timed out");
}

function unreadable(error: unknown): Failure {
  const own = error instanceof Error ? error.message : String(error);
  return new Failure("E4012", { why: `The answer could not be read: ${own}.`, cause: error });
}
