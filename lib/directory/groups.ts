import type { Entry } from "ldapts";
import type { Connection } from "#lib/directory/connection.ts";
import type { DirectoryGroup, DirectoryReference, GroupQuery } from "#lib/directory/directory.ts";
import { guidOf, readDn, sidOf, values } from "#lib/directory/entry.ts";
import { all, any, equals, isSet, named, startsWith } from "#lib/directory/filter.ts";
import { isPrivileged, privilegeAttributes } from "#lib/directory/privilege.ts";
import { searchAll, searchStream } from "#lib/directory/search.ts";
import { Failure } from "#lib/model/problem.ts";

/** The attributes that a cycle compares. Members are read apart, since there may be very many. */
const compared = [
  "cn",
  "displayName",
  "description",
  "groupType",
  "sAMAccountName",
  "mail",
  "adminDescription",
  "msDS-ExternalDirectoryObjectId",
];

/** What is compared of each group, with what the query asks for beside it. */
function comparedBy({ attributes = [], takeOverAttribute = null }: GroupQuery): string[] {
  return [
    ...new Set([...compared, ...attributes, ...(takeOverAttribute === null ? [] : [takeOverAttribute])]),
  ];
}

/** The attributes to ask for so that `readGroup` can read a group. */
export function groupAttributes(query: GroupQuery): string[] {
  return [...new Set(["objectGUID", "objectSid", ...privilegeAttributes, ...comparedBy(query)])];
}

/** The group that an entry describes. E4012 when it has no SID, as every group of AD does. */
export function readGroup(entry: Entry, query: GroupQuery): DirectoryGroup {
  const sid = sidOf(entry);
  if (sid === null) throw new Failure("E4012", { why: `The group ${entry.dn} has no readable objectSid.` });
  return {
    guid: guidOf(entry),
    sid,
    dn: readDn(entry.dn),
    attributes: Object.fromEntries(comparedBy(query).map((name) => [name, values(entry, name)])),
    privileged: isPrivileged(entry, sid),
  };
}

/** Every group of the domain that carries an anchor (facts.md 4.2), page by page. */
export async function* groups(
  connection: Connection,
  externalDirectoryObjectId: boolean,
  query: GroupQuery,
): AsyncGenerator<DirectoryGroup> {
  const { takeOverAttribute = null } = query;
  const anchored = [
    startsWith("adminDescription", "Group_"),
    ...(externalDirectoryObjectId ? [startsWith("msDS-ExternalDirectoryObjectId", "Group_")] : []),
    ...(takeOverAttribute === null ? [] : [isSet(takeOverAttribute)]),
  ];
  const entries = searchStream(connection, (root) => ({
    base: root.baseDn,
    scope: "sub",
    filter: all(equals("objectCategory", "group"), any(...anchored)),
    attributes: groupAttributes(query),
  }));
  for await (const entry of entries) yield readGroup(entry, query);
}

/** One group of the domain, or null. */
export async function group(
  connection: Connection,
  reference: DirectoryReference,
  query: GroupQuery,
): Promise<DirectoryGroup | null> {
  const [entry] = await connection.run((client, root) =>
    searchAll(client, {
      base: root.baseDn,
      scope: "sub",
      filter: all(equals("objectCategory", "group"), named(reference)),
      attributes: groupAttributes(query),
    }),
  );
  return entry === undefined ? null : readGroup(entry, query);
}
