import { type Dn, dnKey, isBelow } from "#lib/model/dn.ts";

/** An object that could hold groups, as far as it matters for whether it may be the target. */
export type Container = {
  readonly dn: Dn;
  /** Its structural object class. */
  readonly objectClass: string;
  readonly isCriticalSystemObject: boolean;
};

/**
 * What AD, Windows and Exchange keep for themselves, by the RDN directly below the domain, and why groups must
 * not be written there. Names are fixed in AD (well-known objects, MS-ADTS 6.1.1.4) in every language.
 */
const reserved: readonly (readonly [rdn: string, why: string])[] = [
  [
    "OU=Domain Controllers",
    "It holds the domain controllers: rights given here are rights over the whole domain.",
  ],
  [
    "CN=Users",
    "It holds DnsAdmins, Group Policy Creator Owners and other privileged groups: an account that may change groups here could change those too. Choose an OU.",
  ],
  ["CN=Builtin", "It holds the built-in privileged groups, such as Administrators and Account Operators."],
  ["CN=System", "It holds the domain's own settings, such as its policies and trusts."],
  ["CN=Computers", "It is where computers land that join the domain. Choose an OU."],
  ["CN=ForeignSecurityPrincipals", "It holds stand-ins for accounts of other forests."],
  ["CN=Managed Service Accounts", "It is kept for managed service accounts."],
  ["CN=Program Data", "It is kept for the data of programs."],
  ["CN=LostAndFound", "It is where objects land whose container is gone."],
  ["CN=NTDS Quotas", "It holds the directory's quotas."],
  ["CN=TPM Devices", "It holds recovery information of computers."],
  ["CN=Infrastructure", "It belongs to the domain's own bookkeeping."],
  ["CN=Keys", "It holds sign-in keys of computers and people."],
  ["OU=Microsoft Exchange Security Groups", "It holds Exchange's privileged groups."],
  ["CN=Microsoft Exchange System Objects", "It belongs to Exchange."],
];

/**
 * Why groups must not be written to the container, or null where they may: the target is an OU that is neither
 * the system's own nor below a container that is. The rule is on the safe side: it refuses plain containers and
 * CN=Users, since whoever may write groups there gains rights over groups that are there already.
 */
export function refusal(container: Container, baseDn: Dn): string | null {
  const key = dnKey(container.dn);
  if (key === dnKey(baseDn)) {
    return "Groups are not written to the top of the domain, where the account would need rights over the whole domain. Choose an OU in it.";
  }
  if (!isBelow(container.dn, baseDn)) {
    return "It lies in another domain. Connect a domain controller of that domain.";
  }
  for (const [rdn, why] of reserved) {
    const place = `${rdn},${baseDn}`;
    if (key === dnKey(place)) return why;
    if (isBelow(container.dn, place)) return `It lies in ${rdn}. ${why}`;
  }
  if (container.isCriticalSystemObject) return "The domain marks it as critical for the system.";
  if (container.objectClass !== "organizationalUnit") {
    return "It is a container and not an OU. Choose an OU.";
  }
  return null;
}
