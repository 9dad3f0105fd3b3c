import { z } from "zod";
import type { Principal } from "#lib/model/group.ts";
import { Failure } from "#lib/model/problem.ts";
import {
  cloudGroupOf,
  groupPage,
  groupProperties,
  membersOf,
  organizationPage,
  syncedGroupOf,
  syncedGroupPage,
  userOf,
  userPage,
  userProperties,
} from "#lib/tenant/answers.ts";
import type { GraphClient } from "#lib/tenant/client.ts";
import type { GroupPage, Tenant, TenantDescription } from "#lib/tenant/tenant.ts";

/** Graph's largest page (facts.md 6.3). */
const pageSize = 999;
const forever = new AbortController().signal;
const samplePage = z.object({
  value: z.array(z.object({ id: organizationPage.shape.value.element.shape.id, displayName: z.string() })),
});

/** The tenant as Microsoft Graph v1.0 tells it. */
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

  /** One full round of the delta query, which gives groups and members together (facts.md 6.4). */
  async *groups(signal: AbortSignal): AsyncGenerator<GroupPage> {
    const select = [...groupProperties, "members"].join(",");
    for (let link: string | undefined = `/v1.0/groups/delta?$select=${select}`; link !== undefined; ) {
      const page: z.infer<typeof groupPage> = await this.#client.get(link, groupPage, signal);
      const members = page.value.map(membersOf);
      yield {
        groups: page.value.flatMap((answer) => cloudGroupOf(answer) ?? []),
        removedGroups: page.value.filter((answer) => answer["@removed"] !== undefined).map(({ id }) => id),
        members: members.flatMap(({ added }) => added),
        removedMembers: members.flatMap(({ removed }) => removed),
      };
      link = page["@odata.nextLink"];
    }
  }

  async *principals(signal: AbortSignal): AsyncGenerator<readonly Principal[]> {
    for await (const page of this.#pages(
      `/v1.0/users?$select=${userProperties.join(",")}&$top=${pageSize}`,
      userPage,
      signal,
    )) {
      yield page.value.map(userOf);
    }
    // Of groups only those that AD owns have a name there that is not ours to give.
    const select = "id,displayName,onPremisesSecurityIdentifier";
    const path = `/v1.0/groups?$select=${select}&$filter=onPremisesSyncEnabled eq true&$top=${pageSize}`;
    for await (const page of this.#pages(path, syncedGroupPage, signal)) yield page.value.map(syncedGroupOf);
  }

  async *#pages<Page extends { "@odata.nextLink"?: string | undefined }>(
    path: string,
    schema: z.ZodType<Page>,
    signal: AbortSignal,
  ): AsyncGenerator<Page> {
    for (let link: string | undefined = path; link !== undefined; ) {
      const page: Page = await this.#client.get(link, schema, signal);
      yield page;
      link = page["@odata.nextLink"];
    }
  }
}
