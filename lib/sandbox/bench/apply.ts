import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportPlan } from "#lib/agent/export.ts";
import { ldapmodify, ldapsearch } from "#lib/directory/contract/ldap-tools.ts";
import type { Subject } from "#lib/directory/contract/subject.ts";
import { connectDirectory } from "#lib/directory/ldap.ts";
import { readAnchor } from "#lib/plan/anchor.ts";
import { AppliedWork } from "#lib/sandbox/bench/applied-work.ts";
import type { Benchmark, Extent, Measured } from "#lib/sandbox/bench/benchmark.ts";
import { Domain } from "#lib/sandbox/bench/domain.ts";
import { measurePairs, seconds, timed } from "#lib/sandbox/bench/pairs.ts";
import { cyclePorts, type Parts, refusing } from "#lib/sandbox/bench/ports.ts";
import { Snapshot } from "#lib/store/snapshot.ts";
import { SqliteStore } from "#lib/store/sqlite.ts";
import type { Tenant } from "#lib/tenant/tenant.ts";

/** Groups at scale 1, and the people that their members are drawn from: each person is in 50 groups. */
const groups = 5000;

/**
 * A plan's export to a domain controller, its outcomes recorded, against OpenLDAP's `ldapmodify` with the same
 * operations from LDIF over one connection. Both begin by connecting and signing in.
 */
export const apply: Benchmark = { name: "apply", run };

async function run({ pairs, scale, tell }: Extent): Promise<readonly Measured[]> {
  const count = Math.max(1, Math.round(groups * scale));
  tell(`apply: making a domain with ${count} people …`);
  const domain = await Domain.make(count);
  try {
    const work = new AppliedWork(count, domain.target, domain.people);
    const ldif = work.ldif();
    const measured = await measurePairs(
      pairs,
      {
        product: () =>
          domain.use((samba) => checked(samba, domain, work, () => exported(samba, domain, work))),
        baseline: () =>
          domain.use((samba) =>
            checked(samba, domain, work, () => seconds(() => ldapmodify(samba.access, ldif))),
          ),
      },
      ({ product, baseline }) =>
        tell(`apply: product ${product.toFixed(1)} s, ldapmodify ${baseline.toFixed(1)} s`),
    );
    return [{ name: "apply", goal: 1.1, unit: "s", pairs: measured }];
  } finally {
    await domain.remove();
  }
}

/** How long the product takes for both plans: to sign in, to write, and to record what became of each change. */
async function exported({ credentials, url }: Subject, domain: Domain, work: AppliedWork): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "bench-agent-"));
  const store = new SqliteStore(join(folder, "agent.sqlite"));
  const snapshot = new Snapshot(join(folder, "snapshot.sqlite"));
  const connected = await timed(() => connectDirectory(credentials, { url }));
  const ports: Parts = { tenant: refusing<Tenant>("tenant"), directory: connected.result, store, snapshot };
  const perform = async (changes: ReturnType<AppliedWork["first"]>) => {
    const prepared = await cyclePorts(ports, domain.target, changes);
    const { result: failed, took } = await timed(() => exportPlan(prepared));
    if (failed > 0) throw new Error(`${failed} changes failed`);
    return took;
  };
  try {
    const first = await perform(work.first());
    for await (const group of ports.directory.groups()) {
      const anchor = readAnchor(group.attributes, null);
      if (anchor.state === "one") snapshot.putDirectoryGroups([{ ...group, anchor: anchor.id }]);
    }
    const second = await perform(work.second());
    return connected.took + first + second;
  } finally {
    await ports.directory.close();
    await store.close();
    snapshot.close();
    await rm(folder, { recursive: true });
  }
}

/** Measures, and then makes sure that the directory holds every membership that the work is to make. */
async function checked(
  samba: Subject,
  domain: Domain,
  work: AppliedWork,
  measure: () => Promise<number>,
): Promise<number> {
  const took = await measure();
  const found = await ldapsearch(samba.access, domain.target, "(objectClass=group)", ["member"]);
  const memberships = found.match(/^member:/gm)?.length ?? 0;
  if (memberships === work.memberships) return took;
  throw new Error(`the directory has ${memberships} memberships instead of ${work.memberships}`);
}
