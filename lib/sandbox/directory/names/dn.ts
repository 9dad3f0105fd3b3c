import { build, Refusal } from "../refusal.ts";
import { fold } from "./fold.ts";

/** One component of a DN. AD has no RDNs of several attributes (MS-ADTS 3.1.1.1.4). */
export type Rdn = { readonly type: string; readonly value: string };

/** A DN from the entry to the root. */
export type Dn = readonly Rdn[];

function syntaxError(text: string): Refusal {
  return new Refusal(
    "invalidDnSyntax",
    `0000208F: NameErr: DSID-03100225, problem 2006 (BAD_NAME), data 8350, best match of:\n\t'${text}'\n, ${build}`,
  );
}

/** `\` and a character or two hexadecimal digits, or any character that needs no escape (RFC 4514, 3). */
const token = /\\([0-9a-fA-F]{2})|\\([ "#+,;<=>\\])|([^"+,;<>\\\0])/gsuy;
const quotedToken = /\\([0-9a-fA-F]{2})|\\(["\\ #+,;<=>])|([^"\\])/gsuy;
const attributeType = / *(?:OID\.)?([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+) *= */iy;

/** Parses a DN in RFC 4514's form; RFC 2253's quotes and spaces are accepted too. Throws Refusal (34). */
export function parseDn(text: string): Dn {
  const rdns: Rdn[] = [];
  if (text.trim() === "") return rdns;
  let offset = 0;
  for (;;) {
    attributeType.lastIndex = offset;
    const type = attributeType.exec(text)?.[1];
    if (type === undefined) throw syntaxError(text);
    const { value, end } = readValue(text, attributeType.lastIndex);
    rdns.push({ type, value });
    if (end === text.length) return rdns;
    if (text[end] !== "," && text[end] !== ";") throw syntaxError(text);
    offset = end + 1;
  }
}

function readValue(text: string, start: number): { value: string; end: number } {
  if (text[start] === '"') {
    const { bytes, end } = readTokens(text, start + 1, quotedToken);
    if (text[end] !== '"') throw syntaxError(text);
    const after = / */y;
    after.lastIndex = end + 1;
    after.exec(text);
    return { value: bytes.toString("utf8"), end: after.lastIndex };
  }
  if (text[start] === "#") {
    const hex = /#((?:[0-9a-fA-F]{2})+) */y;
    hex.lastIndex = start;
    const digits = hex.exec(text)?.[1];
    if (digits === undefined) throw syntaxError(text);
    const bytes = Buffer.from(digits, "hex");
    // The digits are BER; a string type's header is two bytes as long as the value is short, as a name is.
    if ((bytes[1] ?? 0x80) !== bytes.length - 2) throw syntaxError(text);
    return { value: bytes.subarray(2).toString("utf8"), end: hex.lastIndex };
  }
  const { bytes, end, kept } = readTokens(text, start, token);
  // Spaces around a value belong to it only when they are escaped.
  let length = bytes.length;
  while (length > kept && bytes[length - 1] === 0x20) length -= 1;
  if (length === 0) throw syntaxError(text);
  const value = bytes.subarray(0, length).toString("utf8");
  return { value, end };
}

function readTokens(
  text: string,
  start: number,
  pattern: RegExp,
): { bytes: Buffer; end: number; kept: number } {
  const parts: Buffer[] = [];
  let size = 0;
  let kept = 0;
  let end = start;
  pattern.lastIndex = start;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const part =
      match[1] === undefined ? Buffer.from(match[2] ?? match[3] ?? "", "utf8") : Buffer.from(match[1], "hex");
    parts.push(part);
    size += part.length;
    if (match[3] === undefined) kept = size;
    end = pattern.lastIndex;
  }
  return { bytes: Buffer.concat(parts), end, kept };
}

/** The RDN as AD writes it: RFC 4514's escapes, `=` escaped too, control characters in hexadecimal. */
export function formatRdn({ type, value }: Rdn): string {
  const escaped = value
    .replace(/["+,;<=>\\]/g, "\\$&")
    .replace(/\p{Cc}/gu, (c) => `\\${(c.codePointAt(0) ?? 0).toString(16).padStart(2, "0").toUpperCase()}`)
    .replace(/ $/, "\\ ")
    .replace(/^[ #]/, "\\$&");
  return `${type.toUpperCase()}=${escaped}`;
}

export function formatDn(dn: Dn): string {
  return dn.map(formatRdn).join(",");
}

/** The RDN in the form in which RDNs are compared. */
export function rdnKey({ type, value }: Rdn): string {
  return `${type.toLowerCase()}=${fold(value)}`;
}
