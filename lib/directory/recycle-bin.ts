import { Attribute, Change } from "ldapts";
import type { Connection } from "#lib/directory/connection.ts";
import { showDeleted } from "#lib/directory/controls.ts";
import type { DeletedGroup } from "#lib/directory/directory.ts";
import { guidOf, required, values } from "#lib/directory/entry.ts";
import { all, any, equals } from "#lib/directory/filter.ts";
import { searchAll } from "#lib/directory/search.ts";
import { type Dn, parseDn } from "#lib/model/dn.ts";
import type { Guid } from "#lib/model/identifier.ts";

/**
 * Deleted groups that still have this anchor, newest first. Without the Recycle Bin a deleted object keeps next to
 * nothing of itself (MS-ADTS 3.1.1.5.5.1.1), so none is found.
 */
export async function deletedGroups(
  connection: Connection,
  externalDirectoryObjectId: boolean,
  anchor: string,
): Promise<readonly DeletedGroup[]> {
  const anchors = [
    equals("adminDescription", anchor),
    ...(externalDirectoryObjectId ? [equals("msDS-ExternalDirectoryObjectId", anchor)] : []),
  ];
  const entries = await connection.run((client, root) =>
    searchAll(client, {
      base: root.baseDn,
      scope: "sub",
      filter: all(equals("isDeleted", "TRUE"), equals("objectClass", "group"), any(...anchors)),
      attributes: ["objectGUID", "lastKnownParent", "whenChanged"],
      controls: [showDeleted()],
    }),
  );
  return entries
    .map((entry) => ({
      guid: guidOf(entry),
      lastKnownParent: parseDn(values(entry, "lastKnownParent")[0] ?? "") ?? null,
      deletedAt: required(entry, "whenChanged"),
    }))
    .sort((left, right) => (left.deletedAt < right.deletedAt ? 1 : -1));
}

/** Brings a deleted group back (MS-ADTS 3.1.1.5.3.7, undelete): in one modify, to a DN of its own. */
export async function restore(connection: Connection, group: Guid, dn: Dn): Promise<void> {
  await connection.run((client) =>
    client.modify(
      `<GUID=${group}>`,
      [
        new Change({ operation: "delete", modification: new Attribute({ type: "isDeleted", values: [] }) }),
        new Change({
          operation: "replace",
          modification: new Attribute({ type: "distinguishedName", values: [dn] }),
        }),
      ],
      [showDeleted()],
    ),
  );
}
