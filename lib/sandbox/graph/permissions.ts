import { roles } from "#lib/sandbox/tenant/identity.ts";

/** Permissions that let a request pass, any one of each list (devx: permissions.json; facts.md 6). */
export const permissions = {
  readOrganization: ["Organization.Read.All", "Directory.Read.All", "User.Read", "User.Read.All"],
  readGroups: ["GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All"],
  readWritebackConfiguration: ["Group.Read.All", "Group.ReadWrite.All"],
  readUsers: ["User.Read.All", "Directory.Read.All"],
  readDevices: ["Device.Read.All", "Directory.Read.All"],
  readContacts: ["OrgContact.Read.All", "Directory.Read.All"],
  readAdministrativeUnits: ["AdministrativeUnit.Read.All", "Directory.Read.All"],
  readDeletedGroups: ["Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All"],
  readMe: ["User.Read", "User.Read.All"],
  readGroupSettings: ["GroupSettings.Read.All", "Directory.Read.All", "Group.Read.All"],
  readSynchronization: [
    "OnPremDirectorySynchronization.Read.All",
    "OnPremDirectorySynchronization.ReadWrite.All",
  ],
  sourceOfAuthority: ["Group-OnPremisesSyncBehavior.ReadWrite.All"],
  writeGroups: ["Group.ReadWrite.All"],
  writeMembers: ["GroupMember.ReadWrite.All", "Group.ReadWrite.All"],
} as const;

/** Directory roles of a signed-in caller, any one of each list; an app needs none. */
export const roleNeeds = {
  writeGroups: [roles.globalAdministrator, roles.groupsAdministrator],
  readSynchronization: [roles.globalAdministrator],
} as const;
