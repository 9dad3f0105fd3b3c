import { defaultState, namedFacts } from "#lib/agent/decisions.ts";
import type { Configuration } from "#lib/model/configuration.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Snapshot } from "#lib/store/snapshot.ts";
import type { Tenant } from "#lib/tenant/tenant.ts";

/**
 * Reads what no delta query tells of the groups: their own writeback settings, where the configuration goes by
 * them, and the owners and administrative units that its selections ask about.
 */
export async function importSettings(
  tenant: Tenant,
  snapshot: Snapshot,
  configuration: Configuration,
  signal: AbortSignal,
): Promise<void> {
  if (configuration.scope.decidedBy === "writebackConfiguration") {
    snapshot.setState(defaultState, String(await tenant.newUnifiedGroupWritebackDefault(signal)));
    for await (const settings of tenant.writebackConfigurations(signal)) snapshot.putWritebacks(settings);
  }
  const { owners, units } = namedFacts(configuration);
  for (const owner of owners) snapshot.putFacts("owner", owner, await all(tenant.ownedGroups(owner, signal)));
  for (const unit of units)
    snapshot.putFacts("unit", unit, await all(tenant.administrativeUnitGroups(unit, signal)));
}

async function all(pages: AsyncIterable<readonly ObjectId[]>): Promise<ObjectId[]> {
  const ids: ObjectId[] = [];
  for await (const page of pages) ids.push(...page);
  return ids;
}
