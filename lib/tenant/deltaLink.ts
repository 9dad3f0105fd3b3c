import { Failure } from "#lib/model/problem.ts";
import type { DeltaLink } from "#lib/tenant/tenant.ts";

/**
 * A delta link that remembers which properties it tracks: Graph hides them in the token, and goes on answering with
 * those of the first request whatever is wanted by now. They stand in the link's fragment, which is never sent.
 */
export function rememberSelect(link: string, select: string): DeltaLink {
  return `${link}#${select}` as DeltaLink;
}

/** The link to ask with. Throws E3010 when it tracks other properties than are wanted now: only a full read helps. */
export function checkSelect(since: DeltaLink, select: string): string {
  const [link, tracked] = since.split("#");
  if (link !== undefined && tracked === select) return link;
  throw new Failure("E3010", {
    why: "The properties to read are no longer those that the last cycle asked Graph to track.",
  });
}
