/** An entry as `ldapsearch -LLL -o ldif-wrap=no` prints it: each attribute's values, the DN under `dn`. */
export type LdifEntry = Readonly<Record<string, readonly string[]>>;

const binary = new Set(["objectGUID", "objectSid", "nTSecurityDescriptor"]);

/** One line's name and value: `name: text` or `name:: base64`. */
function readLine(line: string): readonly [name: string, value: string] {
  const [, name = "", colon, value = ""] = /^([^:]+):(:?) ?(.*)$/s.exec(line) ?? [];
  if (colon === "") return [name, value];
  if (binary.has(name)) return [name, value];
  return [name, Buffer.from(value, "base64").toString("utf8")];
}

/** Reads the entries of an LDIF text (RFC 2849) whose lines are not wrapped; binary attributes stay base64. */
export function readLdif(text: string): readonly LdifEntry[] {
  const blocks = text.split("\n\n").map((block) => block.split("\n").filter((line) => /^[^#\s]/.test(line)));
  return blocks
    .filter((lines) => lines.some((line) => line.startsWith("dn:")))
    .map((lines) => {
      const entry: Record<string, string[]> = {};
      for (const [name, value] of lines.map(readLine)) {
        entry[name] ??= [];
        entry[name].push(value);
      }
      return entry;
    });
}

/** One entry as LDIF to add, every value in base64 so that nothing in it can be misread. */
export function writeLdif(
  dn: string,
  attributes: Readonly<Record<string, readonly (string | Buffer)[]>>,
): string {
  const line = (name: string, value: string | Buffer) => `${name}:: ${Buffer.from(value).toString("base64")}`;
  const lines = Object.entries(attributes).flatMap(([name, list]) => list.map((value) => line(name, value)));
  return `${[line("dn", dn), ...lines].join("\n")}\n\n`;
}
