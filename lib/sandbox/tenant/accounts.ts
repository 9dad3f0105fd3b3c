import { initialDomain, roles, stableId } from "#lib/sandbox/tenant/identity.ts";

/** Somebody who can sign in to Contoso in the sandbox, with the directory roles that their tokens carry. */
export type Account = {
  readonly id: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly userPrincipalName: string;
  readonly jobTitle: string;
  readonly roles: readonly { readonly templateId: string; readonly name: string }[];
};

const role = {
  global: { templateId: roles.globalAdministrator, name: "Global Administrator" },
  hybrid: { templateId: roles.hybridIdentityAdministrator, name: "Hybrid Identity Administrator" },
  helpdesk: { templateId: roles.helpdeskAdministrator, name: "Helpdesk Administrator" },
  reader: { templateId: roles.globalReader, name: "Global Reader" },
} as const;

function account(givenName: string, surname: string, jobTitle: string, held: Account["roles"]): Account {
  const name = givenName.toLowerCase();
  return {
    id: stableId(`account/${name}`),
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    userPrincipalName: `${name}@${initialDomain}`,
    jobTitle,
    roles: held,
  };
}

/** Names are the demo's public interface: tests choose them on the sign-in page. */
export const accounts: readonly Account[] = [
  account("Avery", "Admin", "Identity engineer", [role.hybrid]),
  account("Gwen", "Global", "Head of IT", [role.global]),
  account("Nora", "NoRole", "Project manager", []),
  account("Hal", "Helpdesk", "Service desk agent", [role.helpdesk, role.reader]),
];

/** The names of an account's roles as a person reads them. */
export function roleNames(account: Account): string {
  return account.roles.length === 0
    ? "No administrator role"
    : account.roles.map(({ name }) => name).join(", ");
}
