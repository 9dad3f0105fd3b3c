import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { AlreadyExistsError, Client } from "ldapts";
import { childDn, type Dn } from "#lib/model/dn.ts";
import { guidFromBytes, sidFromBytes } from "#lib/model/identifier.ts";
import { organizationalUnits, people, serviceAccount } from "#lib/sandbox/contoso/people.ts";

export type Access = {
  readonly url: string;
  readonly caFile: string;
  readonly administrator: string;
  readonly password: string;
};

const base = "DC=contoso,DC=test" as Dn;
const unitDn = (path: readonly string[]) => path.reduce<Dn>((parent, name) => childDn("OU", name, parent), base);

async function asAdministrator<Result>(access: Access, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ url: access.url, tlsOptions: { ca: readFileSync(access.caFile) } });
  try {
    await client.bind(access.administrator, access.password);
    return await work(client);
  } finally {
    await client.unbind();
  }
}

async function add(client: Client, dn: string, attributes: Record<string, string | string[] | Buffer>): Promise<void> {
  try {
    await client.add(dn, attributes as Record<string, string | string[]>);
  } catch (thrown) {
    if (!(thrown instanceof AlreadyExistsError)) throw thrown;
  }
}

const quoted = (password: string) => Buffer.from(`"${password}"`, "utf16le");

/** Fills the domain with Contoso's OUs, people and service account; what exists already is left as it is. */
export async function seedContoso(access: Access): Promise<void> {
  await asAdministrator(access, async (client) => {
    for (const path of organizationalUnits) await add(client, unitDn(path), { objectClass: "organizationalUnit" });
    const everybody = [
      ...people.map((person) => ({ ...person, password: `Aa1!${randomBytes(18).toString("base64url")}` })),
      { ...serviceAccount, givenName: "Group Writeback", surname: "agent", department: "IT operations" },
    ];
    for (const { account, displayName, givenName, surname, department, unit, password } of everybody) {
      await add(client, childDn("CN", displayName, unitDn(unit)), {
        objectClass: ["top", "person", "organizationalPerson", "user"],
        sAMAccountName: account.slice(0, 20),
        userPrincipalName: `${account}@contoso.test`,
        displayName,
        givenName,
        sn: surname,
        department,
        unicodePwd: quoted(password),
        userAccountControl: "512",
      });
    }
  });
}

/** The people of Contoso as the directory holds them, for the cloud that they are synchronised to. */
export async function readPeople(access: Access) {
  return asAdministrator(access, async (client) => {
    const found = [];
    for (const person of people) {
      const { searchEntries } = await client.search(base, {
        filter: `(sAMAccountName=${person.account.slice(0, 20)})`,
        attributes: ["objectSid", "objectGUID", "userPrincipalName"],
        explicitBufferAttributes: ["objectSid", "objectGUID"],
      });
      const entry = searchEntries[0];
      if (entry === undefined) throw new Error(`${person.account} is not in the directory`);
      found.push({
        account: person.account,
        displayName: person.displayName,
        givenName: person.givenName,
        surname: person.surname,
        department: person.department,
        userPrincipalName: String(entry.userPrincipalName),
        securityIdentifier: sidFromBytes(entry.objectSid as Buffer),
        objectGuid: guidFromBytes(entry.objectGUID as Buffer),
        distinguishedName: entry.dn,
        domainName: "contoso.test",
      });
    }
    return found;
  });
}
