import { delegate } from "#lib/directory/contract/delegate.ts";
import { ldapadd, ldapsearch } from "#lib/directory/contract/ldap-tools.ts";
import { type LdifEntry, readLdif, writeLdif } from "#lib/directory/contract/ldif.ts";
import type { Subject } from "#lib/directory/contract/subject.ts";
import type { DirectoryMember } from "#lib/directory/directory.ts";
import { childDn, type Dn, parseDn } from "#lib/model/dn.ts";
import { guidFromBytes, sidFromBytes } from "#lib/model/identifier.ts";

/** What the suite works on, in a tree of its own. */
export type Seed = {
  readonly root: Dn;
  /** Where the tests write, and the limited account may. */
  readonly target: Dn;
  /** Where the limited account may not write. */
  readonly elsewhere: Dn;
  readonly limited: { readonly account: string; readonly password: string };
  readonly people: readonly (DirectoryMember & { readonly sid: NonNullable<DirectoryMember["sid"]> })[];
};

const limitedName = "contract-limited";
const limitedPassword = "Limited-Account-2026!";

function user(dn: Dn, name: string): string {
  return writeLdif(dn, { objectClass: ["user"], sAMAccountName: [name] });
}

/** AD takes a password only so: in quotes and UTF-16 (MS-ADTS 3.1.1.3.1.5). */
function account(dn: Dn, name: string, password: string): string {
  return writeLdif(dn, {
    objectClass: ["user"],
    sAMAccountName: [name],
    userAccountControl: ["512"],
    unicodePwd: [Buffer.from(`"${password}"`, "utf16le")],
  });
}

function person(entry: LdifEntry): Seed["people"][number] {
  const dn = parseDn(entry.dn?.[0] ?? "");
  if (dn === undefined) throw new Error(`no DN: ${entry.dn}`);
  return {
    guid: guidFromBytes(Buffer.from(entry.objectGUID?.[0] ?? "", "base64")),
    sid: sidFromBytes(Buffer.from(entry.objectSid?.[0] ?? "", "base64")),
    dn,
  };
}

/** Makes the suite's OUs, `count` people and an account with rights in one OU alone, by OpenLDAP's tools. */
export async function seed(subject: Subject, count: number): Promise<Seed> {
  const domain = "DC=contoso,DC=test" as Dn;
  const root = childDn("OU", "Contract", domain);
  const [target, elsewhere, people] = ["Groups", "Elsewhere", "People"].map((name) =>
    childDn("OU", name, root),
  );
  if (!target || !elsewhere || !people) throw new Error("no OUs");
  const units = [root, target, elsewhere, people, childDn("OU", "Inner, OU", target)];
  const names = Array.from(
    { length: count },
    (_, index) => `contract-person-${String(index).padStart(4, "0")}`,
  );
  await ldapadd(
    subject.access,
    [
      ...units.map((dn) => writeLdif(dn, { objectClass: ["organizationalUnit"] })),
      writeLdif(childDn("CN", "Plain container", root), { objectClass: ["container"] }),
      account(childDn("CN", limitedName, people), limitedName, limitedPassword),
      ...names.map((name) => user(childDn("CN", name, people), name)),
    ].join(""),
  );
  const [limited] = readLdif(
    await ldapsearch(subject.access, people, `(sAMAccountName=${limitedName})`, ["objectSid", "objectGUID"]),
  );
  if (limited === undefined) throw new Error("the limited account was not made");
  await delegate(subject.access, person(limited).sid, target);
  const found = await ldapsearch(subject.access, people, "(sAMAccountName=contract-person-*)", [
    "objectSid",
    "objectGUID",
  ]);
  const seeded = readLdif(found).map(person);
  if (seeded.length !== count) throw new Error(`${seeded.length} of ${count} people were made`);
  return {
    root,
    target,
    elsewhere,
    people: seeded,
    limited: { account: `${limitedName}@contoso.test`, password: limitedPassword },
  };
}
