import type { Connection } from "#lib/directory/connection.ts";
import type { DirectoryMember, DirectoryReference } from "#lib/directory/directory.ts";
import { guidOf, readDn, sidOf } from "#lib/directory/entry.ts";
import { any, named } from "#lib/directory/filter.ts";
import { searchAll } from "#lib/directory/search.ts";

/** How many references one search asks for: few enough for AD to use its indexes for each. */
const batchSize = 100;

/** `list` cut into pieces of at most `size`. */
export function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

/** Equal for references that name the same object in the same way. */
export function referenceKey(reference: DirectoryReference): string {
  return reference.by === "sid" ? reference.sid : reference.guid;
}

/**
 * The objects of this domain that the references name, in the order asked for; null where there is none. An
 * object of another domain of the forest is not found, since a domain controller searches its own domain.
 */
export async function resolve(
  connection: Connection,
  references: readonly DirectoryReference[],
): Promise<readonly (DirectoryMember | null)[]> {
  const found = new Map<string, DirectoryMember>();
  for (const batch of chunks(references, batchSize)) {
    const entries = await connection.run((client, root) =>
      searchAll(client, {
        base: root.baseDn,
        scope: "sub",
        filter: any(...batch.map(named)),
        attributes: ["objectGUID", "objectSid"],
      }),
    );
    for (const entry of entries) {
      const member = { guid: guidOf(entry), sid: sidOf(entry), dn: readDn(entry.dn) };
      found.set(member.guid, member);
      if (member.sid !== null) found.set(member.sid, member);
    }
  }
  return references.map((reference) => found.get(referenceKey(reference)) ?? null);
}
