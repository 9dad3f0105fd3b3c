import type { Group } from "#lib/sandbox/tenant/objects.ts";
import type { Tenant } from "#lib/sandbox/tenant/tenant.ts";

/**
 * Moves a group's source of authority to the cloud or back. What told where it came from stays on it; only
 * `onPremisesSyncEnabled` turns null, and after a move back stays so until Entra Connect takes the group over again
 * (facts.md 6.9).
 */
export function moveSourceOfAuthority(tenant: Tenant, id: string, isCloudManaged: boolean): Group {
  return tenant.changeGroup(id, {
    onPremisesSyncBehavior: { isCloudManaged },
    ...(isCloudManaged ? { onPremisesSyncEnabled: null } : {}),
  });
}
