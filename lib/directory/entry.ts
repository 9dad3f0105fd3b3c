import type { Entry } from "ldapts";
import { type Dn, parseDn } from "#lib/model/dn.ts";
import { type Guid, guidFromBytes, type Sid, sidFromBytes } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";

/** The attributes that must be asked for as bytes. */
export const binaryAttributes = ["objectGUID", "objectSid"];

/** AD compares attribute names without case and may answer in the schema's spelling. */
function raw(entry: Entry, attribute: string): readonly (string | Buffer)[] {
  const key = Object.keys(entry).find((name) => name.toLowerCase() === attribute.toLowerCase());
  const value = key === undefined ? [] : entry[key];
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** The attribute's values as text; none when it is not set. */
export function values(entry: Entry, attribute: string): readonly string[] {
  return raw(entry, attribute).map((value) => (typeof value === "string" ? value : value.toString("utf8")));
}

function malformed(entry: Entry, attribute: string, cause?: unknown): Failure {
  return new Failure("E4012", {
    why: `The directory's answer for ${entry.dn || "its root entry"} has no readable ${attribute}.`,
    cause,
  });
}

/** The attribute's first value. Throws E4012 when it is not set. */
export function required(entry: Entry, attribute: string): string {
  const [value] = values(entry, attribute);
  if (value === undefined) throw malformed(entry, attribute);
  return value;
}

function decoded<T>(entry: Entry, attribute: string, decode: (bytes: Uint8Array) => T): T | undefined {
  const [value] = raw(entry, attribute);
  if (value === undefined) return undefined;
  try {
    return decode(Buffer.from(value));
  } catch (cause) {
    throw malformed(entry, attribute, cause);
  }
}

/** The entry's objectGUID. Throws E4012 when it has none. */
export function guidOf(entry: Entry): Guid {
  const guid = decoded(entry, "objectGUID", guidFromBytes);
  if (guid === undefined) throw malformed(entry, "objectGUID");
  return guid;
}

/** The entry's objectSid; null for contacts and the like, which have none. */
export function sidOf(entry: Entry): Sid | null {
  return decoded(entry, "objectSid", sidFromBytes) ?? null;
}

/** The DN as which the text can be read. Throws E4012 when it cannot. */
export function readDn(text: string): Dn {
  const dn = parseDn(text);
  if (dn === undefined) {
    throw new Failure("E4012", { why: `The directory named an object that cannot be read: ${text}.` });
  }
  return dn;
}
