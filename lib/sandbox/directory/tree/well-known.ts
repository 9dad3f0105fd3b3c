/** The groups that every domain has (MS-ADTS 6.1.1.4.12; RIDs from MS-DTYP 2.4.2.4). */
export type WellKnownGroup = {
  readonly name: string;
  /** Relative to the domain, or to S-1-5-32 for those in CN=Builtin. */
  readonly rid: number;
  readonly place: "CN=Users" | "CN=Builtin";
  readonly scope: "global" | "universal" | "domainLocal" | "builtin";
  /** AdminSDHolder guards it: adminCount is 1. */
  readonly isProtected: boolean;
  readonly members: readonly string[];
  readonly description: string;
};

function group(
  place: WellKnownGroup["place"],
  scope: WellKnownGroup["scope"],
  rid: number,
  name: string,
  description: string,
  members: readonly string[] = [],
  isProtected = false,
): WellKnownGroup {
  return { name, rid, place, scope, isProtected, members, description };
}

const users = (...rest: [WellKnownGroup["scope"], number, string, string, (readonly string[])?, boolean?]) =>
  group("CN=Users", ...rest);
const builtin = (...rest: [number, string, string, (readonly string[])?, boolean?]) =>
  group("CN=Builtin", "builtin", ...rest);

/** `members` are names of accounts and groups in this file. */
export const wellKnownGroups: readonly WellKnownGroup[] = [
  users("global", 512, "Domain Admins", "Designated administrators of the domain", ["Administrator"], true),
  users("global", 513, "Domain Users", "All domain users"),
  users("global", 514, "Domain Guests", "All domain guests"),
  users("global", 515, "Domain Computers", "All workstations and servers joined to the domain"),
  users("global", 516, "Domain Controllers", "All domain controllers in the domain", [], true),
  users("domainLocal", 517, "Cert Publishers", "Members may publish certificates to the directory"),
  users(
    "universal",
    518,
    "Schema Admins",
    "Designated administrators of the schema",
    ["Administrator"],
    true,
  ),
  users(
    "universal",
    519,
    "Enterprise Admins",
    "Designated administrators of the enterprise",
    ["Administrator"],
    true,
  ),
  users("global", 520, "Group Policy Creator Owners", "Members may change group policy", ["Administrator"]),
  users(
    "global",
    521,
    "Read-only Domain Controllers",
    "Read-only domain controllers of the domain",
    [],
    true,
  ),
  users(
    "universal",
    498,
    "Enterprise Read-only Domain Controllers",
    "Read-only domain controllers of the forest",
  ),
  users("global", 525, "Protected Users", "Members have additional protection against theft of credentials"),
  users("global", 526, "Key Admins", "Members may administer key objects in the domain", [], true),
  users(
    "universal",
    527,
    "Enterprise Key Admins",
    "Members may administer key objects in the forest",
    [],
    true,
  ),
  users("domainLocal", 553, "RAS and IAS Servers", "Servers that may read remote access properties of users"),
  users(
    "domainLocal",
    571,
    "Allowed RODC Password Replication Group",
    "Passwords may reach read-only controllers",
  ),
  users(
    "domainLocal",
    572,
    "Denied RODC Password Replication Group",
    "Passwords may not reach read-only controllers",
    [
      "Cert Publishers",
      "Domain Admins",
      "Domain Controllers",
      "Enterprise Admins",
      "Group Policy Creator Owners",
      "Read-only Domain Controllers",
      "Schema Admins",
      "krbtgt",
    ],
  ),
  builtin(
    544,
    "Administrators",
    "Full and unrestricted access to the domain",
    ["Administrator", "Domain Admins", "Enterprise Admins"],
    true,
  ),
  builtin(545, "Users", "Users can run most applications", ["Domain Users"]),
  builtin(546, "Guests", "Guests have the same access as users", ["Domain Guests", "Guest"]),
  builtin(548, "Account Operators", "Members can administer user and group accounts", [], true),
  builtin(549, "Server Operators", "Members can administer domain servers", [], true),
  builtin(550, "Print Operators", "Members can administer domain printers", [], true),
  builtin(551, "Backup Operators", "Members can override security to back up files", [], true),
  builtin(552, "Replicator", "Supports file replication in a domain", [], true),
  builtin(554, "Pre-Windows 2000 Compatible Access", "Read access to all users and groups"),
  builtin(555, "Remote Desktop Users", "Members may sign in remotely"),
  builtin(556, "Network Configuration Operators", "Members may change network settings"),
  builtin(557, "Incoming Forest Trust Builders", "Members can create incoming, one-way trusts"),
  builtin(558, "Performance Monitor Users", "Members can read performance counters"),
  builtin(559, "Performance Log Users", "Members may schedule logging of performance counters"),
  builtin(560, "Windows Authorization Access Group", "Members can read tokenGroupsGlobalAndUniversal"),
  builtin(
    561,
    "Terminal Server License Servers",
    "Members can update user accounts with licence information",
  ),
  builtin(562, "Distributed COM Users", "Members may use Distributed COM objects"),
  builtin(568, "IIS_IUSRS", "Used by Internet Information Services"),
  builtin(569, "Cryptographic Operators", "Members may perform cryptographic operations"),
  builtin(573, "Event Log Readers", "Members can read event logs"),
  builtin(574, "Certificate Service DCOM Access", "Members may connect to certification authorities"),
];

