/**
 * The least application permission for each address that the agent reads, the most particular address first (Graph's
 * reference pages, “Permissions”; facts.md 6).
 */
const permissions: readonly (readonly [address: RegExp, permission: string])[] = [
  [/^\/v1\.0\/directory\/administrativeUnits/, "AdministrativeUnit.Read.All"],
  [/^\/v1\.0\/directory\/deletedItems/, "Group.Read.All"],
  [/^\/v1\.0\/groupSettings/, "GroupSettings.Read.All"],
  [/^\/v1\.0\/organization/, "Organization.Read.All"],
  [/^\/v1\.0\/users/, "User.Read.All"],
  [/^\/v1\.0\/devices/, "Device.Read.All"],
  [/^\/v1\.0\/contacts/, "OrgContact.Read.All"],
  [/^\/beta\/groups/, "Group.Read.All"],
  [/^\/v1\.0\/groups/, "GroupMember.Read.All"],
];

/** The permission that reading this path or whole link needs; undefined for an address that is not in the table. */
export function permissionFor(path: string): string | undefined {
  const address = path.replace(/^https:\/\/[^/]+/, "");
  return permissions.find(([pattern]) => pattern.test(address))?.[1];
}
