import type { CloudGroup } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import { advanced, type GraphClient } from "#lib/tenant/client.ts";
import { idPage, pageSize } from "#lib/tenant/page.ts";

const filter = "onPremisesSyncBehavior/isCloudManaged eq true";
const path = `/v1.0/groups?$filter=${filter}&$select=id&$count=true&$top=${pageSize}`;

/**
 * Tells groups whose source of authority was moved to the cloud. `onPremisesSyncBehavior` is a navigation that no
 * delta query or `$select` shows; its own address needs a permission to write. So one filtered query names all such
 * groups (entra-docs: “How to audit and monitor Group Source of Authority”), and it is only asked when a group could
 * be one: it has an on-premises SID and is not synced (facts.md 6.9). Graph answers it from an index that is seconds
 * behind.
 */
export class CloudManagedGroups {
  readonly #client: GraphClient;
  readonly #signal: AbortSignal;
  #ids: Promise<ReadonlySet<ObjectId>> | undefined;

  constructor(client: GraphClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** The groups with `cloudManaged` as it is. Throws E3001 to E3009. */
  async tell(groups: readonly CloudGroup[]): Promise<readonly CloudGroup[]> {
    if (!groups.some(couldBe)) return groups;
    this.#ids ??= this.#read();
    const ids = await this.#ids;
    return groups.map((group) => ({ ...group, cloudManaged: couldBe(group) && ids.has(group.id) }));
  }

  async #read(): Promise<ReadonlySet<ObjectId>> {
    const ids = new Set<ObjectId>();
    for await (const page of this.#client.pages(path, idPage, this.#signal, advanced))
      for (const { id } of page.value) ids.add(id);
    return ids;
  }
}

function couldBe({ sid, synced }: CloudGroup): boolean {
  return sid !== null && !synced;
}
