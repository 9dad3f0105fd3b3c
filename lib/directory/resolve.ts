import type { Connection } from "#lib/directory/connection.ts";
import type { DirectoryMember, DirectoryReference } from "#lib/directory/directory.ts";
import { guidOf, readDn, sidOf, values } from "#lib/directory/entry.ts";
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
  switch (reference.by) {
    case "sid":
      return reference.sid;
    case "guid":
      return reference.guid;
    case "mail":
      return mailKey(reference.mail);
  }
}

/** Mail addresses are compared without case, as AD does. */
function mailKey(mail: string): string {
  return `mail:${mail.toLowerCase()}`;
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
        attributes: ["objectGUID", "objectSid", "mail"],
      }),
    );
    for (const entry of entries) {
      const member = { guid: guidOf(entry), sid: sidOf(entry), dn: readDn(entry.dn) };
      found.set(member.guid, member);
      if (member.sid !== null) found.set(member.sid, member);
      for (const mail of values(entry, "mail")) found.set(mailKey(mail), member);
    }
  }
  return references.map((reference) => found.get(referenceKey(reference)) ?? null);
}
