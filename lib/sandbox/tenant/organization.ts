import { initialDomain, tenantId, tenantName } from "#lib/sandbox/tenant/identity.ts";

/** Contoso as Graph's `organization` describes it. */
export const organization = {
  id: tenantId,
  displayName: tenantName,
  createdDateTime: "2019-05-06T07:00:00Z",
  countryLetterCode: "CH",
  onPremisesSyncEnabled: true,
  onPremisesLastSyncDateTime: "2026-03-02T08:00:00Z",
  tenantType: "AAD",
  technicalNotificationMails: [`it@${initialDomain}`],
  verifiedDomains: [
    {
      capabilities: "Email, OfficeCommunicationsOnline",
      isDefault: true,
      isInitial: true,
      name: initialDomain,
      type: "Managed",
    },
  ],
} as const;

/** Contoso's directory synchronisation: Entra Connect runs, and neither version of group writeback is on. */
export const synchronization = {
  id: tenantId,
  configuration: {
    accidentalDeletionPrevention: { synchronizationPreventionType: "enabledForCount", alertThreshold: 500 },
  },
  features: {
    allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled: false,
    blockCloudObjectTakeoverThroughHardMatchEnabled: false,
    blockSoftMatchEnabled: false,
    bypassDirSyncOverridesEnabled: false,
    cloudPasswordPolicyForPasswordSyncedUsersEnabled: false,
    concurrentCredentialUpdateEnabled: false,
    concurrentOrgIdProvisioningEnabled: false,
    deviceWritebackEnabled: false,
    directoryExtensionsEnabled: false,
    fopeConflictResolutionEnabled: false,
    groupWriteBackEnabled: false,
    passwordSyncEnabled: true,
    passwordWritebackEnabled: false,
    quarantineUponProxyAddressesConflictEnabled: true,
    quarantineUponUpnConflictEnabled: true,
    softMatchOnUpnEnabled: true,
    synchronizeUpnForManagedUsersEnabled: true,
    unifiedGroupWritebackEnabled: false,
    userForcePasswordChangeOnLogonEnabled: false,
    userWritebackEnabled: false,
  },
} as const;
