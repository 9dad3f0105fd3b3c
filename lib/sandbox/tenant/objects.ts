/** Property names are Graph's (metadata/v1.0.csdl.xml); `kind` and nothing else is ours. */
type OnPremisesState = {
  readonly onPremisesSyncEnabled: boolean | null;
  readonly onPremisesLastSyncDateTime: string | null;
  readonly onPremisesSecurityIdentifier: string | null;
};

export type User = OnPremisesState & {
  readonly kind: "user";
  readonly id: string;
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly department: string | null;
  readonly jobTitle: string | null;
  readonly userPrincipalName: string;
  readonly mail: string | null;
  readonly mailNickname: string;
  readonly userType: "Member" | "Guest";
  readonly accountEnabled: boolean;
  readonly createdDateTime: string;
  readonly businessPhones: readonly string[];
  readonly onPremisesDistinguishedName: string | null;
  readonly onPremisesDomainName: string | null;
  readonly onPremisesImmutableId: string | null;
  readonly onPremisesSamAccountName: string | null;
  readonly onPremisesUserPrincipalName: string | null;
};

type WritebackConfiguration = {
  readonly isEnabled: boolean | null;
  readonly onPremisesGroupType: string | null;
};

export type Group = OnPremisesState & {
  readonly kind: "group";
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly groupTypes: readonly string[];
  readonly mail: string | null;
  readonly mailEnabled: boolean;
  readonly mailNickname: string | null;
  readonly securityEnabled: boolean;
  readonly securityIdentifier: string;
  readonly visibility: string | null;
  readonly isAssignableToRole: boolean | null;
  readonly membershipRule: string | null;
  readonly membershipRuleProcessingState: string | null;
  readonly createdDateTime: string;
  readonly renewedDateTime: string;
  readonly deletedDateTime: string | null;
  readonly proxyAddresses: readonly string[];
  readonly onPremisesDomainName: string | null;
  readonly onPremisesNetBiosName: string | null;
  readonly onPremisesSamAccountName: string | null;
  /** A navigation, not a property: it is filtered by and read apart (facts.md 6.9). */
  readonly onPremisesSyncBehavior: { readonly isCloudManaged: boolean };
  /** Beta only. */
  readonly writebackConfiguration: WritebackConfiguration;
  /** Directory extensions by their full names; ours, since Graph shows each as a property. */
  readonly directoryExtensions: Readonly<Record<string, string | number | boolean>>;
};

export type Device = OnPremisesState & {
  readonly kind: "device";
  readonly id: string;
  readonly deviceId: string;
  readonly displayName: string;
  readonly operatingSystem: string;
  readonly operatingSystemVersion: string;
  readonly trustType: string;
  readonly accountEnabled: boolean;
};

/** A contact has neither a SID nor an immutable id in Graph. */
export type OrgContact = Omit<OnPremisesState, "onPremisesSecurityIdentifier"> & {
  readonly kind: "orgContact";
  readonly id: string;
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly mail: string | null;
  readonly mailNickname: string | null;
  readonly proxyAddresses: readonly string[];
};

/** Holds users, groups and devices, but is no member of anything itself. */
export type AdministrativeUnit = {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly visibility: string | null;
};

export type DirectoryObject = User | Group | Device | OrgContact;
export type ObjectKind = DirectoryObject["kind"];

/** Whether a group's membership comes from a rule, so that nobody can edit it by hand. */
export function isDynamic(group: Group): boolean {
  return group.groupTypes.includes("DynamicMembership");
}

export function isMicrosoft365(group: Group): boolean {
  return group.groupTypes.includes("Unified");
}
