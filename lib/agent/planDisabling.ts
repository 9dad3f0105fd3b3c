import { Collector } from "#lib/agent/collector.ts";
import type { CyclePorts } from "#lib/agent/cycle.ts";
import { isBelow } from "#lib/model/dn.ts";
import { deletion, release } from "#lib/plan/difference.ts";
import { targetsOf } from "#lib/plan/scope.ts";

/** Plans the end of group writeback: every written-back group is released from the cloud, or deleted. */
export async function planDisabling(ports: CyclePorts): Promise<void> {
  const { snapshot, record } = ports;
  const { configuration, disable } = record.run;
  const plan = new Collector(ports);
  const targets = targetsOf(configuration);
  for (const group of snapshot.directoryGroups()) {
    const { anchor } = group;
    if (anchor === null || !targets.some((target) => isBelow(group.dn, target))) continue;
    const change =
      disable === "delete"
        ? deletion(
            anchor,
            group,
            "Group writeback is being disabled.",
            snapshot.directoryMembersNamed(group.guid),
          )
        : release(anchor, group);
    await plan.change([change], group);
    await plan.group({
      anchor,
      name: change.name,
      dn: group.dn,
      members: disable === "delete" ? 0 : snapshot.countDirectoryMembers(anchor),
      skip: null,
      skippedMembers: [],
      takenOverFrom: null,
    });
  }
  await plan.flush();
}
