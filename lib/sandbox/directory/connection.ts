import { once } from "node:events";
import type { Socket } from "node:net";
import { type SecureContext, TLSSocket } from "node:tls";
import { answerSearch } from "./answer-search.ts";
import type { Fault, Faults } from "./faults.ts";
import { change, checkControls, failed, resultOf, signIn, success, whoAmI } from "./handle.ts";
import { extensions } from "./operations/root-dse.ts";
import { Pages } from "./operations/search.ts";
import type { Session } from "./operations/session.ts";
import type { Entry } from "./tree/entry.ts";
import type { Tree } from "./tree/tree.ts";
import { MalformedError } from "./wire/ber.ts";
import { type Control, knownControls } from "./wire/controls.ts";
import { Framing } from "./wire/framing.ts";
import { type Message, type Operation, readMessage, readOperation } from "./wire/request.ts";
import {
  encodeDisconnection,
  encodeExtended,
  encodeResult,
  type Result,
  responseTag,
} from "./wire/response.ts";

/** Longest request in bytes, before and after a bind (MaxReceiveBuffer and InitRecvBuffer's later fix in AD). */
const sizeLimits = { anonymous: 256 * 1024, signedIn: 10_485_760 };

/** Bytes that may wait in the socket before the server stops making more. */
const highWater = 1 << 20;

