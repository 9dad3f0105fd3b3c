import { Attribute, Change, type Client, ResultCodeError } from "ldapts";
import type { Connection } from "#lib/directory/connection.ts";
import type { AttributeValues } from "#lib/directory/directory.ts";
import { guidOf, values } from "#lib/directory/entry.ts";
import { equals } from "#lib/directory/filter.ts";
import { renamingDn } from "#lib/directory/modify-dn.ts";
import { diagnostic, resultCode } from "#lib/directory/problem.ts";
import type { Root } from "#lib/directory/root.ts";
import { readEntry, searchAll } from "#lib/directory/search.ts";
import { type Dn, parentDn, parseDn } from "#lib/model/dn.ts";
import type { Guid } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";

const anchors = ["adminDescription", "msDS-ExternalDirectoryObjectId"];

function words(error: unknown): string {
  return error instanceof ResultCodeError ? ` The directory's own words: ${diagnostic(error)}` : "";
}

/** Who else has the sAMAccountName; it must be unique in the domain (MS-ADTS 3.1.1.5.2.2, MS-SAMR 3.1.1.8.4). */
async function holderOf(
  client: Client,
  root: Root,
  attributes: AttributeValues,
): Promise<string | undefined> {
  const name = attributes.sAMAccountName?.[0];
  if (name === undefined) return undefined;
  const filter = equals("sAMAccountName", name);
  const found = await searchAll(client, { base: root.baseDn, scope: "sub", filter, attributes: ["1.1"] });
  return found[0]?.dn;
}

/** E4007 that names what has the name. */
async function taken(client: Client, root: Root, dn: Dn, attributes: AttributeValues, error: unknown) {
  const atDn = await readEntry(client, dn, ["objectClass"]);
  const holder = atDn ? undefined : await holderOf(client, root, attributes);
  const kind = atDn ? (values(atDn, "objectClass").at(-1) ?? "object") : "";
  const why = atDn
    ? `There is already another ${kind} at ${dn}, without this group's anchor.`
    : holder
      ? `The sAMAccountName ${attributes.sAMAccountName?.[0]} belongs to ${holder}.`
      : `${dn} cannot be created: a name of it is taken by an object that the account may not see.`;
  return new Failure("E4007", { why: why + words(error), cause: error });
}

/** The group at `dn` that carries the same anchor as `attributes`, or undefined. */
async function ownGroup(client: Client, dn: Dn, attributes: AttributeValues): Promise<Guid | undefined> {
  const entry = await readEntry(client, dn, ["objectGUID", "objectClass", ...anchors]);
  if (entry === undefined || !values(entry, "objectClass").includes("group")) return undefined;
  const own = anchors.some((name) => {
    const anchor = attributes[name]?.[0];
    return anchor !== undefined && values(entry, name).includes(anchor);
  });
  return own ? guidOf(entry) : undefined;
}

/**
 * Creates a group. One that is already there with the same anchor is the outcome of an earlier try, and its
 * GUID is given. Throws E4007 when another object has the DN or the sAMAccountName.
 */
export async function create(connection: Connection, dn: Dn, attributes: AttributeValues): Promise<Guid> {
  const set = Object.entries(attributes).filter(([, list]) => list.length > 0);
  const entry = set.map(([type, list]) => new Attribute({ type, values: [...list] }));
  entry.unshift(new Attribute({ type: "objectClass", values: ["top", "group"] }));
  return await connection.run(async (client, root) => {
    try {
      await client.add(dn, entry);
    } catch (error) {
      if (resultCode(error) !== 68) throw error;
      const own = await ownGroup(client, dn, attributes);
      if (own !== undefined) return own;
      throw await taken(client, root, dn, attributes, error);
    }
    const created = await readEntry(client, dn, ["objectGUID"]);
    if (created !== undefined) return guidOf(created);
    throw new Failure("E4013", {
      why: `${dn} was created, but was gone or renamed before it could be read.`,
    });
  });
}

