import type { CyclePorts } from "#lib/agent/cycle.ts";

/** Reads every group, every membership and every principal of the tenant into the snapshot. */
export async function importTenant({ tenant, snapshot, record, signal }: CyclePorts): Promise<void> {
  let read = 0;
  for await (const page of tenant.groups(signal)) {
    snapshot.putCloudGroups(page.groups);
    snapshot.putCloudMembers(page.members);
    snapshot.removeCloudMembers(page.removedMembers);
    snapshot.removeCloudGroups(page.removedGroups);
    read += page.groups.length + page.members.length;
    const current = page.groups.at(-1)?.displayName;
    record.progress("importTenant", { done: read, ...(current === undefined ? {} : { current }) });
  }
  for await (const principals of tenant.principals(signal)) {
    snapshot.putPrincipals(principals);
    read += principals.length;
    record.progress("importTenant", { done: read });
  }
}
