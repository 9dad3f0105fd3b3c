import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type LdapAccess, ldapadd, ldapsearch } from "#lib/directory/contract/ldap-tools.ts";
import { readLdif, writeLdif } from "#lib/directory/contract/ldif.ts";
import { administratorPassword, type Subject, subject } from "#lib/directory/contract/subject.ts";
import { childDn, type Dn, parseDn } from "#lib/model/dn.ts";
import { guidFromBytes, sidFromBytes } from "#lib/model/identifier.ts";
import type { Person } from "#lib/sandbox/bench/applied-work.ts";
import { startSamba } from "#lib/sandbox/directory/samba.ts";

const run = promisify(execFile);
const ip = "127.0.0.51";
const base = "DC=contoso,DC=test" as Dn;
const peopleUnit = childDn("OU", "People", base);

/** A Samba domain with people, of which each measurement gets a copy of its own: all begin with the same disk. */
export class Domain {
  readonly target = childDn("OU", "Groups", base);
  readonly #folder: string;
  readonly people: readonly Person[];

  private constructor(folder: string, people: readonly Person[]) {
    this.#folder = folder;
    this.people = people;
  }

  /** Makes the domain, with `count` people and an OU for groups. Needs root and the packages of samba-dc.sh. */
  static async make(count: number): Promise<Domain> {
    const folder = await mkdtemp(join(tmpdir(), "bench-domain-"));
    try {
      const samba = await start(join(folder, "first"));
      try {
        return new Domain(folder, await populate(samba.access, count));
      } finally {
        await samba.stop();
      }
    } catch (thrown) {
      await rm(folder, { recursive: true, force: true });
      throw thrown;
    }
  }

  /** Does something with a fresh copy of the domain, while its domain controller runs. */
  async use<Result>(work: (samba: Subject) => Promise<Result>): Promise<Result> {
    const copy = join(this.#folder, "copy");
    await run("cp", ["-a", "--sparse=always", join(this.#folder, "first"), copy]);
    try {
      const samba = await start(copy);
      try {
        return await work(samba);
      } finally {
        await samba.stop();
      }
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function start(directory: string): Promise<Subject> {
  const running = await startSamba({ directory, ip, administratorPassword });
  const { url, caFile } = running;
  return await subject({ url, startTlsUrl: `ldap://${ip}:389`, caFile }, () => running.stop());
}

async function populate(access: LdapAccess, count: number): Promise<readonly Person[]> {
  const names = Array.from({ length: count }, (_, index) => `person-${index}`);
  const units = [peopleUnit, childDn("OU", "Groups", base)];
  await ldapadd(
    access,
    [
      ...units.map((dn) => writeLdif(dn, { objectClass: ["organizationalUnit"] })),
      ...names.map((name) =>
        writeLdif(childDn("CN", name, peopleUnit), { objectClass: ["user"], sAMAccountName: [name] }),
      ),
    ].join(""),
  );
  const found = await ldapsearch(access, peopleUnit, "(objectClass=user)", ["objectSid", "objectGUID"]);
  return readLdif(found).map((entry) => {
    const dn = parseDn(entry.dn?.[0] ?? "");
    if (dn === undefined) throw new Error(`no DN: ${entry.dn}`);
    return {
      guid: guidFromBytes(Buffer.from(entry.objectGUID?.[0] ?? "", "base64")),
      sid: sidFromBytes(Buffer.from(entry.objectSid?.[0] ?? "", "base64")),
      dn,
    };
  });
}
