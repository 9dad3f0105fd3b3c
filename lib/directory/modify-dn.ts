import { type Dn, parentDn, type Rdn, rdns } from "#lib/model/dn.ts";

/**
 * The DN in a form that ldapts's `modifyDN` takes apart rightly. It splits at the first comma that does not
 * follow a backslash, which goes wrong after a value that ends in an escaped backslash; so every special
 * character of the name itself becomes a hex pair (RFC 4514, 2.4), and the only comma left is the separator.
 */
export function renamingDn(dn: Dn): string {
  const [first, parent] = [rdns(dn)?.[0], parentDn(dn)];
  if (first === undefined || parent === undefined) throw new RangeError(`not the DN of a group: ${dn}`);
  return `${printHex(first)},${parent}`;
}

function printHex({ type, value }: Rdn): string {
  const hex = (character: string) =>
    `\\${character.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are escaped too.
  return `${type}=${value.replace(/[\u0000-\u001f\u007f,+"\\<>;=]|^[ #]| $/g, hex)}`;
}
