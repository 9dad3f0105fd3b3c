import { randomUUID } from "node:crypto";
import { cloudSecurityIdentifier } from "#lib/sandbox/tenant/identity.ts";
import type { Group } from "#lib/sandbox/tenant/objects.ts";

/** What an edit by way of Graph may set on a group; the rest follows from it or is the tenant's own. */
export type GroupEdit = Partial<
  Pick<
    Group,
    | "displayName"
    | "description"
    | "mailEnabled"
    | "mailNickname"
    | "securityEnabled"
    | "visibility"
    | "membershipRule"
    | "membershipRuleProcessingState"
    | "writebackConfiguration"
  >
>;
export type NewGroup = Pick<Group, "displayName" | "mailEnabled" | "mailNickname" | "securityEnabled"> &
  Partial<Group>;

/** A group with these properties; those left out are as the cloud makes them for a group of its own. */
export function newGroupObject(domain: string, given: NewGroup): Group {
  const now = new Date().toISOString();
  const id = given.id ?? randomUUID();
  const address = given.mailEnabled ? `${given.mailNickname}@${domain}` : null;
  return {
    kind: "group",
    id,
    description: null,
    groupTypes: [],
    mail: address,
    proxyAddresses: address === null ? [] : [`SMTP:${address}`],
    securityIdentifier: cloudSecurityIdentifier(id),
    visibility: null,
    isAssignableToRole: null,
    membershipRule: null,
    membershipRuleProcessingState: null,
    createdDateTime: now,
    renewedDateTime: now,
    deletedDateTime: null,
    onPremisesSyncEnabled: null,
    onPremisesLastSyncDateTime: null,
    onPremisesSecurityIdentifier: null,
    onPremisesDomainName: null,
    onPremisesNetBiosName: null,
    onPremisesSamAccountName: null,
    onPremisesSyncBehavior: { isCloudManaged: false },
    writebackConfiguration: { isEnabled: null, onPremisesGroupType: null },
    directoryExtensions: {},
    ...given,
  };
}
