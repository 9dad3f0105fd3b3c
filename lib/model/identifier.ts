import { z } from "zod";

/** An Entra object id: a GUID in lower case. */
export type ObjectId = string & { readonly brand: "ObjectId" };
/** A Windows security identifier in its string form, `S-1-5-…` (MS-DTYP 2.4.2.1). */
export type Sid = string & { readonly brand: "Sid" };
/** An AD objectGUID in its string form, lower case. */
export type Guid = string & { readonly brand: "Guid" };

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const objectId = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine(
    (text): text is ObjectId => guidPattern.test(text),
    "must be a GUID such as 3a5c3221-c465-48c0-95b8-e9305786a271",
  );

export const sid = z
  .string()
  .refine(
    (text): text is Sid => /^S-1-\d+(-\d+){1,15}$/.test(text),
    "must be a SID such as S-1-5-21-1-2-3-1104",
  );

export const guid = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine((text): text is Guid => guidPattern.test(text), "must be a GUID");

/**
 * The GUID that AD stores as these 16 bytes: the first three fields are little-endian (MS-DTYP 2.3.4.2).
 * Throws RangeError for any other length.
 */
export function guidFromBytes(bytes: Uint8Array): Guid {
  if (bytes.length !== 16) throw new RangeError(`a GUID has 16 bytes, not ${bytes.length}`);
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = order.map((index) => (bytes[index] ?? 0).toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") as Guid;
}

/** The SID that AD stores as these bytes (MS-DTYP 2.4.2.2). Throws RangeError when they are not one SID. */
export function sidFromBytes(bytes: Uint8Array): Sid {
  const count = bytes[1] ?? 0;
  if (bytes[0] !== 1 || bytes.length !== 8 + 4 * count) throw new RangeError("not a SID");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
  const parts = Array.from({ length: count }, (_, index) => view.getUint32(8 + 4 * index, true));
  return ["S", 1, authority, ...parts].join("-") as Sid;
}

/**
 * The objectGUID that an `onPremisesImmutableId` stands for, or undefined when it is not 16 bytes in base64:
 * an organisation may use another attribute as its source anchor.
 */
export function guidFromImmutableId(immutableId: string): Guid | undefined {
  if (!/^[A-Za-z0-9+/]{22}==$/.test(immutableId)) return undefined;
  return guidFromBytes(Uint8Array.from(atob(immutableId), (character) => character.charCodeAt(0)));
}
