import { randomInt } from "node:crypto";

/** A new domain's SID; accounts have a relative identifier appended. */
export function newDomainSid(): string {
  const part = () => randomInt(2 ** 32);
  return `S-1-5-21-${part()}-${part()}-${part()}`;
}

/** The bytes as which AD stores a SID (MS-DTYP 2.4.2.2). */
export function sidBytes(sid: string): Buffer {
  const [authority = 0, ...parts] = sid.split("-").slice(2).map(Number);
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt8(parts.length, 1);
  bytes.writeUIntBE(authority, 2, 6);
  for (const [index, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + 4 * index);
  return bytes;
}

/** How many bytes the SID at the start of `bytes` has; undefined when there is none. */
export function sidLength(bytes: Buffer): number | undefined {
  const count = bytes[1];
  if (bytes[0] !== 1 || count === undefined || count > 15 || bytes.length < 8 + 4 * count) return undefined;
  return 8 + 4 * count;
}

/** The string form of a SID's bytes; undefined when they are no SID. */
export function sidText(bytes: Buffer): string | undefined {
  if (sidLength(bytes) !== bytes.length) return undefined;
  const parts = [bytes.readUIntBE(2, 6)];
  for (let offset = 8; offset < bytes.length; offset += 4) parts.push(bytes.readUInt32LE(offset));
  return `S-1-${parts.join("-")}`;
}

/** Reads a SID written as `S-1-…`, or as the hexadecimal digits of its bytes; undefined when it is neither. */
export function parseSid(text: string): string | undefined {
  if (/^S-1-\d{1,14}(-\d{1,10}){1,15}$/i.test(text)) {
    const parts = text.split("-").slice(2).map(Number);
    return parts.slice(1).every((part) => part < 2 ** 32) ? `S-1-${parts.join("-")}` : undefined;
  }
  return /^([0-9a-f]{2})+$/i.test(text) ? sidText(Buffer.from(text, "hex")) : undefined;
}
