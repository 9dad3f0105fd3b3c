import { z } from "zod";
import { objectId } from "#lib/model/identifier.ts";
import { advanced, type GraphClient } from "#lib/tenant/client.ts";
import { groupAnswer, groupKindOf } from "#lib/tenant/groupAnswer.ts";
import { pageOf } from "#lib/tenant/page.ts";
import type { FoundObject, Tenant } from "#lib/tenant/tenant.ts";

type Kind = Parameters<Tenant["find"]>[0];

const most = 50;

const found = groupAnswer
  .pick({ groupTypes: true, mailEnabled: true, securityEnabled: true, mail: true, description: true })
  .extend({
    id: objectId,
    displayName: z.string().nullish(),
    userPrincipalName: z.string().nullish(),
  });
type Found = z.infer<typeof found>;

const kindNames = {
  microsoft365: "Microsoft 365 group",
  security: "Security group",
  mailEnabledSecurity: "Mail-enabled security group",
  distribution: "Distribution list",
} as const;

const sources: Readonly<
  Record<Kind, { readonly path: string; readonly select: string; readonly detail: (answer: Found) => string }>
> = {
  group: {
    path: "/v1.0/groups",
    select: "id,displayName,mail,groupTypes,mailEnabled,securityEnabled",
    detail: (answer) => [kindNames[groupKindOf(answer)], answer.mail ?? ""].filter(Boolean).join(", "),
  },
  user: {
    path: "/v1.0/users",
    select: "id,displayName,userPrincipalName",
    detail: ({ userPrincipalName }) => userPrincipalName ?? "",
  },
  administrativeUnit: {
    path: "/v1.0/directory/administrativeUnits",
    select: "id,displayName,description",
    detail: ({ description }) => description ?? "",
  },
};

/**
 * Up to 50 objects with words that begin like those of the text, in any order (graph-docs:
 * concepts/search-query-parameter.md); a text without letters and digits has no words for Graph, so that names
 * beginning with it are looked for. Any objects for an empty text. By name.
 */
export async function findObjects(
  client: GraphClient,
  kind: Kind,
  text: string,
  signal: AbortSignal,
): Promise<readonly FoundObject[]> {
  const { path, select, detail } = sources[kind];
  const query = `$select=${select}&$top=${most}${condition(text.trim())}`;
  const { value } = await client.get(`${path}?${query}`, pageOf(found), signal, advanced);
  return value
    .map((answer) => ({
      id: answer.id,
      displayName: answer.displayName ?? "",
      detail: detail(answer),
    }))
    .sort((left, right) => left.displayName.localeCompare(right.displayName));
}

function condition(text: string): string {
  if (text === "") return "";
  if (!/[\p{L}\p{N}]/u.test(text)) {
    // OData: a quote within a string is doubled.
    return `&$filter=${encodeURIComponent(`startswith(displayName,'${text.replaceAll("'", "''")}')`)}`;
  }
  const escaped = text.replaceAll(/["\\]/g, "\\$&");
  return `&$search=${encodeURIComponent(`"displayName:${escaped}"`)}`;
}
