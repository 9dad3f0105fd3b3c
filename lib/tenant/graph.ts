import { z } from "zod";
import { type ObjectId, objectId } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";
import type { GraphClient } from "#lib/tenant/client.ts";
import { findObjects } from "#lib/tenant/find.ts";
import { readGroup, readGroupList, readGroups, readSoftDeletedGroups } from "#lib/tenant/groups.ts";
import { pageOf } from "#lib/tenant/page.ts";
import { readGroupMembers, readPrincipals } from "#lib/tenant/principals.ts";
import { readOwnedGroups, readUnitGroups } from "#lib/tenant/selections.ts";
import type { DeltaLink, GroupRequest, Tenant, TenantDescription } from "#lib/tenant/tenant.ts";
import { readNewGroupDefault, readWritebackConfigurations } from "#lib/tenant/writeback.ts";

const forever = new AbortController().signal;
const samplePage = pageOf(z.object({ id: objectId, displayName: z.string() }));
const organizationPage = pageOf(
  z.object({
    id: objectId,
    displayName: z.string(),
    verifiedDomains: z.array(z.object({ name: z.string(), isDefault: z.boolean().nullish() })),
  }),
);

/** The tenant as Microsoft Graph tells it: v1.0, and beta where v1.0 lacks something. */
export class GraphTenant implements Tenant {
  readonly #client: GraphClient;

  constructor(client: GraphClient) {
    this.#client = client;
  }

  async describe(): Promise<TenantDescription> {
    const [organizations, samples] = await Promise.all([
      this.#client.get(
        "/v1.0/organization?$select=id,displayName,verifiedDomains",
        organizationPage,
        forever,
      ),
      this.#client.get("/v1.0/groups?$select=id,displayName&$top=20", samplePage, forever),
    ]);
    const organization = organizations.value[0];
    if (organization === undefined)
      throw new Failure("E3008", { why: "Graph names no organization for this tenant." });
    const { id, displayName, verifiedDomains } = organization;
    const domain = verifiedDomains.find(({ isDefault }) => isDefault) ?? verifiedDomains[0];
    return { id, displayName, defaultDomain: domain?.name ?? "", sampleGroups: samples.value.slice(0, 3) };
  }

  groups(signal: AbortSignal, request: GroupRequest = {}) {
    return readGroups(this.#client, signal, request);
  }

  principals(signal: AbortSignal, since?: DeltaLink) {
    return readPrincipals(this.#client, signal, since);
  }

  groupList(signal: AbortSignal, extensions: readonly string[] = []) {
    return readGroupList(this.#client, signal, extensions);
  }

  group(id: ObjectId, signal: AbortSignal, extensions: readonly string[] = []) {
    return readGroup(this.#client, id, signal, extensions);
  }

  groupMembers(id: ObjectId, signal: AbortSignal) {
    return readGroupMembers(this.#client, id, signal);
  }

  writebackConfigurations(signal: AbortSignal) {
    return readWritebackConfigurations(this.#client, signal);
  }

  newUnifiedGroupWritebackDefault(signal: AbortSignal) {
    return readNewGroupDefault(this.#client, signal);
  }

  softDeletedGroups(signal: AbortSignal) {
    return readSoftDeletedGroups(this.#client, signal);
  }

  ownedGroups(owner: ObjectId, signal: AbortSignal) {
    return readOwnedGroups(this.#client, owner, signal);
  }

  administrativeUnitGroups(unit: ObjectId, signal: AbortSignal) {
    return readUnitGroups(this.#client, unit, signal);
  }

  find(kind: Parameters<Tenant["find"]>[0], search: string, signal: AbortSignal) {
    return findObjects(this.#client, kind, search, signal);
  }
}
