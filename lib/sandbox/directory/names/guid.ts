import { randomUUID } from "node:crypto";

/** A new GUID in its string form, lower case. */
export function newGuid(): string {
  return randomUUID();
}

/** The 16 bytes as which AD stores a GUID: its first three fields are little-endian (MS-DTYP 2.3.4.2). */
export function guidBytes(guid: string): Buffer {
  const bytes = Buffer.from(guid.replaceAll("-", ""), "hex");
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

/** The string form, lower case, of AD's 16 bytes. */
export function guidText(bytes: Buffer): string {
  const copy = Buffer.from(bytes);
  copy.subarray(0, 4).reverse();
  copy.subarray(4, 6).reverse();
  copy.subarray(6, 8).reverse();
  return copy.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Reads a GUID written with hyphens, or as the 32 hexadecimal digits of its bytes; undefined when it is neither. */
export function parseGuid(text: string): string | undefined {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  if (/^[0-9a-f]{32}$/i.test(text)) return guidText(Buffer.from(text, "hex"));
  return undefined;
}
