import type { CyclePorts } from "#lib/agent/cycle.ts";
import { namedExtensions } from "#lib/agent/decisions.ts";
import { importSettings } from "#lib/agent/importSettings.ts";
import { failureOf } from "#lib/model/problem.ts";
import type { DeltaLink } from "#lib/tenant/tenant.ts";

const groupsLink = "tenant.groups";
const principalsLink = "tenant.principals";
/** Set once it is known which groups are deleted and can be restored. */
export const softDeletedState = "tenant.softDeleted";

/**
 * Reads the tenant into the snapshot: every group, membership and principal, or in a Delta cycle what changed
 * since the last one. E3010 when Graph has forgotten where that was.
 */
export async function importTenant(ports: CyclePorts, delta: boolean): Promise<void> {
  const { tenant, snapshot, record, signal } = ports;
  const since = (key: string) => (delta ? (snapshot.state(key) as DeltaLink | null) : null);
  let read = 0;
  const tell = (count: number, current?: string) => {
    read += count;
    record.progress("importTenant", { done: read, ...(current === undefined ? {} : { current }) });
  };

  const from = since(groupsLink);
  const extensions = namedExtensions(record.run.configuration);
  const links = new Map<string, string>();
  for await (const page of tenant.groups(signal, { extensions, ...(from === null ? {} : { since: from }) })) {
    snapshot.putCloudGroups(page.groups);
    snapshot.putCloudMembers(page.members);
    snapshot.removeCloudMembers(page.removedMembers);
    snapshot.removeCloudGroups(page.removedGroups);
    if (page.deltaLink !== null) links.set(groupsLink, page.deltaLink);
    tell(page.groups.length + page.members.length, page.groups.at(-1)?.displayName);
  }
  for await (const page of tenant.principals(signal, since(principalsLink) ?? undefined)) {
    snapshot.putPrincipals(page.principals);
    snapshot.removePrincipals(page.removed);
    if (page.deltaLink !== null) links.set(principalsLink, page.deltaLink);
    tell(page.principals.length);
  }
  if (!delta) await importSoftDeleted(ports);
  await importSettings(tenant, snapshot, record.run.configuration, signal);
  for (const [key, link] of links) snapshot.setState(key, link);
}

/** A full read does not tell of deleted groups, which are kept as long as they can be restored. */
async function importSoftDeleted({ tenant, snapshot, record, signal }: CyclePorts): Promise<void> {
  try {
    for await (const ids of tenant.softDeletedGroups(signal)) snapshot.putSoftDeleted(ids);
    snapshot.setState(softDeletedState, "known");
  } catch (thrown) {
    const { code, problem } = failureOf(thrown);
    if (code !== "E3002") throw thrown;
    record.note(
      `Groups of the directory whose cloud group is gone are kept, since it may have been deleted only for now: ${problem.why}`,
    );
  }
}
