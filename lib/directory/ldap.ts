import { changes, cookie } from "#lib/directory/changes.ts";
import { Connection, type ConnectionOptions } from "#lib/directory/connection.ts";
import { describeForest, schemaHas } from "#lib/directory/describe.ts";
import type { Directory } from "#lib/directory/directory.ts";
import { group, groups } from "#lib/directory/groups.ts";
import { members } from "#lib/directory/members.ts";
import { addMembers, removeMembers } from "#lib/directory/membership.ts";
import { namesTaken } from "#lib/directory/names.ts";
import { privilegedGroups } from "#lib/directory/privilege.ts";
import { type Action, operationFailure } from "#lib/directory/problem.ts";
import { deletedGroups, restore } from "#lib/directory/recycle-bin.ts";
import { resolve } from "#lib/directory/resolve.ts";
import { checkTarget, units } from "#lib/directory/units.ts";
import { create, remove, rename, update } from "#lib/directory/write.ts";
import type { DirectoryCredentials } from "#lib/model/directory.ts";

/** Every error of `run` as a failure of the catalogue. */
async function told<T>(action: Action, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw operationFailure(error, action);
  }
}

async function* toldEach<T>(action: Action, stream: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    throw operationFailure(error, action);
  }
}

function target(doing: string): Action {
  return { doing, absent: "E4006" };
}

function object(doing: string): Action {
  return { doing, absent: "E4013" };
}

/**
 * The directory behind a domain controller, over LDAPS or LDAP with StartTLS; the certificate is always
 * verified. Connects and signs in at once: throws E4001 (no connection), E4002 (certificate), E4003 (account or
 * password), E4004 (no TLS), E4008 (no AD). A lost connection is made anew by itself.
 */
export async function connectDirectory(
  credentials: DirectoryCredentials,
  options: ConnectionOptions = {},
): Promise<Directory> {
  const connection = new Connection(credentials, options);
  await connection.run(async () => undefined);
  let anchorAttribute: Promise<boolean> | undefined;
  /** The schema does not change under a running agent in a way that matters: it is asked once. */
  const hasAnchorAttribute = async () => {
    anchorAttribute ??= schemaHas(connection, "msDS-ExternalDirectoryObjectId");
    return await anchorAttribute.catch((error: unknown) => {
      anchorAttribute = undefined;
      throw error;
    });
  };
  return {
    describe: () =>
      told(object("describe the forest"), async () => describeForest(connection, await hasAnchorAttribute())),
    units: (parent) =>
      told(target(`list the OUs in ${parent ?? "the forest"}`), () => units(connection, parent)),
    checkTarget: (dn) => told(target(`read ${dn}`), () => checkTarget(connection, dn)),
    async *groups(query = {}) {
      const action = object("list the groups that carry an anchor");
      const schema = await told(action, hasAnchorAttribute);
      yield* toldEach(action, groups(connection, schema, query));
    },
    group: (reference, query = {}) =>
      told(object("look up a group"), () => group(connection, reference, query)),
    cookie: () => told(object("tell its last change"), () => cookie(connection)),
    changes: (since, query = {}) =>
      toldEach(object("list the groups that changed"), changes(connection, since, query)),
    privilegedGroups: () => told(object("list the privileged groups"), () => privilegedGroups(connection)),
    namesTaken: (names) => told(object("look up names"), () => namesTaken(connection, names)),
    deletedGroups: (anchor) =>
      told(object("look up deleted groups"), async () =>
        deletedGroups(connection, await hasAnchorAttribute(), anchor),
      ),
    restore: (guid, dn) =>
      told(target(`restore the group ${guid} to ${dn}`), () => restore(connection, guid, dn)),
    members: (group) =>
      toldEach(object(`read the members of the group ${group}`), members(connection, group)),
    resolve: (references) =>
      told(object(`look up ${references.length} objects`), () => resolve(connection, references)),
    create: (dn, attributes) =>
      told(target(`create the group ${dn}`), () => create(connection, dn, attributes)),
    update: (group, attributes) =>
      told(object(`set ${Object.keys(attributes).join(", ")} of the group ${group}`), () =>
        update(connection, group, attributes),
      ),
    rename: (group, dn) =>
      told(object(`rename the group ${group} to ${dn}`), () => rename(connection, group, dn)),
    addMembers: (group, references) =>
      told(object(`add ${references.length} members to the group ${group}`), () =>
        addMembers(connection, group, references),
      ),
    removeMembers: (group, references) =>
      told(object(`remove ${references.length} members from the group ${group}`), () =>
        removeMembers(connection, group, references),
      ),
    delete: (group) => told(object(`delete the group ${group}`), () => remove(connection, group)),
    close: () => connection.close(),
  };
}
