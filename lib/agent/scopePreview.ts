import { decide, namedExtensions } from "#lib/agent/decisions.ts";
import { importSettings } from "#lib/agent/importSettings.ts";
import type { Configuration } from "#lib/model/configuration.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Answer } from "#lib/model/messages.ts";
import type { SkipReason } from "#lib/model/plan.ts";
import { duplicateNames, groupDn } from "#lib/plan/naming.ts";
import { Snapshot } from "#lib/store/snapshot.ts";
import type { Tenant } from "#lib/tenant/tenant.ts";

/** Milliseconds for which the tenant's groups are not read again while an admin edits rules. */
const freshFor = 60_000;
/** How many groups a preview names. */
const shown = 100;

/** What a configuration would write back, asked while it is being edited and before any cycle has run. */
export class ScopePreview {
  readonly #tenant: Tenant;
  /** The tenant's groups as they were read last, apart from what the cycles know. */
  readonly #groups = new Snapshot("");
  #read: { at: number; extensions: string } | undefined;

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  async of(configuration: Configuration, signal: AbortSignal): Promise<Answer<"previewScope">> {
    await this.#refresh(configuration, signal);
    await this.#readFacts(configuration, signal);
    const leftOut = new Map<SkipReason, number>();
    const groups: Answer<"previewScope">["groups"] = [];
    const names: { id: ObjectId; dn: ReturnType<typeof groupDn> }[] = [];
    let examined = 0;
    for (const { group } of this.#groups.cloudGroups()) {
      examined++;
      const verdict = decide(this.#groups, configuration, group);
      if (!verdict.inScope) {
        leftOut.set(verdict.reason, (leftOut.get(verdict.reason) ?? 0) + 1);
        continue;
      }
      const dn = groupDn(configuration, group, verdict.target);
      names.push({ id: group.id, dn });
      const { id, displayName, kind } = group;
      const selection = verdict.selection?.name ?? null;
      if (groups.length < shown) groups.push({ id, displayName, kind, becomes: verdict.type, dn, selection });
    }
    const nameOf = (id: ObjectId) => this.#groups.cloudGroup(id)?.displayName ?? id;
    const dns = new Map(names.map(({ id, dn }) => [id, dn]));
    return {
      total: names.length,
      examined,
      groups,
      leftOut: [...leftOut].map(([reason, count]) => ({ reason, count })),
      sameName: [...duplicateNames(names).values()].flatMap((ids) => {
        const [first] = ids;
        const dn = first === undefined ? undefined : dns.get(first);
        return dn === undefined ? [] : [{ dn, groups: ids.map(nameOf) }];
      }),
    };
  }

  close(): void {
    this.#groups.close();
  }

  async #refresh(configuration: Configuration, signal: AbortSignal): Promise<void> {
    const extensions = namedExtensions(configuration);
    const key = extensions.join();
    if (this.#read !== undefined && this.#read.extensions === key && Date.now() - this.#read.at < freshFor)
      return;
    this.#groups.clear();
    for await (const page of this.#tenant.groupList(signal, extensions)) this.#groups.putCloudGroups(page);
    this.#read = { at: Date.now(), extensions: key };
  }

  async #readFacts(configuration: Configuration, signal: AbortSignal): Promise<void> {
    await importSettings(this.#tenant, this.#groups, configuration, signal);
    for (const pilot of pilotGroups(configuration)) {
      for await (const page of this.#tenant.groupMembers(pilot, signal))
        this.#groups.putCloudMembers(
          page.map(({ principal }) => ({ group: pilot, member: principal.id, kind: principal.kind })),
        );
    }
  }
}

function pilotGroups({ selections }: Configuration): ObjectId[] {
  return selections
    .flatMap(({ include, exclude }) => [...include, ...exclude])
    .flatMap((condition) => (condition.by === "memberOf" ? condition.group.id : []));
}
