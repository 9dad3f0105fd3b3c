import type { Client, Control, Entry, Filter } from "ldapts";
import type { Connection } from "#lib/directory/connection.ts";
import { binaryAttributes, guidOf } from "#lib/directory/entry.ts";
import { resultCode } from "#lib/directory/problem.ts";

export type Search = {
  readonly base: string;
  readonly scope: "one" | "sub";
  readonly filter: Filter;
  readonly attributes: readonly string[];
  readonly controls?: readonly Control[];
};

/** AD gives out 1,000 entries at once (MaxPageSize, MS-ADTS 3.1.1.3.4.6); smaller pages flow more evenly. */
const pageSize = 500;

/** The entry itself, or undefined when there is none that the account may see. */
export async function readEntry(
  client: Client,
  dn: string,
  attributes: readonly string[],
  controls: Control[] = [],
): Promise<Entry | undefined> {
  try {
    const options = {
      scope: "base" as const,
      attributes: [...attributes],
      explicitBufferAttributes: binaryAttributes,
    };
    return (await client.search(dn, options, controls)).searchEntries[0];
  } catch (error) {
    if (resultCode(error) === 32) return undefined;
    throw error;
  }
}

function options(search: Search) {
  return {
    scope: search.scope,
    filter: search.filter,
    attributes: [...search.attributes],
    explicitBufferAttributes: binaryAttributes,
    paged: { pageSize },
  };
}

/** All entries that the search finds, in memory. */
export async function searchAll(client: Client, search: Search): Promise<readonly Entry[]> {
  return (await client.search(search.base, options(search), [...(search.controls ?? [])])).searchEntries;
}

/**
 * The entries that the search finds, page by page: the next page is asked for when the one before it is used up.
 * A search that loses its connection begins anew and leaves out what it gave already, so `objectGUID` must be
 * among the attributes.
 */
export async function* searchStream(
  connection: Connection,
  searchIn: (root: { readonly baseDn: string }) => Search,
): AsyncGenerator<Entry> {
  const given = new Set<string>();
  let pages: AsyncGenerator<{ searchEntries: Entry[] }> | undefined;
  let owner: Client | undefined;
  for (;;) {
    const page = await connection.run((client, root) => {
      if (pages === undefined || owner !== client) {
        const search = searchIn(root);
        pages = client.searchPaginated(search.base, options(search), [...(search.controls ?? [])]);
        owner = client;
      }
      return pages.next();
    });
    if (page.done) return;
    for (const entry of page.value.searchEntries) {
      const guid = guidOf(entry);
      if (given.has(guid)) continue;
      given.add(guid);
      yield entry;
    }
  }
}
