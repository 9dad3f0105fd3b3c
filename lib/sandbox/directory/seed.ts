import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { AlreadyExistsError, Attribute, Client, type Entry } from "ldapts";
import { organizationalUnits, people, serviceAccount } from "#lib/sandbox/contoso/people.ts";
import { delegateGroups } from "./delegate.ts";
import { formatDn, type Rdn } from "./names/dn.ts";
import { guidText } from "./names/guid.ts";
import { sidText } from "./names/sid.ts";
import { unicodePwd } from "./security/password.ts";

/** Where the directory is, and who may do everything in it. */
export type Access = {
  readonly url: string;
  readonly caFile: string;
  readonly administrator: string;
  readonly password: string;
};

/** A person of Contoso as the sandbox's cloud gets to know them. */
export type SyncedPerson = {
  readonly account: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly department: string;
  readonly userPrincipalName: string;
  readonly securityIdentifier: string;
  readonly objectGuid: string;
  readonly distinguishedName: string;
  readonly domainName: string;
};

const base: readonly Rdn[] = ["contoso", "test"].map((value) => ({ type: "DC", value }));
const domainName = base.map(({ value }) => value).join(".");

/** The DN of an OU given as a path below the domain, outermost first. */
function unitDn(path: readonly string[]): string {
  return formatDn([...path.toReversed().map((value) => ({ type: "OU", value })), ...base]);
}

function dnIn(path: readonly string[], name: string): string {
  return `${formatDn([{ type: "CN", value: name }])},${unitDn(path)}`;
}

/**
 * Groups that people on premises made, which the product must never touch: one elsewhere, and one right in the OU that
 * cloud groups are written to, without our anchor.
 */
export const onPremisesGroups = [
  {
    name: "Printers",
    unit: ["Groups", "Legacy"],
    groupType: -2147483646,
    members: ["julia.meyer", "kofi.mensah"],
  },
  { name: "Local helpers", unit: ["Groups", "Cloud"], groupType: -2147483640, members: ["pedro.alvarez"] },
] as const;

async function asAdministrator<T>(access: Access, work: (client: Client) => Promise<T>): Promise<T> {
  const ca = readFileSync(access.caFile, "utf8");
  const client = new Client({ url: access.url, tlsOptions: { ca }, timeout: 30_000, connectTimeout: 10_000 });
  try {
    await client.bind(access.administrator, access.password);
    return await work(client);
  } finally {
    await client.unbind();
  }
}

type Attributes = Readonly<Record<string, string | readonly string[] | Buffer>>;

/** Adds the object; whether it was not there before. */
async function ensure(client: Client, dn: string, attributes: Attributes): Promise<boolean> {
  const list = Object.entries(attributes).map(([type, value]) => {
    const values = Buffer.isBuffer(value) ? [value] : typeof value === "string" ? [value] : [...value];
    return new Attribute({ type, values: values as string[] | Buffer[] });
  });
  try {
    await client.add(dn, list);
    return true;
  } catch (error) {
    if (error instanceof AlreadyExistsError) return false;
    throw error;
  }
}

/** A normal account that is enabled; 0x10000 keeps its password from expiring (MS-ADTS 2.2.16). */
const enabled = { userAccountControl: String(0x10200) };

/** A password that no one needs to know: long enough, and of the four kinds that the policy counts. */
function randomPassword(): string {
  return `aA1!${randomBytes(18).toString("base64url")}`;
}

async function ensureUser(client: Client, dn: string, account: string, password: string, rest: Attributes) {
  await ensure(client, dn, {
    objectClass: "user",
    sAMAccountName: account,
    userPrincipalName: `${account}@${domainName}`,
    ...enabled,
    unicodePwd: unicodePwd(password),
    ...rest,
  });
}

async function sidOf(client: Client, dn: string): Promise<string> {
  const { searchEntries } = await client.search(dn, {
    scope: "base",
    attributes: ["objectSid"],
    explicitBufferAttributes: ["objectSid"],
  });
  return sidOfEntry(searchEntries[0]);
}

function sidOfEntry(entry: Entry | undefined): string {
  const bytes = entry?.objectSid;
  const sid = Buffer.isBuffer(bytes) ? sidText(bytes) : undefined;
  if (sid === undefined) throw new Error(`${entry?.dn ?? "the account"} has no SID`);
  return sid;
}

/**
 * Puts Contoso's OUs, people, service account with its delegated rights, and on-premises groups into the directory,
 * over LDAPS alone: the same for the simulated directory and for Samba. What is there already is left as it is.
 */
export async function seedContoso(access: Access): Promise<void> {
  await asAdministrator(access, async (client) => {
    for (const path of organizationalUnits) {
      await ensure(client, unitDn(path), { objectClass: "organizationalUnit" });
    }
    for (const { account, unit, givenName, surname, displayName, department } of people) {
      const details = { givenName, sn: surname, displayName, department };
      await ensureUser(client, dnIn(unit, displayName), account, randomPassword(), details);
    }
    const { account, unit, displayName, password, delegatedUnit } = serviceAccount;
    const accountDn = dnIn(unit, displayName);
    await ensureUser(client, accountDn, account, password, { displayName });
    await delegateGroups(client, unitDn(delegatedUnit), await sidOf(client, accountDn));
    for (const { name, unit, groupType, members } of onPremisesGroups) {
      const holders = people.filter((person) => (members as readonly string[]).includes(person.account));
      await ensure(client, dnIn(unit, name), {
        objectClass: "group",
        sAMAccountName: name,
        groupType: String(groupType),
        member: holders.map((person) => dnIn(person.unit, person.displayName)),
      });
    }
  });
}

/** Contoso's people as the directory holds them, for the sandbox's cloud. Throws when one is missing. */
export async function readPeople(access: Access): Promise<SyncedPerson[]> {
  return await asAdministrator(access, async (client) => {
    const { searchEntries } = await client.search(unitDn(["Staff"]), {
      filter: "(&(objectCategory=person)(objectClass=user))",
      attributes: ["sAMAccountName", "userPrincipalName", "objectSid", "objectGUID"],
      explicitBufferAttributes: ["objectSid", "objectGUID"],
    });
    const found = new Map(searchEntries.map((entry) => [String(entry.sAMAccountName), entry]));
    return people.map(({ account, displayName, givenName, surname, department }) => {
      const entry = found.get(account);
      const guid = entry?.objectGUID;
      if (entry === undefined || !Buffer.isBuffer(guid))
        throw new Error(`the directory has no account ${account}`);
      return {
        account,
        displayName,
        givenName,
        surname,
        department,
        userPrincipalName: String(entry.userPrincipalName),
        securityIdentifier: sidOfEntry(entry),
        objectGuid: guidText(guid),
        distinguishedName: entry.dn,
        domainName,
      };
    });
  });
}
