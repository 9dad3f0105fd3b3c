import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LdapAccess } from "#lib/directory/contract/ldap-tools.ts";
import type { DirectoryCredentials } from "#lib/model/directory.ts";
import { sandboxCertificates } from "#lib/sandbox/certificates.ts";
import { startDirectory } from "#lib/sandbox/directory/directory.ts";
import { startSamba } from "#lib/sandbox/directory/samba.ts";

/** A running directory that the suite is held against. */
export type Subject = {
  readonly url: string;
  /** The address at which TLS begins by StartTLS. */
  readonly startTlsUrl: string;
  /** An administrator's. */
  readonly credentials: DirectoryCredentials;
  /** The same for OpenLDAP's tools. */
  readonly access: LdapAccess;
  stop(): Promise<void>;
};

const administratorPassword = "Contract-Admin-2026!";

async function subject(
  running: { readonly url: string; readonly startTlsUrl: string; readonly caFile: string },
  stop: () => Promise<void>,
): Promise<Subject> {
  const account = "Administrator@contoso.test";
  return {
    url: running.url,
    startTlsUrl: running.startTlsUrl,
    credentials: {
      server: "dc1.contoso.test",
      port: 636,
      account,
      password: administratorPassword,
      certificateAuthority: await readFile(running.caFile, "utf8"),
    },
    access: {
      url: running.url,
      account,
      password: administratorPassword,
      certificateAuthorityFile: running.caFile,
    },
    stop,
  };
}

async function simulated(): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), "contract-simulated-"));
  const { authority, server } = await sandboxCertificates(folder, ["dc1.contoso.test"]);
  const { key, certificate } = server;
  const running = await startDirectory({ port: 0, plainPort: 0, key, certificate, administratorPassword });
  const startTlsUrl = running.plainUrl;
  if (startTlsUrl === undefined) throw new Error("the simulated directory has no port for StartTLS");
  return await subject({ url: running.url, startTlsUrl, caFile: authority.certificateFile }, async () => {
    await running.close();
    await rm(folder, { recursive: true, force: true });
  });
}

async function samba(): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), "contract-samba-"));
  const ip = "127.0.0.31";
  const running = await startSamba({ directory: folder, ip, administratorPassword });
  const { url, caFile } = running;
  return await subject({ url, startTlsUrl: `ldap://${ip}:389`, caFile }, async () => {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  });
}

/** The directories that must behave alike. */
export const subjects = [
  { name: "the simulated directory", start: simulated },
  { name: "Samba", start: samba },
] as const;
