import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Dn } from "#lib/model/dn.ts";
import type { CloudGroup, Principal, PrincipalKind } from "#lib/model/group.ts";
import type { Guid, ObjectId, Sid } from "#lib/model/identifier.ts";
import { inTransaction, openDatabase } from "#lib/store/database.ts";

/** A group of the domain that carries an anchor. `anchor` is null when its two anchors disagree. */
export type AnchoredGroup = {
  readonly guid: Guid;
  readonly sid: Sid;
  readonly dn: Dn;
  readonly anchor: ObjectId | null;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
};

/** A membership of the tenant: what the delta query tells of a member (its id and type), and its principal if read. */
export type CloudMember = {
  readonly id: ObjectId;
  readonly kind: PrincipalKind;
  readonly principal: Principal | null;
};

/** A membership of the directory; `anchor` is set when the member is a written-back group. */
export type StoredMember = {
  readonly guid: Guid;
  readonly sid: Sid | null;
  readonly anchor: ObjectId | null;
  readonly dn: Dn;
};

const schema = `
  CREATE TABLE IF NOT EXISTS cloud_group (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS cloud_member (
    group_id TEXT, member_id TEXT, kind TEXT NOT NULL, PRIMARY KEY (group_id, member_id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS principal (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS directory_group (
    guid TEXT PRIMARY KEY, sid TEXT NOT NULL, dn TEXT NOT NULL, anchor TEXT, attributes TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS directory_group_anchor ON directory_group (anchor);
  CREATE TABLE IF NOT EXISTS directory_member (
    group_guid TEXT, guid TEXT, sid TEXT, dn TEXT NOT NULL, PRIMARY KEY (group_guid, guid)) WITHOUT ROWID;
`;
const tables = ["cloud_group", "cloud_member", "principal", "directory_group", "directory_member"];

/**
 * What a cycle has read from both sides, on disk, so that memory stays flat as groups and memberships grow.
 * It is a working set: losing it loses nothing, since the next Initial cycle reads both sides anew.
 */
export class Snapshot {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = openDatabase(file, schema);
  }

  /** Forgets everything, for a full read. */
  clear(): void {
    inTransaction(this.#database, () => {
      for (const table of tables) this.#database.exec(`DELETE FROM ${table}`);
    });
  }

  #write(sql: string, rows: Iterable<readonly SQLInputValue[]>): void {
    const statement = this.#database.prepare(sql);
    inTransaction(this.#database, () => {
      for (const row of rows) statement.run(...row);
    });
  }

  *#read<Row>(sql: string, ...values: SQLInputValue[]): Generator<Row> {
    // The statement's own columns decide the row's form; each caller names it beside its SQL.
    for (const row of this.#database.prepare(sql).iterate(...values)) yield row as Row;
  }

  #count(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#database.prepare(sql).get(...values)?.count ?? 0);
  }

  putCloudGroups(groups: readonly CloudGroup[]): void {
    this.#write(
      "INSERT OR REPLACE INTO cloud_group VALUES (?, ?)",
      groups.map((group) => [group.id, JSON.stringify(group)]),
    );
  }

  removeCloudGroups(ids: readonly ObjectId[]): void {
    this.#write(
      "DELETE FROM cloud_group WHERE id = ?",
      ids.map((id) => [id]),
    );
    this.#write(
      "DELETE FROM cloud_member WHERE group_id = ?",
      ids.map((id) => [id]),
    );
  }

  putCloudMembers(members: readonly { group: ObjectId; member: ObjectId; kind: PrincipalKind }[]): void {
    this.#write(
      "INSERT OR REPLACE INTO cloud_member VALUES (?, ?, ?)",
      members.map(({ group, member, kind }) => [group, member, kind]),
    );
  }

  removeCloudMembers(members: readonly { group: ObjectId; member: ObjectId }[]): void {
    this.#write(
      "DELETE FROM cloud_member WHERE group_id = ? AND member_id = ?",
      members.map(({ group, member }) => [group, member]),
    );
  }

  putPrincipals(principals: readonly Principal[]): void {
    this.#write(
      "INSERT OR REPLACE INTO principal VALUES (?, ?)",
      principals.map((principal) => [principal.id, JSON.stringify(principal)]),
    );
  }

  putDirectoryGroups(groups: readonly AnchoredGroup[]): void {
    this.#write(
      "INSERT OR REPLACE INTO directory_group VALUES (?, ?, ?, ?, ?)",
      groups.map(({ guid, sid, dn, anchor, attributes }) => [
        guid,
        sid,
        dn,
        anchor,
        JSON.stringify(attributes),
      ]),
    );
  }

  putDirectoryMembers(group: Guid, members: readonly { guid: Guid; sid: Sid | null; dn: Dn }[]): void {
    this.#write(
      "INSERT OR REPLACE INTO directory_member VALUES (?, ?, ?, ?)",
      members.map(({ guid, sid, dn }) => [group, guid, sid, dn]),
    );
  }

  countCloudGroups(): number {
    return this.#count("SELECT count(*) AS count FROM cloud_group");
  }

  /** Every cloud group, by object id. */
  *cloudGroups(): Generator<CloudGroup> {
    for (const { body } of this.#read<{ body: string }>("SELECT body FROM cloud_group ORDER BY id")) {
      yield JSON.parse(body) as CloudGroup;
    }
  }

  cloudGroup(id: ObjectId): CloudGroup | undefined {
    const row = this.#database.prepare("SELECT body FROM cloud_group WHERE id = ?").get(id);
    return row === undefined ? undefined : (JSON.parse(String(row.body)) as CloudGroup);
  }

  /** The members of a cloud group, by object id. A nested group is its own principal. */
  *cloudMembers(group: ObjectId): Generator<CloudMember> {
    type Row = { id: ObjectId; kind: PrincipalKind; body: string | null };
    const rows = this.#read<Row>(
      `SELECT m.member_id AS id, m.kind, p.body FROM cloud_member m
       LEFT JOIN principal p ON p.id = m.member_id WHERE m.group_id = ? ORDER BY m.member_id`,
      group,
    );
    for (const { id, kind, body } of rows) {
      yield { id, kind, principal: body === null ? null : (JSON.parse(body) as Principal) };
    }
  }

  /** Every anchored AD group, by object GUID. */
  *directoryGroups(): Generator<AnchoredGroup> {
    type Row = Omit<AnchoredGroup, "attributes"> & { attributes: string };
    for (const row of this.#read<Row>("SELECT * FROM directory_group ORDER BY guid")) {
      yield { ...row, attributes: JSON.parse(row.attributes) as AnchoredGroup["attributes"] };
    }
  }

  /** The AD groups that carry this anchor; more than one is a fault that a guard holds the plan for. */
  directoryGroupsOf(anchor: ObjectId): AnchoredGroup[] {
    const rows = this.#database
      .prepare("SELECT * FROM directory_group WHERE anchor = ? ORDER BY guid")
      .all(anchor);
    return rows.map((row) => {
      const { attributes, ...rest } = row as unknown as Omit<AnchoredGroup, "attributes"> & {
        attributes: string;
      };
      return { ...rest, attributes: JSON.parse(attributes) as AnchoredGroup["attributes"] };
    });
  }

  /** The members of an AD group, by object GUID. */
  *directoryMembers(group: Guid): Generator<StoredMember> {
    yield* this.#read<StoredMember>(
      `SELECT m.guid, m.sid, m.dn, g.anchor FROM directory_member m
       LEFT JOIN directory_group g ON g.guid = m.guid WHERE m.group_guid = ? ORDER BY m.guid`,
      group,
    );
  }

  close(): void {
    this.#database.close();
  }
}
