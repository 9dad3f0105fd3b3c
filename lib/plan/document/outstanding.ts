import type { RecordedChange } from "#lib/model/run.ts";
import type { CurrentDns } from "#lib/plan/document/current-dns.ts";
import { phases } from "#lib/plan/phases.ts";

/** Reads the plan's changes from the beginning, each time it is called. */
export type Changes = () => AsyncIterable<RecordedChange>;

/** The changes that are still to be made, in the order of an export; `dns` is kept at the point that is reached. */
export async function* outstanding(changes: Changes, dns: CurrentDns): AsyncGenerator<RecordedChange> {
  for (const [index, phase] of phases.entries())
    for await (const recorded of changes()) {
      const { change, state } = recorded;
      if (index === 0) dns.mention(change);
      if (!phase.includes(change.kind)) continue;
      dns.make(change);
      if (state !== "applied") yield recorded;
    }
}
