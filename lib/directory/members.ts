import type { Entry } from "ldapts";
import type { Connection } from "#lib/directory/connection.ts";
import { ExtendedDnControl } from "#lib/directory/controls.ts";
import type { DirectoryMember } from "#lib/directory/directory.ts";
import { values } from "#lib/directory/entry.ts";
import { readExtendedDn } from "#lib/directory/extended-dn.ts";
import { readEntry } from "#lib/directory/search.ts";
import type { Guid } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";

/** How many values AD gives out at once (MaxValRange, MS-ADTS 3.1.1.3.4.6). */
const windowSize = 1500;

/** Some members, and where the next window begins; null when these were the last. */
export type Window = { readonly members: readonly string[]; readonly next: number | null };

/**
 * The window that an answer holds (range retrieval, MS-ADTS 3.1.1.3.1.3.3). AD names the range that it gave,
 * with `*` at the end of the list; ldapts adds the names that were asked for and not answered, with no values.
 */
export function windowOf(entry: Entry, start: number): Window {
  for (const name of Object.keys(entry)) {
    const range = /^member;range=(\d+)-(\d+|\*)$/i.exec(name);
    const members = values(entry, name);
    if (range === null || members.length === 0) continue;
    const next = range[2] === "*" ? null : Number(range[1]) + members.length;
    return { members, next };
  }
  // A server without ranges gives all members under the plain name.
  return { members: start === 0 ? values(entry, "member") : [], next: null };
}

/** All direct members of the group, window by window. Throws E4013 when the group is gone. */
export async function* members(connection: Connection, group: Guid): AsyncGenerator<DirectoryMember> {
  for (let start: number | null = 0; start !== null; ) {
    const from: number = start;
    const attribute = `member;range=${from}-${from + windowSize - 1}`;
    const entry = await connection.run((client) =>
      readEntry(client, `<GUID=${group}>`, [attribute], [new ExtendedDnControl()]),
    );
    if (entry === undefined) {
      throw new Failure("E4013", { why: `The group with the objectGUID ${group} does not exist any more.` });
    }
    const window = windowOf(entry, from);
    yield* window.members.map(readExtendedDn);
    start = window.next;
  }
}
