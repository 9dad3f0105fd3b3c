import { z } from "zod";
import type { Connection } from "#lib/directory/connection.ts";
import { showDeleted } from "#lib/directory/controls.ts";
import type { DirectoryChange, DirectoryCookie, GroupQuery } from "#lib/directory/directory.ts";
import { guidOf, values } from "#lib/directory/entry.ts";
import { all, atLeast, equals } from "#lib/directory/filter.ts";
import { groupAttributes, readGroup } from "#lib/directory/groups.ts";
import type { Root } from "#lib/directory/root.ts";
import { readEntry, searchStream } from "#lib/directory/search.ts";
import { Failure } from "#lib/model/problem.ts";

/**
 * Update sequence numbers count the changes of one domain controller's database (MS-ADTS 3.1.1.1.9); the invocation
 * id names that database, and is another one after a restore.
 */
const position = z.object({ invocationId: z.string().min(1), usn: z.string().regex(/^\d+$/) });

/** The database that the connection leads to; an empty id where the account may not read it. */
async function invocationOf(connection: Connection): Promise<{ root: Root; invocationId: string }> {
  return connection.run(async (client, root) => {
    const entry = await readEntry(client, root.serviceDn, ["invocationId"]);
    const id = entry === undefined ? "" : Buffer.from(values(entry, "invocationId")[0] ?? "").toString("hex");
    return { root, invocationId: id };
  });
}

function cookieAt(invocationId: string, usn: string): DirectoryCookie {
  return JSON.stringify({ invocationId, usn }) as DirectoryCookie;
}

/**
 * Where a query for changes would begin: at the last change that there was when the connection was made. Where the
 * database can't be told, it is a cookie that `changes` refuses.
 */
export async function cookie(connection: Connection): Promise<DirectoryCookie> {
  const { root, invocationId } = await invocationOf(connection);
  return cookieAt(invocationId, root.highestCommittedUsn);
}

/**
 * What changed among the domain's groups since the cookie, by uSNChanged, which any account may ask for (DirSync
 * needs the right to replicate). It does not tell which members changed, so a changed group's are to be read anew.
 * E4015 when the domain controller's database is another one.
 */
export async function* changes(
  connection: Connection,
  since: DirectoryCookie,
  query: GroupQuery,
): AsyncGenerator<DirectoryChange> {
  const from = position.safeParse(JSON.parse(since));
  const { root, invocationId } = await invocationOf(connection);
  if (!from.success || from.data.invocationId !== invocationId) throw new Failure("E4015");
  if (BigInt(from.data.usn) > BigInt(root.highestCommittedUsn)) throw new Failure("E4015");
  const entries = searchStream(connection, ({ baseDn }) => ({
    base: baseDn,
    scope: "sub",
    filter: all(equals("objectClass", "group"), atLeast("uSNChanged", String(BigInt(from.data.usn) + 1n))),
    attributes: ["isDeleted", ...groupAttributes(query)],
    controls: [showDeleted()],
  }));
  for await (const entry of entries) {
    const guid = guidOf(entry);
    if (values(entry, "isDeleted")[0]?.toUpperCase() === "TRUE") yield { kind: "deleted", guid };
    else {
      yield { kind: "group", group: readGroup(entry, query) };
      yield { kind: "members", group: guid };
    }
  }
  yield { kind: "cookie", cookie: cookieAt(invocationId, root.highestCommittedUsn) };
}
