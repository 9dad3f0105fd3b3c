import type { Guid, Sid } from "#lib/model/identifier.ts";

/** The 16 bytes as which AD stores the GUID: the first three fields little-endian (MS-DTYP 2.3.4.2). */
export function guidBytes(guid: Guid): Buffer {
  const bytes = Buffer.from(guid.replaceAll("-", ""), "hex");
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

/** The bytes as which AD stores the SID (MS-DTYP 2.4.2.2). */
export function sidBytes(sid: Sid): Buffer {
  const [authority = 0, ...parts] = sid.split("-").slice(2).map(Number);
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt8(parts.length, 1);
  bytes.writeUIntBE(authority, 2, 6);
  for (const [index, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + 4 * index);
  return bytes;
}
