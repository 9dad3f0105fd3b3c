import { contosoGroups, type SeedGroup } from "#lib/sandbox/tenant/contosoGroups.ts";
import { cloudSecurityIdentifier, initialDomain, stableId } from "#lib/sandbox/tenant/identity.ts";
import type { Device, Group } from "#lib/sandbox/tenant/objects.ts";
import {
  accountUsers,
  cloudUsers,
  guest,
  type SyncedPerson,
  syncedUser,
} from "#lib/sandbox/tenant/people.ts";
import { Tenant } from "#lib/sandbox/tenant/tenant.ts";

const created = "2026-03-02T08:00:00Z";

const kiosk: Device = {
  kind: "device",
  id: stableId("device/kiosk-01"),
  deviceId: stableId("deviceId/kiosk-01"),
  displayName: "KIOSK-01",
  operatingSystem: "Windows",
  operatingSystemVersion: "10.0.26100.4652",
  trustType: "AzureAd",
  accountEnabled: true,
  onPremisesSyncEnabled: null,
  onPremisesLastSyncDateTime: null,
  onPremisesSecurityIdentifier: null,
};

/** The object id of a group of the seed. */
export function seedGroupId(key: string): string {
  return stableId(`group/${key}`);
}

/**
 * Contoso's tenant: the synced people, a few whom only the cloud knows, those who can sign in, and the groups of
 * `contosoGroups`. A member whom `people` lacks is left out, so that a smaller domain works too.
 */
export function contosoTenant(people: readonly SyncedPerson[]): Tenant {
  const tenant = new Tenant(initialDomain);
  for (const one of people) tenant.enter(syncedUser(one));
  for (const user of [...cloudUsers, guest, ...accountUsers]) tenant.enter(user);
  tenant.enter(kiosk);
  for (const group of contosoGroups) tenant.enter(groupObject(group, people[0]));
  for (const group of contosoGroups) {
    for (const member of memberIds(group)) {
      if (tenant.find(member) !== undefined) tenant.enterMember(seedGroupId(group.key), member);
    }
  }
  return tenant;
}

function memberIds(group: SeedGroup): string[] {
  return [
    ...(group.people ?? []).map((name) => stableId(`user/${name}`)),
    ...(group.groups ?? []).map(seedGroupId),
    ...(group.devices ?? []).map((name) => stableId(`device/${name}`)),
  ];
}

function groupObject(seed: SeedGroup, somebody: SyncedPerson | undefined): Group {
  const id = seedGroupId(seed.key);
  const mailEnabled = seed.type !== "security";
  const address = `${seed.key}@${initialDomain}`;
  const dynamic = seed.rule !== undefined;
  const synced = seed.synced === true;
  return {
    kind: "group",
    id,
    displayName: seed.displayName,
    description: seed.description,
    groupTypes: [
      ...(seed.type === "microsoft365" ? ["Unified"] : []),
      ...(dynamic ? ["DynamicMembership"] : []),
    ],
    mail: mailEnabled ? address : null,
    mailEnabled,
    mailNickname: seed.key,
    proxyAddresses: mailEnabled ? [`SMTP:${address}`] : [],
    securityEnabled: seed.type === "security" || seed.type === "mailEnabledSecurity",
    securityIdentifier: cloudSecurityIdentifier(id),
    visibility: seed.type === "microsoft365" ? "Private" : null,
    isAssignableToRole: null,
    membershipRule: seed.rule ?? null,
    membershipRuleProcessingState: dynamic ? "On" : null,
    createdDateTime: created,
    renewedDateTime: created,
    deletedDateTime: null,
    onPremisesSyncEnabled: synced ? true : null,
    onPremisesLastSyncDateTime: synced ? created : null,
    onPremisesSecurityIdentifier: synced ? sidBeside(somebody) : null,
    onPremisesDomainName: synced ? (somebody?.domainName ?? null) : null,
    onPremisesNetBiosName: synced ? (somebody?.domainName.split(".")[0]?.toUpperCase() ?? null) : null,
    onPremisesSamAccountName: synced ? seed.key : null,
    writebackConfiguration: { isEnabled: null, onPremisesGroupType: null },
  };
}

/** A SID of the same domain as the person's, with a number that no account of a small domain has. */
function sidBeside(somebody: SyncedPerson | undefined): string | null {
  return somebody === undefined ? null : somebody.securityIdentifier.replace(/-\d+$/, "-59001");
}
