import { contosoGroups, type SeedGroup } from "#lib/sandbox/tenant/contosoGroups.ts";
import { mailContact, windowsDevice } from "#lib/sandbox/tenant/devicesAndContacts.ts";
import { newGroupObject } from "#lib/sandbox/tenant/groupObject.ts";
import { initialDomain, stableId } from "#lib/sandbox/tenant/identity.ts";
import type { Group } from "#lib/sandbox/tenant/objects.ts";
import {
  accountUsers,
  cloudUsers,
  guest,
  type SyncedPerson,
  syncedUser,
  syncedUserId,
} from "#lib/sandbox/tenant/people.ts";
import { Tenant } from "#lib/sandbox/tenant/tenant.ts";

const created = "2026-03-02T08:00:00Z";

/** Contoso's one administrative unit. */
const switzerland = {
  id: stableId("administrativeUnit/switzerland"),
  displayName: "Switzerland",
  description: "The offices in Zürich and Geneva",
  visibility: null,
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
  enterDevicesAndContacts(tenant, people[0]);
  for (const group of contosoGroups) tenant.enter(groupObject(group, people[0]));
  for (const group of contosoGroups) {
    const id = seedGroupId(group.key);
    for (const member of memberIds(group)) if (tenant.find(member)) tenant.enterMember(id, member);
    for (const owner of (group.owners ?? []).map(syncedUserId))
      if (tenant.find(owner)) tenant.owners.add(id, owner);
  }
  tenant.administrativeUnits.set(switzerland.id, switzerland);
  for (const key of ["zurich", "finance-readers"]) tenant.unitMembers.add(switzerland.id, seedGroupId(key));
  return tenant;
}

function enterDevicesAndContacts(tenant: Tenant, somebody: SyncedPerson | undefined): void {
  tenant.enter(
    windowsDevice({
      id: stableId("device/kiosk-01"),
      displayName: "KIOSK-01",
      onPremisesSyncEnabled: null,
      onPremisesSecurityIdentifier: null,
    }),
  );
  tenant.enter(
    windowsDevice({
      id: stableId("device/laptop-01"),
      displayName: "LAPTOP-01",
      onPremisesSyncEnabled: true,
      onPremisesSecurityIdentifier: sidBeside(somebody, 59002),
    }),
  );
  tenant.enter(
    mailContact({
      id: stableId("contact/fabrikam-press"),
      displayName: "Fabrikam press office",
      mail: "press@fabrikam.example",
      onPremisesSyncEnabled: true,
    }),
  );
}

function memberIds(group: SeedGroup): string[] {
  return [
    ...(group.people ?? []).map((name) => stableId(`user/${name}`)),
    ...(group.groups ?? []).map(seedGroupId),
    ...(group.devices ?? []).map((name) => stableId(`device/${name}`)),
  ];
}

function groupObject(seed: SeedGroup, somebody: SyncedPerson | undefined): Group {
  const dynamic = seed.rule !== undefined;
  return newGroupObject(initialDomain, {
    id: seedGroupId(seed.key),
    displayName: seed.displayName,
    description: seed.description,
    groupTypes: [
      ...(seed.type === "microsoft365" ? ["Unified"] : []),
      ...(dynamic ? ["DynamicMembership"] : []),
    ],
    mailEnabled: seed.type !== "security",
    mailNickname: seed.key,
    securityEnabled: seed.type === "security" || seed.type === "mailEnabledSecurity",
    visibility: seed.type === "microsoft365" ? "Private" : null,
    membershipRule: seed.rule ?? null,
    membershipRuleProcessingState: dynamic ? "On" : null,
    createdDateTime: created,
    renewedDateTime: created,
    ...(seed.synced
      ? {
          onPremisesSyncEnabled: true,
          onPremisesLastSyncDateTime: created,
          onPremisesSecurityIdentifier: sidBeside(somebody, 59001),
          onPremisesDomainName: somebody?.domainName ?? null,
          onPremisesNetBiosName: somebody?.domainName.split(".")[0]?.toUpperCase() ?? null,
          onPremisesSamAccountName: seed.key,
        }
      : {}),
  });
}

/** A SID of the same domain as the person's, with a number that no account of a small domain has. */
function sidBeside(somebody: SyncedPerson | undefined, number: number): string | null {
  return somebody === undefined ? null : somebody.securityIdentifier.replace(/-\d+$/, `-${number}`);
}
