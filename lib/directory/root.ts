import { type Client, type Entry, ResultCodeError } from "ldapts";
import { readDn, required, values } from "#lib/directory/entry.ts";
import { diagnostic } from "#lib/directory/problem.ts";
import type { Dn } from "#lib/model/dn.ts";
import { rdns } from "#lib/model/dn.ts";
import { Failure } from "#lib/model/problem.ts";

/** What the agent needs of a domain controller's root entry (rootDSE, MS-ADTS 3.1.1.3.2). */
export type Root = {
  readonly baseDn: Dn;
  readonly forestDn: Dn;
  readonly configurationDn: Dn;
  readonly schemaDn: Dn;
  readonly domainController: string;
  readonly controls: ReadonlySet<string>;
  /** DN of the settings of the domain controller itself. */
  readonly serviceDn: Dn;
  /** The number of its last change when the connection was made. */
  readonly highestCommittedUsn: string;
};

/** LDAP_CAP_ACTIVE_DIRECTORY_OID (MS-ADTS 3.1.1.3.4.3.1); AD LDS announces another. */
const activeDirectory = "1.2.840.113556.1.4.800";

const attributes = [
  "supportedCapabilities",
  "supportedControl",
  "defaultNamingContext",
  "rootDomainNamingContext",
  "configurationNamingContext",
  "schemaNamingContext",
  "dnsHostName",
  "dsServiceName",
  "highestCommittedUSN",
];

function readEntry(entry: Entry | undefined): Root {
  if (entry === undefined || !values(entry, "supportedCapabilities").includes(activeDirectory)) {
    throw new Failure("E4008");
  }
  return {
    baseDn: readDn(required(entry, "defaultNamingContext")),
    forestDn: readDn(required(entry, "rootDomainNamingContext")),
    configurationDn: readDn(required(entry, "configurationNamingContext")),
    schemaDn: readDn(required(entry, "schemaNamingContext")),
    domainController: required(entry, "dnsHostName"),
    controls: new Set(values(entry, "supportedControl")),
    serviceDn: readDn(required(entry, "dsServiceName")),
    highestCommittedUsn: required(entry, "highestCommittedUSN"),
  };
}

/** Reads the root entry, which AD gives to everyone, also before the bind. Throws E4008 when it is not AD's. */
export async function readRoot(client: Client): Promise<Root> {
  try {
    const { searchEntries } = await client.search("", { scope: "base", attributes });
    return readEntry(searchEntries[0]);
  } catch (error) {
    if (!(error instanceof ResultCodeError)) throw error;
    throw new Failure("E4008", {
      why: `Its root entry could not be read. The server's own words: ${diagnostic(error)}`,
      cause: error,
    });
  }
}

/** The DNS name of the domain with this DN: `contoso.com` for `DC=contoso,DC=com`. */
export function dnsName(domain: Dn): string {
  return (rdns(domain) ?? []).map(({ value }) => value).join(".");
}
