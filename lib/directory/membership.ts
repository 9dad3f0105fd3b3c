import { Attribute, Change, type Client, ResultCodeError } from "ldapts";
import type { Connection } from "#lib/directory/connection.ts";
import { permissiveModify, permissiveModifyOid } from "#lib/directory/controls.ts";
import type { DirectoryReference } from "#lib/directory/directory.ts";
import { values } from "#lib/directory/entry.ts";
import { named } from "#lib/directory/filter.ts";
import { members } from "#lib/directory/members.ts";
import { diagnostic, resultCode, windowsCode } from "#lib/directory/problem.ts";
import { chunks, referenceKey, resolve } from "#lib/directory/resolve.ts";
import { readEntry, searchAll } from "#lib/directory/search.ts";
import type { Guid } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";

/** How many members one request changes: fast, and far below what AD takes (10 MB, 5,000 values on old forests). */
const chunkSize = 1000;

type Kind = "add" | "delete";

/** The form of a DN that the domain controller resolves itself (MS-ADTS 3.1.1.3.1.2.4). */
function referenceDn(reference: DirectoryReference): string {
  if (reference.by === "mail") throw new RangeError("a contact is resolved before it is written");
  return reference.by === "sid" ? `<SID=${reference.sid}>` : `<GUID=${reference.guid}>`;
}

async function modify(
  connection: Connection,
  group: Guid,
  operation: Kind,
  references: readonly DirectoryReference[],
): Promise<void> {
  const modification = new Attribute({ type: "member", values: references.map(referenceDn) });
  await connection.run((client: Client, root) => {
    const controls = root.controls.has(permissiveModifyOid) ? [permissiveModify()] : [];
    return client.modify(`<GUID=${group}>`, new Change({ operation, modification }), controls);
  });
}

/** Windows error codes (MS-ERREF 2.2) with which AD says that a member does not exist, beside result code 32. */
const nameReferenceInvalid = "000020B5";
/** Literally “invalid group type”, but also what AD says of a SID of its own domain that no object has. */
const invalidGroupType = "00002141";

/** What the error of adding says: some are members already, a member does not exist, or a rule forbids one. */
function reading(error: unknown): "already" | "absent" | "perhapsAbsent" | "forbidden" | "other" {
  const words = error instanceof ResultCodeError ? windowsCode(error) : "";
  switch (resultCode(error)) {
    case 68:
    case 20:
      return "already";
    case 32:
      return "absent";
    case 19:
      return words === nameReferenceInvalid ? "absent" : "forbidden";
    case 53:
      return words === invalidGroupType ? "perhapsAbsent" : "forbidden";
    case 21:
    case 34:
    case 65:
      return "forbidden";
    default:
      return "other";
  }
}

async function assertExists(connection: Connection, group: Guid): Promise<void> {
  const entry = await connection.run((client) => readEntry(client, `<GUID=${group}>`, ["objectGUID"]));
  if (entry !== undefined) return;
  throw new Failure("E4013", { why: `The group with the objectGUID ${group} does not exist any more.` });
}

/** The SIDs and GUIDs of the members that the group has. */
async function present(connection: Connection, group: Guid): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for await (const member of members(connection, group)) {
    keys.add(member.guid);
    if (member.sid !== null) keys.add(member.sid);
  }
  return keys;
}

/** What became of references that could not all be added at once. */
type Outcome = {
  readonly missing: DirectoryReference[];
  readonly forbidden: { reference: DirectoryReference; error: unknown }[];
};

/**
 * Adds what can be added, by halves: each half that the directory takes is done, and one reference alone that it
 * does not take is either missing or forbidden. `found`: this domain is known to have them.
 */
async function addByHalves(
  connection: Connection,
  group: Guid,
  references: readonly DirectoryReference[],
  found: boolean,
  outcome: Outcome,
): Promise<void> {
  if (references.length === 0) return;
  try {
    await modify(connection, group, "add", references);
  } catch (error) {
    const read = reading(error);
    if (read === "other") throw error;
    const [first] = references;
    if (references.length > 1 || first === undefined) {
      const middle = Math.ceil(references.length / 2);
      await addByHalves(connection, group, references.slice(0, middle), found, outcome);
      await addByHalves(connection, group, references.slice(middle), found, outcome);
    } else if (read === "absent" || (read === "perhapsAbsent" && !found)) outcome.missing.push(first);
    else if (read !== "already") outcome.forbidden.push({ reference: first, error });
  }
}

/**
 * Adds a chunk that was refused as a whole: leaves out the members that the group has, and adds those that this
 * domain surely has apart from the others, so that few requests meet the missing ones.
 */
