import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** Where OpenLDAP's tools connect and as whom; they are another implementation than the one under test. */
export type LdapAccess = {
  readonly url: string;
  readonly account: string;
  readonly password: string;
  /** Path of the PEM file of the certification authority. */
  readonly certificateAuthorityFile: string;
};

/** The tools end with LDAP's result code; that nothing is there is an answer to a search, and to nothing else. */
const noSuchObject = 32;

/** The password goes by a file that only we may read: a command line is visible to every user of the machine. */
async function run(
  access: LdapAccess,
  tool: string,
  parameters: readonly string[],
  input = "",
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "ldap-tools-"));
  const secret = join(directory, "secret");
  try {
    await writeFile(secret, access.password, { mode: 0o600 });
    const child = spawn(tool, ["-x", "-H", access.url, "-D", access.account, "-y", secret, ...parameters], {
      env: {
        ...process.env,
        LDAPTLS_CACERT: access.certificateAuthorityFile,
        LDAPTLS_REQCERT: "demand",
      },
    });
    const exit = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    child.stdin.on("error", () => undefined); // The tool's own exit code says why it stopped reading.
    child.stdin.end(input);
    const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
    if (code !== 0 && !(code === noSuchObject && tool === "ldapsearch"))
      throw new Error(`${tool} ended with ${code}: ${errors}`);
    return output;
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** What `ldapsearch` prints for the search; nothing when the base does not exist. */
export function ldapsearch(
  access: LdapAccess,
  base: string,
  filter: string,
  attributes: readonly string[],
): Promise<string> {
  const format = ["-LLL", "-o", "ldif-wrap=no", "-E", "pr=1000/noprompt"];
  return run(access, "ldapsearch", [...format, "-b", base, filter, ...attributes]);
}

/** Adds the entries of an LDIF text. */
export async function ldapadd(access: LdapAccess, ldif: string): Promise<void> {
  await run(access, "ldapadd", [], ldif);
}

/** Makes the changes of an LDIF text. */
export async function ldapmodify(access: LdapAccess, ldif: string): Promise<void> {
  await run(access, "ldapmodify", [], ldif);
}
