import type { Connection } from "#lib/directory/connection.ts";
import { guidOf, readDn, values } from "#lib/directory/entry.ts";
import { any, equals } from "#lib/directory/filter.ts";
import { chunks } from "#lib/directory/resolve.ts";
import { searchAll } from "#lib/directory/search.ts";
import { type Dn, dnKey } from "#lib/model/dn.ts";
import type { Guid } from "#lib/model/identifier.ts";

/** How many names one search asks for. */
const batchSize = 50;

type Names = { readonly dns: readonly Dn[]; readonly samAccountNames: readonly string[] };

/** Which of the DNs and sAMAccountNames objects of this domain have, with their objectGUIDs. */
export async function namesTaken(
  connection: Connection,
  { dns, samAccountNames }: Names,
): Promise<{ dns: ReadonlyMap<Dn, Guid>; samAccountNames: ReadonlyMap<string, Guid> }> {
  const atDn = new Map<string, Guid>();
  const withName = new Map<string, Guid>();
  const filters = [
    ...dns.map((dn) => equals("distinguishedName", dn)),
    ...samAccountNames.map((name) => equals("sAMAccountName", name)),
  ];
  for (const batch of chunks(filters, batchSize)) {
    const entries = await connection.run((client, root) =>
      searchAll(client, {
        base: root.baseDn,
        scope: "sub",
        filter: any(...batch),
        attributes: ["objectGUID", "sAMAccountName"],
      }),
    );
    for (const entry of entries) {
      const guid = guidOf(entry);
      atDn.set(dnKey(readDn(entry.dn)), guid);
      for (const name of values(entry, "sAMAccountName")) withName.set(name.toLowerCase(), guid);
    }
  }
  const taken = <Key>(keys: readonly Key[], found: (key: Key) => Guid | undefined) =>
    new Map(
      keys.flatMap((key) => {
        const guid = found(key);
        return guid === undefined ? [] : [[key, guid] as const];
      }),
    );
  return {
    dns: taken(dns, (dn) => atDn.get(dnKey(dn))),
    samAccountNames: taken(samAccountNames, (name) => withName.get(name.toLowerCase())),
  };
}
