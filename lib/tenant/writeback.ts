import { z } from "zod";
import { type WritebackConfiguration, writebackConfiguration } from "#lib/model/group.ts";
import { type ObjectId, objectId } from "#lib/model/identifier.ts";
import type { GraphClient } from "#lib/tenant/client.ts";
import { pageOf, pageSize } from "#lib/tenant/page.ts";

const configurationPage = pageOf(
  z.object({ id: objectId, writebackConfiguration: writebackConfiguration.nullish() }),
);
const notSet: WritebackConfiguration = { isEnabled: null, onPremisesGroupType: null };

/** Each group's own setting, those that are not set too. Beta only (facts.md 6.5). */
export async function* readWritebackConfigurations(
  client: GraphClient,
  signal: AbortSignal,
): AsyncGenerator<readonly { readonly id: ObjectId; readonly writeback: WritebackConfiguration }[]> {
  const path = `/beta/groups?$select=id,writebackConfiguration&$top=${pageSize}`;
  for await (const page of client.pages(path, configurationPage, signal)) {
    yield page.value.map(({ id, writebackConfiguration: own }) => ({ id, writeback: own ?? notSet }));
  }
}

/** The template Group.Unified (facts.md 6.6). */
const unifiedTemplate = "62375ab9-6b52-47ed-826b-58e47e0e304b";
const settingPage = pageOf(
  z.object({
    templateId: z.string().nullish(),
    values: z.array(z.object({ name: z.string().nullish(), value: z.string().nullish() })),
  }),
);

/** The tenant's NewUnifiedGroupWritebackDefault; true where no setting says otherwise (facts.md 1.4 and 6.6). */
export async function readNewGroupDefault(client: GraphClient, signal: AbortSignal): Promise<boolean> {
  let value: string | null | undefined;
  for await (const page of client.pages("/v1.0/groupSettings", settingPage, signal)) {
    const unified = page.value.find(({ templateId }) => templateId?.toLowerCase() === unifiedTemplate);
    value ??= unified?.values.find(({ name }) => name === "NewUnifiedGroupWritebackDefault")?.value;
  }
  // Every value of a setting is a string; the portal writes "False", scripts "false".
  return value?.toLowerCase() !== "false";
}