/** Sets attributes of the group, all or none; an empty list clears one. */
export async function update(
  connection: Connection,
  group: Guid,
  attributes: AttributeValues,
): Promise<void> {
  const changes = Object.entries(attributes).map(
    ([type, list]) =>
      new Change({ operation: "replace", modification: new Attribute({ type, values: [...list] }) }),
  );
  if (changes.length === 0) return;
  const [groupType] = attributes.groupType ?? [];
  if (groupType !== undefined) await passThrough(connection, group, Number(groupType));
  await connection.run(async (client, root) => {
    try {
      await client.modify(`<GUID=${group}>`, changes);
    } catch (error) {
      if (resultCode(error) !== 68) throw error;
      const holder = await holderOf(client, root, attributes);
      if (holder === undefined) throw error;
      const why = `The sAMAccountName ${attributes.sAMAccountName?.[0]} belongs to ${holder}.`;
      throw new Failure("E4007", { why: why + words(error), cause: error });
    }
  });
}

/** The scope bits of groupType (MS-ADTS 2.2.12): global, domain local, universal. */
const scopeBits = 2 | 4 | 8;
const universal = 8;

/**
 * AD changes a global group to a domain local one, and the other way round, only by way of universal (MS-ADTS
 * 3.1.1.5.3.2): where that is the change, the group is made universal first.
 */
async function passThrough(connection: Connection, group: Guid, wanted: number): Promise<void> {
  await connection.run(async (client) => {
    const entry = await readEntry(client, `<GUID=${group}>`, ["groupType"]);
    const found = Number(entry === undefined ? Number.NaN : values(entry, "groupType")[0]);
    const from = found & scopeBits;
    const to = wanted & scopeBits;
    if (from === to || from === universal || to === universal || Number.isNaN(found)) return;
    const between = (found & ~scopeBits) | universal;
    const modification = new Attribute({ type: "groupType", values: [String(between)] });
    await client.modify(`<GUID=${group}>`, new Change({ operation: "replace", modification }));
  });
}

/** Why a group did not get this DN: E4013, E4006 or E4007, or the error itself; undefined when it has it already. */
async function renameFailure(client: Client, group: Guid, dn: Dn, error: unknown): Promise<unknown> {
  const entry = await readEntry(client, `<GUID=${group}>`, ["objectGUID"]);
  if (entry === undefined) {
    const why = `The group with the objectGUID ${group} does not exist any more.`;
    return new Failure("E4013", { why, cause: error });
  }
  if (parseDn(entry.dn) === dn) return undefined;
  if (resultCode(error) === 68) {
    const why = `There is already another object at ${dn}.${words(error)}`;
    return new Failure("E4007", { why, cause: error });
  }
  const parent = parentDn(dn);
  if (parent !== undefined && (await readEntry(client, parent, ["objectGUID"])) === undefined) {
    const why = `${parent}, to which the group was to move, does not exist.${words(error)}`;
    return new Failure("E4006", { why, cause: error });
  }
  return error;
}

/** Result codes with which AD and Samba answer a new DN that is taken or whose parent is gone. */
const renameRefusals = new Set([32, 64, 68, 80]);

/** Renames and moves the group in one operation, so that it has this DN. */
export async function rename(connection: Connection, group: Guid, dn: Dn): Promise<void> {
  await connection.run(async (client) => {
    try {
      await client.modifyDN(`<GUID=${group}>`, renamingDn(dn));
    } catch (error) {
      if (!renameRefusals.has(resultCode(error) ?? 0)) throw error;
      const failure = await renameFailure(client, group, dn, error);
      if (failure !== undefined) throw failure;
    }
  });
}

/** Deletes the group; one that is gone already is what was wanted. */
export async function remove(connection: Connection, group: Guid): Promise<void> {
  await connection.run(async (client) => {
    try {
      await client.del(`<GUID=${group}>`);
    } catch (error) {
      if (resultCode(error) !== 32) throw error;
    }
  });
}
