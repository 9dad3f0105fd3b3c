import type { Configuration } from "#lib/model/configuration.ts";
import type { CloudGroup } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import { decideScope, type ScopeFacts, type ScopeVerdict } from "#lib/plan/scope.ts";
import type { Snapshot } from "#lib/store/snapshot.ts";

/** Where the snapshot keeps the tenant's `NewUnifiedGroupWritebackDefault`. */
export const defaultState = "newUnifiedGroupWritebackDefault";

/** What the snapshot knows of a group beside its properties, as the selections ask for it. */
export function factsOf(snapshot: Snapshot, group: ObjectId): ScopeFacts {
  return {
    newUnifiedGroupWritebackDefault: snapshot.state(defaultState) !== "false",
    owns: (owner) => snapshot.hasFact("owner", owner, group),
    inUnit: (unit) => snapshot.hasFact("unit", unit, group),
    memberOf: (container) => snapshot.isCloudMember(container, group),
  };
}

/** Whether a group of the snapshot is written back. */
export function decide(snapshot: Snapshot, configuration: Configuration, group: CloudGroup): ScopeVerdict {
  return decideScope(configuration, group, factsOf(snapshot, group.id));
}

/** The owners and administrative units that the selections name. */
export function namedFacts(configuration: Configuration): { owners: ObjectId[]; units: ObjectId[] } {
  const conditions = configuration.selections.flatMap(({ include, exclude }) => [...include, ...exclude]);
  const owners = conditions.flatMap((condition) => (condition.by === "owner" ? condition.owner.id : []));
  const units = conditions.flatMap((condition) =>
    condition.by === "administrativeUnit" ? condition.unit.id : [],
  );
  return { owners: [...new Set(owners)], units: [...new Set(units)] };
}

/** The directory extensions that the selections and the mapping name, by their full names. */
export function namedExtensions({ selections, mapping }: Configuration): string[] {
  return [...new Set(JSON.stringify([selections, mapping]).match(/extension_[0-9a-fA-F]{32}_\w+/g) ?? [])];
}
