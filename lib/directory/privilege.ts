import type { Entry, Filter } from "ldapts";
import { sidBytes } from "#lib/directory/binary.ts";
import type { Connection } from "#lib/directory/connection.ts";
import { guidOf, sidOf, values } from "#lib/directory/entry.ts";
import { all, any, equals } from "#lib/directory/filter.ts";
import { chunks } from "#lib/directory/resolve.ts";
import { readEntry, searchAll } from "#lib/directory/search.ts";
import type { Guid, Sid } from "#lib/model/identifier.ts";
import { sid as sidSchema } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";

/** What must be read of a group to know whether it is privileged. */
export const privilegeAttributes = ["adminCount", "isCriticalSystemObject"];

/** The relative ids below this are the domain's own (MS-SAMR 3.1.1.9.1: new accounts get 1000 and more). */
const firstOwnRid = 1000;

/**
 * Whether the group belongs to the system or is protected by it: adminCount is 1 (AdminSDHolder, MS-ADTS
 * 3.1.1.6.1), its SID is built-in or well-known, or it is marked as critical.
 */
export function isPrivileged(entry: Entry, sid: Sid): boolean {
  const rid = Number(sid.slice(sid.lastIndexOf("-") + 1));
  return (
    values(entry, "adminCount")[0] === "1" ||
    values(entry, "isCriticalSystemObject")[0]?.toUpperCase() === "TRUE" ||
    sid.startsWith("S-1-5-32-") ||
    rid < firstOwnRid
  );
}

/** Built-in groups with rights over domain controllers or the directory (MS-DTYP 2.4.2.4). */
const builtIn = [544, 548, 549, 550, 551, 552, 556, 557, 562, 569, 574, 578, 580];
/** The same of the domain's own: administrators, controllers, certificate, schema, policy and key roles. */
const ofDomain = [498, 512, 516, 517, 518, 519, 520, 521, 526, 527];

/**
 * The groups whose members have rights over the directory, and every group that lies in one of them, however deep:
 * who comes into any of these gains the rights.
 */
export async function privilegedGroups(connection: Connection): Promise<ReadonlySet<Guid>> {
  const found = new Set<Guid>();
  const domain = await domainSid(connection);
  const sids = [...builtIn.map((rid) => `S-1-5-32-${rid}`), ...ofDomain.map((rid) => `${domain}-${rid}`)].map(
    (text) => sidSchema.parse(text),
  );
  const known: Filter[] = sids.map((sid) => equals("objectSid", sidBytes(sid)));
  let level = await groupsWith(connection, [equals("adminCount", "1"), ...known]);
  while (level.length > 0) {
    const fresh = level.filter((entry) => !found.has(guidOf(entry)));
    for (const entry of fresh) found.add(guidOf(entry));
    level =
      fresh.length === 0
        ? []
        : await groupsWith(
            connection,
            fresh.map(({ dn }) => equals("memberOf", dn)),
          );
  }
  return found;
}

async function domainSid(connection: Connection): Promise<Sid> {
  const entry = await connection.run((client, root) => readEntry(client, root.baseDn, ["objectSid"]));
  const sid = entry === undefined ? null : sidOf(entry);
  if (sid === null) throw new Failure("E4012", { why: "The domain's own entry has no readable objectSid." });
  return sid;
}

/** How many alternatives one search has. */
const batchSize = 100;

async function groupsWith(connection: Connection, filters: readonly Filter[]): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const batch of chunks(filters, batchSize)) {
    const filter = all(equals("objectCategory", "group"), any(...batch));
    const search = { scope: "sub", filter, attributes: ["objectGUID"] } as const;
    entries.push(
      ...(await connection.run((client, root) => searchAll(client, { base: root.baseDn, ...search }))),
    );
  }
  return entries;
}
