import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "ldapts";
import { administratorPassword } from "#lib/sandbox/contoso/people.ts";
import { type RunningDirectory, startDirectory } from "../directory.ts";
import { startSamba } from "../samba.ts";
import type { Access } from "../seed.ts";

export const base = "DC=contoso,DC=test";

/** A directory under test, either kind. */
export type DirectoryUnderTest = Access & {
  /** LDAP without TLS. */
  readonly plainUrl: string;
  /** The simulated directory's own handle. */
  readonly simulated?: RunningDirectory;
  stop(): Promise<void>;
};

export type Kind = "simulated" | "samba";

/** A self-signed certificate for localhost, as files and as text. */
export function certificateIn(folder: string) {
  const [keyFile, caFile] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"];
  execFileSync("openssl", [...request, "-addext", names, "-keyout", keyFile, "-out", caFile], {
    stdio: "ignore",
  });
  return { keyFile, caFile };
}

/** Starts the directory with the standard Administrator. Samba listens on 127.0.0.21, apart from the demo's. */
export async function startUnderTest(kind: Kind): Promise<DirectoryUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), `directory-${kind}-`));
  const clean = () => rmSync(folder, { recursive: true, force: true });
  const account = { administrator: "Administrator@contoso.test", password: administratorPassword };
  if (kind === "samba") {
    const ip = "127.0.0.21";
    const samba = await startSamba({ directory: folder, ip, administratorPassword });
    const stop = async () => {
      await samba.stop();
      clean();
    };
    return { ...account, url: samba.url, plainUrl: `ldap://${ip}:389`, caFile: samba.caFile, stop };
  }
  const { keyFile, caFile } = certificateIn(folder);
  const simulated = await startDirectory({
    port: 0,
    plainPort: 0,
    key: readFileSync(keyFile, "utf8"),
    certificate: readFileSync(caFile, "utf8"),
    administratorPassword,
  });
  const stop = async () => {
    await simulated.close();
    clean();
  };
  return { ...account, url: simulated.url, plainUrl: simulated.plainUrl ?? "", caFile, simulated, stop };
}

/** A client without TLS; ldapts begins TLS whenever it is given options for it. */
export function plainClientOf({ plainUrl }: DirectoryUnderTest): Client {
  return new Client({ url: plainUrl, timeout: 20_000, connectTimeout: 5_000 });
}

/** A client that has not signed in. */
export function clientOf(access: Access): Client {
  return new Client({
    url: access.url,
    tlsOptions: { ca: readCa(access) },
    timeout: 20_000,
    connectTimeout: 5_000,
  });
}

export function readCa(access: Access): Buffer {
  return readFileSync(access.caFile);
}

/** A client that has signed in as Administrator, or as the account. */
export async function signedInClient(access: Access, name?: string, password?: string): Promise<Client> {
  const client = clientOf(access);
  await client.bind(name ?? access.administrator, password ?? access.password);
  return client;
}

/** The result code with which an operation is refused; 0 when it is not. */
export async function codeOf(operation: Promise<unknown>): Promise<number> {
  try {
    await operation;
    return 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "number") return error.code;
    throw error;
  }
}

/** Writes text to a file of the test's own folder and gives its path, for ldap-utils. */
export function fileWith(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}
