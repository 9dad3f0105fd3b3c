import { readFile } from "node:fs/promises";
import type { LdapAccess } from "#lib/directory/contract/ldap-tools.ts";
import type { DirectoryCredentials } from "#lib/model/directory.ts";

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

export const administratorPassword = "Contract-Admin-2026!";

/** The subject that is such a directory, with an administrator of the password above. */
export async function subject(
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
