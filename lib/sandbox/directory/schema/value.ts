import { type Dn, formatDn, parseDn, rdnKey } from "../names/dn.ts";
import { fold } from "../names/fold.ts";
import { guidBytes, parseGuid } from "../names/guid.ts";
import { parseSid, sidBytes, sidText } from "../names/sid.ts";
import { build, Refusal } from "../refusal.ts";
import type { Attribute } from "./schema.ts";

/** A value as the tree keeps it: bytes for octets, SIDs and descriptors, text for all else. */
export type Value = string | Buffer;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function syntaxError(): Refusal {
  return new Refusal(
    "invalidAttributeSyntax",
    `00000057: LdapErr: DSID-0C090E16, comment: Error in attribute conversion operation, data 0, ${build}`,
  );
}

/** Reads a value that a client wrote; DNs of links are read elsewhere. Throws Refusal (19, 21). */
export function readValue(attribute: Attribute, bytes: Buffer): Value {
  if (bytes.length === 0) throw syntaxError();
  switch (attribute.syntax) {
    case "octets":
    case "descriptor":
      return checkRange(attribute, bytes, bytes.length);
    case "sid": {
      const sid = sidText(bytes) ?? parseSid(bytes.toString("latin1"));
      if (sid === undefined) throw syntaxError();
      return sidBytes(sid);
    }
    default:
      return readText(attribute, bytes);
  }
}

function readText(attribute: Attribute, bytes: Buffer): string {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw syntaxError();
  }
  switch (attribute.syntax) {
    case "boolean":
      if (text !== "TRUE" && text !== "FALSE") throw syntaxError();
      return text;
    case "integer": {
      const number = Number(text);
      if (!/^-?\d+$/.test(text) || number !== (number | 0)) throw syntaxError();
      return checkRange(attribute, String(number), number);
    }
    case "largeInteger":
      if (!/^-?\d+$/.test(text) || BigInt.asIntN(64, BigInt(text)) !== BigInt(text)) throw syntaxError();
      return String(BigInt(text));
    case "time":
      if (!/^\d{14}(\.\d+)?(Z|[+-]\d{4})$/.test(text) && !/^\d{12}Z$/.test(text)) throw syntaxError();
      return text;
    case "dn":
      return formatDn(parseDn(text));
    default:
      return checkRange(attribute, text, text.length);
  }
}

/** rangeLower and rangeUpper count characters (UTF-16), bytes, or are the number's own bounds. */
function checkRange<T extends Value>(attribute: Attribute, value: T, measure: number): T {
  const { lower, upper } = attribute;
  if ((lower === undefined || measure >= lower) && (upper === undefined || measure <= upper)) return value;
  throw constraint(attribute, "00002082", measure);
}

/** AD's refusal of a value for what the schema says about its attribute. */
export function constraint(attribute: Attribute, windowsCode: string, length = 0): Refusal {
  const detail = length === 0 ? "" : `:len ${2 * length}`;
  return new Refusal(
    "constraintViolation",
    `${windowsCode}: AtrErr: DSID-03151817, #1:\n\t0: ${windowsCode}: DSID-03151817, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att ${attribute.oid} (${attribute.name})${detail}\n`,
  );
}

/** The form in which values of the attribute are compared for equality. */
export function valueKey(attribute: Attribute, value: Value): string {
  if (typeof value !== "string") return value.toString("latin1");
  switch (attribute.syntax) {
    case "text":
    case "oid":
      return fold(value);
    case "dn":
      return dnKey(parseDn(value));
    case "integer":
    case "largeInteger":
      return /^-?\d+$/.test(value) ? String(BigInt(value)) : value;
    case "time":
      return String(timeOf(value));
    default:
      return value;
  }
}

function dnKey(dn: Dn): string {
  return dn.map(rdnKey).join(",");
}

/** The key of an assertion value; undefined when no value of the attribute could equal it. */
export function assertionKey(attribute: Attribute, bytes: Buffer): string | undefined {
  const text = bytes.toString("utf8");
  switch (attribute.syntax) {
    case "octets": {
      const guid = attribute.name === "objectGUID" && bytes.length !== 16 ? parseGuid(text) : undefined;
      return (guid === undefined ? bytes : guidBytes(guid)).toString("latin1");
    }
    case "sid": {
      const sid = sidText(bytes) ?? parseSid(text);
      return sid === undefined ? undefined : sidBytes(sid).toString("latin1");
    }
    case "descriptor":
      return bytes.toString("latin1");
    case "boolean":
      return text.toUpperCase();
    case "integer":
      // 2147483656 and -2147483640 are the same 32 bits; AD takes both.
      return /^-?\d{1,10}$/.test(text) ? String(Number(BigInt.asIntN(32, BigInt(text)))) : undefined;
    case "largeInteger":
      return /^-?\d+$/.test(text) ? String(BigInt(text)) : undefined;
    case "dn":
      try {
        return dnKey(parseDn(text));
      } catch (error) {
        if (error instanceof Refusal) return undefined;
        throw error;
      }
    default:
      return valueKey(attribute, text);
  }
}

/** Milliseconds since 1970 of a GeneralizedTime in UTC; NaN when it is none. */
export function timeOf(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text);
  if (parts === null) return Number.NaN;
  const [year = 0, month = 1, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The time as AD writes it (GeneralizedTime, UTC, `.0Z`). */
export function timeText(date: Date): string {
  return `${date.toISOString().replace(/[-:T]|\.\d+Z$/g, "")}.0Z`;
}

/** Compares for >= and <=: numbers and times by size, the rest by folded text. undefined when not comparable. */
export function compare(attribute: Attribute, value: Value, assertion: Buffer): number | undefined {
  const text = assertion.toString("utf8");
  if (typeof value !== "string") return Buffer.compare(value, assertion);
  switch (attribute.syntax) {
    case "integer":
    case "largeInteger": {
      if (!/^-?\d+$/.test(text)) return undefined;
      const difference = BigInt(value) - BigInt(text);
      return difference < 0n ? -1 : difference > 0n ? 1 : 0;
    }
    case "time": {
      const difference = timeOf(value) - timeOf(text);
      return Number.isNaN(difference) ? undefined : difference;
    }
    default: {
      const [own, other] = [fold(value), fold(text)];
      return own < other ? -1 : own > other ? 1 : 0;
    }
  }
}
