import type { Connection } from "#lib/directory/connection.ts";
import type { DirectoryGroup } from "#lib/directory/directory.ts";
import { guidOf, readDn, sidOf, values } from "#lib/directory/entry.ts";
import { all, any, equals, startsWith } from "#lib/directory/filter.ts";
import { searchStream } from "#lib/directory/search.ts";
import { Failure } from "#lib/model/problem.ts";

/** The attributes that a cycle compares. Members are read apart, since there may be very many. */
const compared = [
  "cn",
  "displayName",
  "description",
  "groupType",
  "sAMAccountName",
  "adminDescription",
  "msDS-ExternalDirectoryObjectId",
];

/** Every group of the domain that carries an anchor (facts.md 4.2), page by page. */
export async function* groups(
  connection: Connection,
  externalDirectoryObjectId: boolean,
): AsyncGenerator<DirectoryGroup> {
  const anchored = externalDirectoryObjectId
    ? any(startsWith("adminDescription", "Group_"), startsWith("msDS-ExternalDirectoryObjectId", "Group_"))
    : startsWith("adminDescription", "Group_");
  const entries = searchStream(connection, (root) => ({
    base: root.baseDn,
    scope: "sub",
    filter: all(equals("objectCategory", "group"), anchored),
    attributes: ["objectGUID", "objectSid", ...compared],
  }));
  for await (const entry of entries) {
    const sid = sidOf(entry);
    if (sid === null) throw new Failure("E4012", { why: `The group ${entry.dn} has no readable objectSid.` });
    yield {
      guid: guidOf(entry),
      sid,
      dn: readDn(entry.dn),
      attributes: Object.fromEntries(compared.map((name) => [name, values(entry, name)])),
    };
  }
}
