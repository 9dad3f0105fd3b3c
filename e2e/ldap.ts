import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { administratorPassword } from "#lib/sandbox/contoso/people.ts";
import type { World } from "#lib/sandbox/world.ts";

const run = promisify(execFile);

/** An entry as `ldapsearch` prints it: attribute names in lower case, values in the order printed. */
export type Entry = { readonly dn: string } & Readonly<Record<string, readonly string[] | string>>;

function access({ forest }: World) {
  // OpenLDAP replaces localhost by the machine's own name when it checks a certificate.
  const url = forest.url.replace("localhost", "127.0.0.1");
  const parameters = ["-x", "-H", url, "-D", forest.administrator, "-w", administratorPassword];
  const environment = { ...process.env, LDAPTLS_CACERT: forest.caFile, LDAPTLS_REQCERT: "demand" };
  return { parameters, options: { env: environment, maxBuffer: 64 * 2 ** 20 } };
}

function value(line: string): [string, string] {
  const separator = line.indexOf(":");
  const name = line.slice(0, separator).toLowerCase();
  const base64 = line[separator + 1] === ":";
  const text = line.slice(separator + (base64 ? 2 : 1)).trimStart();
  return [name, base64 ? Buffer.from(text, "base64").toString("utf8") : text];
}

/** What OpenLDAP's own `ldapsearch` finds: the product's code has no part in it. */
export async function ldapsearch(
  world: World,
  base: string,
  filter: string,
  ...attributes: string[]
): Promise<Entry[]> {
  const { parameters, options } = access(world);
  const search = [...parameters, "-LLL", "-o", "ldif-wrap=no", "-b", base, filter, ...attributes];
  const { stdout } = await run("ldapsearch", search, options);
  const blocks = stdout
    .split("\n\n")
    .map((block) => block.split("\n").filter((line) => line !== "" && !line.startsWith("#")));
  return blocks
    .filter((lines) => lines[0]?.startsWith("dn:"))
    .map((lines) => {
      const entry: Record<string, string[]> = {};
      for (const [name, text] of lines.map(value)) {
        entry[name] ??= [];
        entry[name].push(text);
      }
      return { ...entry, dn: entry.dn?.[0] ?? "" };
    });
}

/** Changes the directory by OpenLDAP's own `ldapmodify`, as an administrator on premises would. */
export async function ldapmodify(world: World, ldif: string): Promise<void> {
  const { parameters, options } = access(world);
  await new Promise<void>((resolve, reject) => {
    const child = spawn("ldapmodify", parameters, { env: options.env, stdio: ["pipe", "ignore", "pipe"] });
    let errors = "";
    child.stderr.on("data", (part) => (errors += part));
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`ldapmodify ended with ${code}: ${errors}`)),
    );
    child.stdin.end(ldif);
  });
}
