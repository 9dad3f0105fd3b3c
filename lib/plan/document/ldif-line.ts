/** Printable ASCII with nothing at its ends that LDIF reads as its own: within SAFE-STRING of RFC 2849. */
const safe = /^(?:[!-9;=-~](?:[ -~]*[!-~])?)?$/;

const width = 76;

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}

function folded(line: string): string {
  const parts = [line.slice(0, width)];
  for (let from = width; from < line.length; from += width - 1)
    parts.push(` ${line.slice(from, from + width - 1)}`);
  return `${parts.join("\n")}\n`;
}

/** `name: value`, in base64 where the value's characters ask for it, in lines of 76 characters at most (RFC 2849). */
export function ldifLine(name: string, value: string): string {
  return folded(safe.test(value) ? `${name}: ${value}` : `${name}:: ${base64(value)}`);
}