async function addCarefully(
  connection: Connection,
  group: Guid,
  references: readonly DirectoryReference[],
  outcome: Outcome,
): Promise<void> {
  await assertExists(connection, group);
  const there = await present(connection, group);
  const resolved = await resolve(connection, references);
  const known = new Map<string, DirectoryReference>();
  const unknown: DirectoryReference[] = [];
  for (const [index, reference] of references.entries()) {
    const member = resolved[index];
    if (there.has(referenceKey(reference)) || (member && there.has(member.guid))) continue;
    if (member) known.set(member.guid, { by: "guid", guid: member.guid });
    else unknown.push(reference);
  }
  await addByHalves(connection, group, [...known.values()], true, outcome);
  await addByHalves(connection, group, unknown, false, outcome);
}

function forbiddenFailure({ forbidden }: Outcome): Failure {
  const named = forbidden.slice(0, 5).map(({ reference, error }) => {
    const words = error instanceof ResultCodeError ? `: ${diagnostic(error)}` : "";
    return `${referenceKey(reference)}${words}`;
  });
  const more = forbidden.length > named.length ? ` And ${forbidden.length - named.length} more.` : "";
  return new Failure("E4009", {
    why: `A rule of the directory forbids ${forbidden.length} of the members; all others were added. ${named.join(" ")}${more}`,
    cause: forbidden[0]?.error,
  });
}

/** AD resolves SIDs and GUIDs itself; a contact is looked up by its mail address first. */
async function withoutMail(
  connection: Connection,
  references: readonly DirectoryReference[],
  { missing }: Outcome,
): Promise<readonly DirectoryReference[]> {
  const contacts = references.filter(({ by }) => by === "mail");
  if (contacts.length === 0) return references;
  const found = await resolve(connection, contacts);
  for (const [index, contact] of contacts.entries()) if (found[index] == null) missing.push(contact);
  return [
    ...references.filter(({ by }) => by !== "mail"),
    ...found.flatMap((member) => (member === null ? [] : [{ by: "guid", guid: member.guid } as const])),
  ];
}

/** Bit of groupType that makes a group domain local (MS-ADTS 2.2.12, GROUP_TYPE_RESOURCE_GROUP). */
const domainLocal = 4;

/** E4014, when what was forbidden are domain local groups. */
async function localGroupFailure(
  connection: Connection,
  { forbidden }: Outcome,
): Promise<Failure | undefined> {
  const local: string[] = [];
  for (const { reference } of forbidden) {
    const [entry] = await connection.run((client, root) =>
      searchAll(client, {
        base: root.baseDn,
        scope: "sub",
        filter: named(reference),
        attributes: ["groupType"],
      }),
    );
    if (entry !== undefined && (Number(values(entry, "groupType")[0] ?? 0) & domainLocal) !== 0)
      local.push(entry.dn);
  }
  if (local.length === 0) return undefined;
  const [first] = forbidden;
  return new Failure("E4014", {
    why: `Domain local: ${local.join("; ")}. All other members were added.`,
    cause: first?.error,
  });
}

function unique(references: readonly DirectoryReference[]): readonly DirectoryReference[] {
  return [...new Map(references.map((reference) => [referenceKey(reference), reference])).values()];
}

/**
 * Adds members. Those that do not exist in the directory are given back; all others are members afterwards.
 * Throws E4013 when the group is gone, and when a rule forbids some members, the others being added: E4014 for
 * domain local groups, else E4009.
 */
export async function addMembers(
  connection: Connection,
  group: Guid,
  references: readonly DirectoryReference[],
): Promise<readonly DirectoryReference[]> {
  const outcome: Outcome = { missing: [], forbidden: [] };
  const writable = await withoutMail(connection, references, outcome);
  for (const chunk of chunks(unique(writable), chunkSize)) {
    try {
      await modify(connection, group, "add", chunk);
    } catch (error) {
      if (reading(error) === "other") throw error;
      await addCarefully(connection, group, chunk, outcome);
    }
  }
  if (outcome.forbidden.length > 0)
    throw (await localGroupFailure(connection, outcome)) ?? forbiddenFailure(outcome);
  return outcome.missing;
}

/** How often the members are read anew when others change the group at the same time. */
const attempts = 3;

/** Result codes with which a removal says that some are no members, or do not exist any more (21: Samba). */
const noMember = new Set([16, 21, 32, 53]);

async function removeChunk(
  connection: Connection,
  group: Guid,
  chunk: readonly DirectoryReference[],
): Promise<void> {
  let left = chunk;
  for (let attempt = 1; left.length > 0; attempt++) {
    try {
      await modify(connection, group, "delete", left);
      return;
    } catch (error) {
      if (!noMember.has(resultCode(error) ?? 0) || attempt > attempts) throw error;
      const there = await present(connection, group);
      left = left.filter((reference) => there.has(referenceKey(reference)));
    }
  }
}

/** Removes members; those that are none already do not matter. Throws E4013 when the group is gone. */
export async function removeMembers(
  connection: Connection,
  group: Guid,
  references: readonly DirectoryReference[],
): Promise<void> {
  for (const chunk of chunks(unique(references), chunkSize)) await removeChunk(connection, group, chunk);
}
