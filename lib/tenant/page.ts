import { z } from "zod";
import { objectId } from "#lib/model/identifier.ts";

/** Graph's largest page (facts.md 6.3). */
export const pageSize = 999;

/** A page of Graph's collections and delta queries. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    value: z.array(item),
    "@odata.nextLink": z.url().optional(),
    "@odata.deltaLink": z.url().optional(),
  });
}

/** A page of objects of which only the id was asked for. */
export const idPage = pageOf(z.object({ id: objectId }));

/** An object's removal in a delta answer: `changed` can be restored, `deleted` is gone (facts.md 6.4). */
export const removal = z.object({ reason: z.enum(["changed", "deleted"]) });
