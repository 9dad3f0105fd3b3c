/**
 * BER as LDAP restricts it (RFC 4511, 5.1: definite lengths, primitive octet strings). Strict where `BerReader` of
 * ldapts is lenient: a length that reaches past its parent is an error here, whatever comes from the network.
 */

/** One decoded tag-length-value; `content` is a view of the message, not a copy. */
export type Element = { readonly tag: number; readonly content: Buffer };

/** The bytes are no well-formed LDAP message. */
export class MalformedError extends Error {
  override readonly name = "MalformedError";
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Where the element that starts at `offset` has its content; undefined while its header is incomplete. */
export function readHeader(
  bytes: Buffer,
  offset: number,
): { readonly tag: number; readonly start: number; readonly length: number } | undefined {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) return undefined;
  if (first < 0x80) return { tag, start: offset + 2, length: first };
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new MalformedError(`length of ${count} bytes`);
  if (bytes.length < offset + 2 + count) return undefined;
  return { tag, start: offset + 2 + count, length: bytes.readUIntBE(offset + 2, count) };
}

/** The elements of which `content` consists. Throws MalformedError. */
export function readElements(content: Buffer): Element[] {
  const elements: Element[] = [];
  let offset = 0;
  while (offset < content.length) {
    const header = readHeader(content, offset);
    if (header === undefined || header.start + header.length > content.length) {
      throw new MalformedError("an element reaches past its parent");
    }
    offset = header.start + header.length;
    elements.push({ tag: header.tag, content: content.subarray(header.start, offset) });
  }
  return elements;
}

/** The element, when it is there and has the tag. Throws MalformedError. */
export function expect(element: Element | undefined, tag: number, what: string): Buffer {
  if (element === undefined) throw new MalformedError(`${what} is missing`);
  if (element.tag !== tag) throw new MalformedError(`${what} has tag 0x${element.tag.toString(16)}`);
  return element.content;
}

/** The number in an INTEGER's or ENUMERATED's content: at most 31 bits and a sign (RFC 4511: maxInt). */
export function readInteger(content: Buffer): number {
  if (content.length === 0 || content.length > 4) throw new MalformedError("integer of a wrong size");
  return content.readIntBE(0, content.length);
}

export function readBoolean(content: Buffer): boolean {
  if (content.length !== 1) throw new MalformedError("boolean of a wrong size");
  return content[0] !== 0;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text in an LDAPString's content. Throws MalformedError when it is not UTF-8. */
export function readText(content: Buffer): string {
  try {
    return decoder.decode(content);
  } catch {
    throw new MalformedError("text is not UTF-8");
  }
}

/** The element with this tag and the parts, one after the other, as its content. */
export function encode(tag: number, ...parts: readonly Buffer[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  return Buffer.concat([header(tag, length), ...parts]);
}

function header(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.from([tag, length]);
  const count = length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  const bytes = Buffer.alloc(2 + count);
  bytes[0] = tag;
  bytes[1] = 0x80 | count;
  bytes.writeUIntBE(length, 2, count);
  return bytes;
}

export function encodeText(text: string, tag: number = tags.octets): Buffer {
  return encode(tag, Buffer.from(text, "utf8"));
}

/** An INTEGER (or ENUMERATED) in as few bytes as its sign allows. */
export function encodeInteger(value: number, tag: number = tags.integer): Buffer {
  let count = 1;
  while (value < -(2 ** (8 * count - 1)) || value >= 2 ** (8 * count - 1)) count += 1;
  const content = Buffer.alloc(count);
  content.writeIntBE(value, 0, count);
  return encode(tag, content);
}