export type WellKnownAccount = {
  readonly name: string;
  readonly rid: number;
  readonly userAccountControl: number;
  readonly primaryGroup: number;
  readonly isProtected: boolean;
  readonly description: string;
};

export const wellKnownAccounts: readonly WellKnownAccount[] = [
  {
    name: "Administrator",
    rid: 500,
    userAccountControl: 0x10200,
    primaryGroup: 513,
    isProtected: true,
    description: "Built-in account for administering the domain",
  },
  {
    name: "Guest",
    rid: 501,
    userAccountControl: 0x10222,
    primaryGroup: 514,
    isProtected: false,
    description: "Built-in account for guest access to the domain",
  },
  {
    name: "krbtgt",
    rid: 502,
    userAccountControl: 0x202,
    primaryGroup: 513,
    isProtected: true,
    description: "Key Distribution Center Service Account",
  },
];

/**
 * The containers directly below the domain: class, systemFlags (MS-ADTS 2.2.10; -1946157056 and 0x8c000000 forbid
 * deletion, rename and move), GUID in wellKnownObjects (MS-ADTS 6.1.1.4).
 */
export const wellKnownContainers: readonly {
  readonly name: string;
  readonly className: string;
  readonly wellKnownGuid: string | undefined;
  readonly isCritical: boolean;
  readonly isAdvanced: boolean;
}[] = [
  container("Users", "container", "A9D1CA15768811D1ADED00C04FD8D5CD"),
  container("Computers", "container", "AA312825768811D1ADED00C04FD8D5CD"),
  container("Domain Controllers", "organizationalUnit", "A361B2FFFFD211D1AA4B00C04FD7D83A"),
  container("System", "container", "AB1D30F3768811D1ADED00C04FD8D5CD", true, true),
  container("LostAndFound", "lostAndFound", "AB8153B7768811D1ADED00C04FD8D5CD", true, true),
  container("Infrastructure", "infrastructureUpdate", "2FBAC1870ADE11D297C400C04FD8D5CD", true, true),
  container("Deleted Objects", "container", "18E2EA80684F11D2B9AA00C04F79F805", true, true),
  container("ForeignSecurityPrincipals", "container", "22B70C67D56E4EFB91E9300FCA3DC1AA"),
  container("Program Data", "container", "09460C08AE1E4A4EA0F64AEE7DAA1E5A", false, true),
  container("Managed Service Accounts", "container", undefined, false),
  container("Builtin", "builtinDomain", undefined),
];

function container(
  name: string,
  className: string,
  wellKnownGuid: string | undefined,
  isCritical = true,
  isAdvanced = false,
) {
  return { name, className, wellKnownGuid, isCritical, isAdvanced };
}
