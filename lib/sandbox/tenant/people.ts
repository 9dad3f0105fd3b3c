import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type Account, accounts } from "#lib/sandbox/tenant/accounts.ts";
import { initialDomain, stableId } from "#lib/sandbox/tenant/identity.ts";
import type { User } from "#lib/sandbox/tenant/objects.ts";

/** One person of the on-premises directory, as whoever made that directory wrote it down. */
export const person = z.strictObject({
  account: z.string().min(1).max(20),
  displayName: z.string().min(1),
  givenName: z.string(),
  surname: z.string(),
  department: z.string(),
  userPrincipalName: z.string().includes("@"),
  securityIdentifier: z.string().regex(/^S-1-\d+(-\d+){1,15}$/, "must be a SID such as S-1-5-21-1-2-3-1104"),
  objectGuid: z.guid().transform((text) => text.toLowerCase()),
  distinguishedName: z.string().includes("="),
  domainName: z.string().min(1),
});
export type SyncedPerson = z.infer<typeof person>;

const created = "2026-03-02T08:00:00Z";

/** The object id that the cloud has for an account of the on-premises directory. */
export function syncedUserId(account: string): string {
  return stableId(`user/${account}`);
}

/** base64 of the 16 bytes in AD's order: what Entra Connect writes as the source anchor (facts.md 6.3). */
export function immutableId(objectGuid: string): string {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const bytes = Buffer.from(objectGuid.replaceAll("-", ""), "hex");
  return Buffer.from(order.map((index) => bytes[index] ?? 0)).toString("base64");
}

/** The cloud's copy of somebody who is synchronised from AD. */
export function syncedUser(from: SyncedPerson): User {
  return {
    ...cloudDefaults,
    id: syncedUserId(from.account),
    displayName: from.displayName,
    givenName: from.givenName,
    surname: from.surname,
    department: from.department,
    userPrincipalName: from.userPrincipalName,
    mail: from.userPrincipalName,
    mailNickname: from.account,
    onPremisesSyncEnabled: true,
    onPremisesLastSyncDateTime: created,
    onPremisesSecurityIdentifier: from.securityIdentifier,
    onPremisesDistinguishedName: from.distinguishedName,
    onPremisesDomainName: from.domainName,
    onPremisesImmutableId: immutableId(from.objectGuid),
    onPremisesSamAccountName: from.account,
    onPremisesUserPrincipalName: from.userPrincipalName,
  };
}

const cloudDefaults = {
  kind: "user",
  department: null,
  jobTitle: null,
  userType: "Member",
  accountEnabled: true,
  createdDateTime: created,
  businessPhones: [],
  onPremisesSyncEnabled: null,
  onPremisesLastSyncDateTime: null,
  onPremisesSecurityIdentifier: null,
  onPremisesDistinguishedName: null,
  onPremisesDomainName: null,
  onPremisesImmutableId: null,
  onPremisesSamAccountName: null,
  onPremisesUserPrincipalName: null,
} as const;

/** A user with these properties; those left out are as the cloud makes them for a user of its own. */
export function newUserObject(given: Partial<User> & Pick<User, "displayName" | "userPrincipalName">): User {
  const nickname = given.userPrincipalName.split("@")[0] ?? given.userPrincipalName;
  return {
    ...cloudDefaults,
    givenName: null,
    surname: null,
    mail: given.userPrincipalName,
    mailNickname: nickname,
    ...given,
    id: given.id ?? randomUUID(),
  };
}

function cloudUser(givenName: string, surname: string, department: string): User {
  const nickname = `${givenName}.${surname}`.toLowerCase();
  return {
    ...cloudDefaults,
    id: stableId(`user/${nickname}`),
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    department,
    userPrincipalName: `${nickname}@${initialDomain}`,
    mail: `${nickname}@${initialDomain}`,
    mailNickname: nickname,
  };
}

/** People whom only the cloud knows, so that they can't become members of a group in AD. */
export const cloudUsers: readonly User[] = [
  cloudUser("Quinn", "Nakamura", "Sales"),
  cloudUser("Rosa", "Lindqvist", "Engineering"),
  cloudUser("Sam", "Whitfield", "Finance"),
];

export const guest: User = {
  ...cloudDefaults,
  id: stableId("user/tess.partner"),
  displayName: "Tess Partner (Fabrikam)",
  givenName: "Tess",
  surname: "Partner",
  userPrincipalName: `tess_fabrikam.example#EXT#@${initialDomain}`,
  mail: "tess@fabrikam.example",
  mailNickname: "tess_fabrikam.example#EXT#",
  userType: "Guest",
};

/** The user objects of the accounts that can sign in. */
export const accountUsers: readonly User[] = accounts.map((account: Account) => ({
  ...cloudDefaults,
  id: account.id,
  displayName: account.displayName,
  givenName: account.givenName,
  surname: account.surname,
  jobTitle: account.jobTitle,
  userPrincipalName: account.userPrincipalName,
  mail: null,
  mailNickname: account.givenName.toLowerCase(),
}));
