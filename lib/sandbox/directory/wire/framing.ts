import { MalformedError, readHeader, tags } from "./ber.ts";

/** Cuts the byte stream of a connection into LDAP messages, however TCP has split it. */
export class Framing {
  #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes of the message that has begun; unknown until its header is there. */
  #needed = 2;
  /** The longest message that is accepted, header included, in bytes. */
  limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** The contents of the messages that are complete now. Throws MalformedError when the stream is no LDAP. */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const messages: Buffer[] = [];
    while (this.#size >= this.#needed) {
      const bytes = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
      this.#chunks = [bytes];
      const header = readHeader(bytes, 0);
      if (bytes[0] !== tags.sequence) throw new MalformedError("a message must be a SEQUENCE");
      if (header === undefined) {
        this.#needed = this.#size + 1;
        continue;
      }
      const end = header.start + header.length;
      if (end > this.limit) throw new MalformedError(`message of ${end} bytes, more than ${this.limit}`);
      if (this.#size < end) {
        this.#needed = end;
        continue;
      }
      messages.push(bytes.subarray(header.start, end));
      this.#chunks = [bytes.subarray(end)];
      this.#size -= end;
      this.#needed = 2;
    }
    return messages;
  }

  /** What is left of the stream and belongs to no complete message; the framing is empty afterwards. */
  takeRest(): Buffer {
    const rest = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#size = 0;
    this.#needed = 2;
    return rest;
  }
}
