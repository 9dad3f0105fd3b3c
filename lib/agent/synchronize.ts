import { Collector } from "#lib/agent/collector.ts";
import type { CyclePorts } from "#lib/agent/cycle.ts";
import { namesNotUnique } from "#lib/agent/names.ts";
import { type Planning, planGroup } from "#lib/agent/planGroup.ts";
import { updateQuarantine } from "#lib/agent/quarantine.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { PlanFacts } from "#lib/plan/guards/guard.ts";

/** A group to compare, and whether it is only the directory's side that changed since both were equal. */
type Work = { readonly anchor: ObjectId; readonly onlyDirectoryChanged: boolean };

/** In an Initial cycle every group, in a Delta cycle those that changed on either side; on demand the one. */
function* worklist({ snapshot, record }: CyclePorts, delta: boolean): Generator<Work> {
  const { only } = record.run;
  if (only !== null) yield { anchor: only, onlyDirectoryChanged: false };
  else if (delta)
    for (const { anchor, tenant } of [...snapshot.dirty()]) yield { anchor, onlyDirectoryChanged: !tenant };
  else for (const anchor of snapshot.anchors()) yield { anchor, onlyDirectoryChanged: false };
}

/** Compares both sides of the snapshot and writes the plan to the store. Gives what the guards want to know. */
export async function synchronize(ports: CyclePorts, delta: boolean): Promise<PlanFacts> {
  const { snapshot, record, directory, store, signal } = ports;
  const { configuration, scheduled } = record.run;
  const plan = new Collector(ports);
  const now = new Date().toISOString();
  // A person who starts a cycle wants to see whether it works now.
  const waiting = scheduled ? (await store.quarantine()).filter(({ nextTryAt }) => nextTryAt > now) : [];
  const planning: Planning = {
    plan,
    externalDirectoryObjectId: (await directory.describe()).externalDirectoryObjectId,
    quarantined: new Set(waiting.map(({ anchor }) => anchor)),
    unmappable: new Map(),
    unnameable: await namesNotUnique(
      ports,
      [...worklist(ports, delta)].map(({ anchor }) => anchor),
    ),
  };
  let settled: ObjectId[] = [];
  let done = 0;
  for (const { anchor, onlyDirectoryChanged } of worklist(ports, delta)) {
    signal.throwIfAborted();
    const { equal, inScope } = await planGroup(ports, planning, anchor, onlyDirectoryChanged);
    if (inScope) plan.counts.groupsInScope++;
    if (equal) settled.push(anchor);
    if (settled.length >= 1000) {
      snapshot.settle(settled);
      settled = [];
    }
    record.progress("synchronize", { done: ++done });
  }
  snapshot.settle(settled);
  if (record.run.mode === "apply") await updateQuarantine(store, new Set(), planning.unmappable, snapshot);
  await plan.flush();
  const { shared, disagreeing } = snapshot.anchorFaults();
  return {
    configuration,
    cloudGroups: snapshot.countCloudGroups(),
    writtenBackGroups: snapshot.countDirectoryGroups(),
    counts: plan.counts,
    names: plan.names,
    sharedAnchors: shared,
    disagreeingAnchors: disagreeing,
    privilegedChanges: plan.privilegedChanges,
    changesOutsideTargets: plan.changesOutsideTargets,
  };
}
