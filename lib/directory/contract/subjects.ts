import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { LdapAccess } from "#lib/directory/contract/ldap-tools.ts";
import { ldapsearch } from "#lib/directory/contract/ldap-tools.ts";
import { readLdif } from "#lib/directory/contract/ldif.ts";
import type { DirectoryCredentials } from "#lib/model/directory.ts";
import type { Dn } from "#lib/model/dn.ts";

const exec = promisify(execFile);
export type Subject = {
  readonly url: string;
  readonly startTlsUrl: string;
  readonly credentials: DirectoryCredentials;
  readonly access: LdapAccess;
  delegate(account: string, ou: Dn): Promise<void>;
  stop(): Promise<void>;
};
async function startSamba(): Promise<Subject> {
  const dir = "/tmp/dir31c";
  const env = { ...process.env, SAMBA_DC_IP: "127.0.0.31", SAMBA_ADMIN_PASS: "Admin-Demo-2026!" };
  await exec("bash", ["/work/shared/samba/samba-dc.sh", "start", dir], { env });
  const access = {
    url: "ldaps://127.0.0.31:636",
    account: "Administrator@contoso.test",
    password: "Admin-Demo-2026!",
    certificateAuthorityFile: `${dir}/tls/ca.pem`,
  };
  return {
    url: "ldaps://127.0.0.31:636",
    startTlsUrl: "ldap://127.0.0.31:389",
    access,
    credentials: {
      server: "dc1.contoso.test",
      port: 636,
      account: access.account,
      password: access.password,
      certificateAuthority: await readFile(access.certificateAuthorityFile, "utf8"),
    },
    async delegate(account, ou) {
      const group = "bf967a9c-0de6-11d0-a285-00aa003049e2";
      const found = readLdif(
        await ldapsearch(access, "DC=contoso,DC=test", `(sAMAccountName=${account})`, ["objectSid"]),
      );
      const { sidFromBytes } = await import("#lib/model/identifier.ts");
      const sid = sidFromBytes(Buffer.from(found[0]?.objectSid?.[0] ?? "", "base64"));
      await exec("samba-tool", [
        "dsacl",
        "set",
        "-s",
        `${dir}/smb.conf`,
        "-H",
        `${dir}/private/sam.ldb`,
        "--objectdn",
        ou,
        "--sddl",
        `(OA;CI;CCDC;${group};;${sid})(OA;CIIO;RPWPLCLORCSDDTSW;;${group};${sid})`,
      ]);
    },
    async stop() {
      await exec("bash", ["/work/shared/samba/samba-dc.sh", "stop", dir], { env });
      await exec("rm", ["-rf", dir]);
    },
  };
}
export const subjects: readonly { name: string; start(): Promise<Subject> }[] = [
  { name: "Samba", start: startSamba },
];