/** One client's connection: reads requests, answers them in their order. */
export class Connection {
  readonly #tree: Tree;
  readonly #faults: Faults;
  readonly #secureContext: SecureContext;
  readonly #framing = new Framing(sizeLimits.anonymous);
  readonly #pages = new Pages();
  /** Messages that wait for their answer, and those of them that were abandoned. */
  readonly #pending = new Set<number>();
  readonly #abandoned = new Set<number>();
  #socket: Socket;
  #isSecure: boolean;
  #account: Entry | undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(socket: Socket, isSecure: boolean, tree: Tree, faults: Faults, secureContext: SecureContext) {
    this.#socket = socket;
    this.#isSecure = isSecure;
    this.#tree = tree;
    this.#faults = faults;
    this.#secureContext = secureContext;
    this.#listen(socket);
  }

  /** Breaks the connection at once. */
  destroy(): void {
    this.#socket.destroy();
  }

  #listen(socket: Socket): void {
    socket.on("data", this.#receive);
    // A client that goes away is no fault of the server's; "close" follows.
    socket.on("error", () => socket.destroy());
  }

  readonly #receive = (chunk: Buffer): void => {
    try {
      for (const content of this.#framing.push(chunk)) this.#accept(readMessage(content));
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.#socket.removeListener("data", this.#receive);
      this.#enqueue(async () => {
        this.#socket.end(encodeDisconnection(resultOf(error)));
      });
    }
  };

  #accept(message: Message): void {
    const { id, operation } = message;
    const { tag, content } = operation;
    // An abandon must not wait behind the operation that it ends.
    if (tag === 0x50 && content.length > 0 && content.length <= 4) {
      const ended = content.readIntBE(0, content.length);
      if (this.#pending.has(ended)) this.#abandoned.add(ended);
      return;
    }
    const arrivedOn = this.#socket;
    this.#pending.add(id);
    this.#enqueue(async () => {
      // What came in clear must not be done as if it had come under TLS.
      if (this.#socket !== arrivedOn) return this.destroy();
      await this.#answer(message);
      this.#pending.delete(id);
      this.#abandoned.delete(id);
    });
  }

  #enqueue(task: () => Promise<void>): void {
    this.#queue = this.#queue.then(async () => {
      if (this.#socket.destroyed) return;
      try {
        await task();
      } catch (error) {
        // A fault of the server's own costs this connection, not the others.
        console.error("the simulated directory failed:", error);
        this.destroy();
      }
    });
  }

  async #answer({ id, operation: element, controls }: Message): Promise<void> {
    await this.#faults.wait();
    const tag = responseTag(element.tag);
    let operation: Operation;
    try {
      operation = readOperation(element);
      checkControls(controls, knownControls);
    } catch (error) {
      const result = resultOf(error);
      if (tag === undefined) this.#socket.end(encodeDisconnection(result));
      else await this.#write(encodeResult(id, tag, result));
      return;
    }
    const fault = this.#faults.take(operation.kind);
    if (fault?.effect === "breakBefore") return this.destroy();
    if (fault?.effect === "refuse" && tag !== undefined) {
      await this.#write(encodeResult(id, tag, { code: fault.code, diagnostic: fault.diagnostic ?? "" }));
      return;
    }
    await this.#do(id, operation, controls, tag ?? 0, fault);
  }

  async #do(
    id: number,
    operation: Operation,
    controls: readonly Control[],
    tag: number,
    fault: Fault | undefined,
  ): Promise<void> {
    switch (operation.kind) {
      case "abandon":
        return;
      case "unbind":
        this.#socket.end();
        return;
      case "search":
        for (const message of answerSearch(this.#session, this.#pages, id, operation, controls)) {
          if (fault !== undefined || this.#socket.destroyed) return this.destroy();
          if (this.#abandoned.has(id)) return;
          await this.#write(message);
        }
        return;
      case "extended":
        await this.#extend(id, operation.oid);
        return;
    }
    const result = this.#attempt(() => {
      if (operation.kind !== "bind") return change(this.#session, operation, controls);
      // A failed bind leaves the connection anonymous (RFC 4511, 4.2.1).
      this.#account = undefined;
      this.#account = signIn(this.#session, operation);
      this.#framing.limit = this.#account === undefined ? sizeLimits.anonymous : sizeLimits.signedIn;
      return success;
    });
    if (fault !== undefined) return this.destroy();
    await this.#write(encodeResult(id, tag, result));
  }

  get #session(): Session {
    return { tree: this.#tree, account: this.#account, isSecure: this.#isSecure };
  }

  #attempt(action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      return resultOf(error);
    }
  }

  async #extend(id: number, oid: string): Promise<void> {
    if (oid === extensions.whoAmI) {
      await this.#write(encodeExtended(id, success, undefined, whoAmI(this.#session)));
    } else if (oid !== extensions.startTls) {
      await this.#write(
        encodeExtended(id, failed("protocolError", `00000057: no extended operation ${oid}`)),
      );
    } else if (this.#isSecure) {
      await this.#write(
        encodeExtended(
          id,
          failed(
            "operationsError",
            "00000000: LdapErr: DSID-0C0910F3, comment: TLS or SSL already in effect, data 0",
          ),
          oid,
        ),
      );
    } else {
      await this.#startTls(id, oid);
    }
  }

  /** StartTLS (RFC 4511, 4.14): what the client sent after the request belongs to TLS, or to an attacker. */
  async #startTls(id: number, oid: string): Promise<void> {
    const plain = this.#socket;
    plain.removeListener("data", this.#receive);
    plain.pause();
    if (this.#framing.takeRest().length > 0) return this.destroy();
    await this.#write(encodeExtended(id, success, oid));
    const secure = new TLSSocket(plain, { isServer: true, secureContext: this.#secureContext });
    this.#socket = secure;
    this.#isSecure = true;
    this.#account = undefined;
    secure.on("close", () => plain.destroy());
    this.#listen(secure);
  }

  async #write(message: Buffer): Promise<void> {
    const socket = this.#socket;
    if (socket.destroyed || !socket.writable) return;
    socket.write(message);
    if (socket.writableLength < highWater) return;
    const gone = new AbortController();
    const stop = () => gone.abort();
    socket.once("close", stop);
    try {
      await once(socket, "drain", { signal: gone.signal });
    } catch (error) {
      if (!gone.signal.aborted && !socket.destroyed) throw error;
    } finally {
      socket.removeListener("close", stop);
    }
  }
}
