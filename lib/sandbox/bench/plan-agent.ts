import { synchronize } from "#lib/agent/synchronize.ts";
import type { Dn } from "#lib/model/dn.ts";
import { cyclePorts, refusing } from "#lib/sandbox/bench/ports.ts";
import { quietDirectory } from "#lib/sandbox/bench/quiet-directory.ts";
import { withState } from "#lib/sandbox/bench/state.ts";
import type { Tenant } from "#lib/tenant/tenant.ts";

/**
 * A process of its own that plans with the snapshot in a file, so that its memory can be told apart:
 * `node plan-agent.ts FILE TARGET`. It prints the plan's counts and its peak memory as one line of JSON.
 */
const [file, target] = process.argv.slice(2);
if (file === undefined || target === undefined) throw new TypeError("usage: plan-agent.ts FILE TARGET");

const counts = await withState(file, async (state) => {
  const parts = { tenant: refusing<Tenant>("tenant"), directory: quietDirectory, ...state };
  const ports = await cyclePorts(parts, target as Dn);
  await synchronize(ports, false);
  return ports.record.run.counts;
});
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ counts, peakMegabytes })}\n`);
