import type { Access } from "#lib/model/api.ts";
import { Failure } from "#lib/model/problem.ts";

/** What a person may do, by the directory roles that matter here. */
export type Granted = Exclude<Access, "anyone">;

/**
 * The directory roles that matter here, by role template id.
 * Source: Microsoft Entra built-in roles, "template ID" column.
 */
const roles: ReadonlyMap<string, { readonly name: string; readonly grants: Granted }> = new Map([
  ["62e90394-69f5-4237-9190-012177145e10", { name: "Global Administrator", grants: "admin" }],
  ["8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2", { name: "Hybrid Identity Administrator", grants: "admin" }],
  ["f2ef992c-3afb-46b9-b7cf-a126ee74c451", { name: "Global Reader", grants: "reader" }],
  ["729827e3-9c14-49f7-bb1b-9608f156bbb8", { name: "Helpdesk Administrator", grants: "reader" }],
]);

const rank: Record<Access, number> = { anyone: 0, signedIn: 1, reader: 2, admin: 3 };

/** The names of the roles that matter here and the most that they grant. */
export function rolesOf(templateIds: readonly string[]): { roles: string[]; access: Granted } {
  const held = templateIds.flatMap((id) => roles.get(id.toLowerCase()) ?? []);
  const access = held.reduce<Granted>(
    (most, { grants }) => (rank[grants] > rank[most] ? grants : most),
    "signedIn",
  );
  return { roles: [...new Set(held.map(({ name }) => name))], access };
}

/** What the decision about a role needs to know about a person. */
export type RoleHolder = {
  readonly name: string;
  readonly roles: readonly string[];
  readonly access: Granted;
  /** Whether the token tells roles at all (the claim `wids`). */
  readonly tellsRoles: boolean;
};

/** The refusal (E1005) of a person whose roles do not grant this access, or undefined. */
export function refusalOf(person: RoleHolder, needed: Access): Failure | undefined {
  if (rank[person.access] >= rank[needed]) return undefined;
  const granting = [...roles.values()].filter(({ grants }) => rank[grants] >= rank[needed]);
  const missing = `This needs ${listed(granting.map(({ name }) => name))}.`;
  if (!person.tellsRoles)
    return new Failure("E1005", {
      why: `${missing} The sign-in of ${person.name} tells no directory roles: if the role is assigned, set groupMembershipClaims to DirectoryRole in the manifest of the app registration (README, “App registration”).`,
    });
  const held =
    person.roles.length === 0
      ? "none of the roles that this application knows"
      : `the role ${person.roles.join(", ")}`;
  return new Failure("E1005", { why: `${missing} ${person.name} has ${held}.` });
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}
