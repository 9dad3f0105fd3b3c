import { z } from "zod";

/** A distinguished name in the string form of RFC 4514. Made only by `parseDn`, `childDn` and `parentDn`. */
export type Dn = string & { readonly brand: "Dn" };

/** One name and value of a DN, unescaped. AD allows no multi-valued RDNs ("+"), so an RDN is one of these. */
export type Rdn = { readonly type: string; readonly value: string };

const escaped = /[,+"\\<>;=]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are escaped too.
const needsEscape = /[\u0000-\u001f\u007f,+"\\<>;=]|^[ #]| $/;
const forbidden = /["<>;+]/;

/** Escapes a value for use in a DN (RFC 4514, 2.4). Control characters become hex pairs, as AD writes them. */
export function escapeRdnValue(value: string): string {
  // Most names need nothing, and a cycle reads very many.
  if (!needsEscape.test(value)) return value;
  const characters = Array.from(value);
  const last = characters.length - 1;
  return characters
    .map((character, index) => {
      const code = character.codePointAt(0) ?? 0;
      if (code < 32 || code === 127) return `\\${code.toString(16).padStart(2, "0").toUpperCase()}`;
      if (character === " " && (index === 0 || index === last)) return "\\ ";
      if (character === "#" && index === 0) return "\\#";
      return escaped.test(character) ? `\\${character}` : character;
    })
    .join("");
}

function splitUnescaped(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === separator) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes: readonly number[]): string | undefined {
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

function unescapeValue(raw: string): string | undefined {
  if (!raw.includes("\\")) return forbidden.test(raw) ? undefined : raw.toWellFormed();
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (let index = 0; index < raw.length; ) {
    if (raw[index] !== "\\") {
      const character = String.fromCodePoint(raw.codePointAt(index) ?? 0);
      if (forbidden.test(character)) return undefined;
      bytes.push(...encoder.encode(character));
      index += character.length;
      continue;
    }
    const pair = raw.slice(index + 1, index + 3);
    if (/^[0-9a-fA-F]{2}$/.test(pair)) {
      bytes.push(Number.parseInt(pair, 16));
      index += 3;
    } else if (/^[ #,+"\\<>;=]/.test(pair)) {
      bytes.push(pair.charCodeAt(0));
      index += 2;
    } else return undefined;
  }
  return decode(bytes);
}

/** Blanks around a value do not count unless they are escaped (RFC 4514, 2.4). */
function trimUnescaped(raw: string): string {
  const text = raw.trimStart();
  const trimmed = text.replace(/ +$/, "");
  const backslashes = /\\*$/.exec(trimmed)?.[0].length ?? 0;
  return backslashes % 2 === 1 && trimmed !== text ? `${trimmed} ` : trimmed;
}

/** The RDNs of a DN, the object's own first; undefined when the text is not a DN that AD accepts. */
export function rdns(text: string): readonly Rdn[] | undefined {
  const parts = splitUnescaped(text, ",").map((part) => {
    const equals = part.indexOf("=");
    const type = part.slice(0, Math.max(equals, 0)).trim();
    const value = unescapeValue(trimUnescaped(part.slice(equals + 1)));
    const valid = /^([A-Za-z][A-Za-z0-9-]*|\d+(\.\d+)+)$/.test(type);
    return valid && value !== undefined && value !== "" ? { type, value } : undefined;
  });
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function print(parts: readonly Rdn[]): Dn {
  return parts.map(({ type, value }) => `${type}=${escapeRdnValue(value)}`).join(",") as Dn;
}

/** Reads a DN; blanks around the commas are dropped. Undefined when the text is not one. */
export function parseDn(text: string): Dn | undefined {
  const parts = rdns(text);
  return parts && print(parts);
}

/** The DN of an object with this RDN under `parent`. */
export function childDn(type: "CN" | "OU", value: string, parent: Dn): Dn {
  return `${type}=${escapeRdnValue(value)},${parent}` as Dn;
}

/** The object's own name, unescaped: `Sales` for `OU=Sales,DC=contoso,DC=test`. */
export function nameOf(dn: Dn): string {
  return rdns(dn)?.[0]?.value ?? dn;
}

/** The DN of the container that holds the object, or undefined at the top. */
export function parentDn(dn: Dn): Dn | undefined {
  const parts = rdns(dn)?.slice(1) ?? [];
  return parts.length > 0 ? print(parts) : undefined;
}

/** A form in which two spellings of one DN are equal: AD compares names without case (MS-ADTS 3.1.1.3.1.2). */
export function dnKey(dn: string): string {
  const parts = rdns(dn);
  return (parts ? print(parts) : dn).toLowerCase();
}

/** Whether `dn` lies below `ancestor`, at any depth; a DN does not lie below itself. */
export function isBelow(dn: string, ancestor: string): boolean {
  return dnKey(dn).endsWith(`,${dnKey(ancestor)}`);
}

export const dn = z.string().transform((text, context) => {
  const parsed = parseDn(text);
  if (parsed) return parsed;
  context.addIssue({
    code: "custom",
    message: "must be a distinguished name such as OU=Groups,DC=contoso,DC=com",
  });
  return z.NEVER;
});
