import { type Dn, nameOf } from "#lib/model/dn.ts";
import type { CloudGroup, Principal, PrincipalKind, WritebackConfiguration } from "#lib/model/group.ts";
import type { Guid, ObjectId, Sid } from "#lib/model/identifier.ts";
import type { PlannedMember } from "#lib/model/plan.ts";
import { inTransaction, openDatabase } from "#lib/store/database.ts";
import { Statements } from "#lib/store/statements.ts";
import { Subjects, subjectSchema } from "#lib/store/subjects.ts";

/** A group of the domain that carries an anchor. `anchor` is null when its two anchors disagree. */
export type AnchoredGroup = {
  readonly guid: Guid;
  readonly sid: Sid;
  readonly dn: Dn;
  readonly anchor: ObjectId | null;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly privileged: boolean;
};

/** A group of the tenant; a deleted one can be restored for 30 days. */
export type StoredGroup = { readonly group: CloudGroup; readonly softDeleted: boolean };

/**
 * A member whom an AD group lacks: what the delta query tells (id and type), the principal if it was read, and the
 * objectGUID once it was found in the directory.
 */
export type MissingMember = {
  readonly id: ObjectId;
  readonly kind: PrincipalKind;
  readonly principal: Principal | null;
  readonly guid: Guid | null;
};

/** How many members are compared at once. */
const pageSize = 5000;

/** A membership of the directory; `anchor` is set when the member is a written-back group. */
export type StoredMember = {
  readonly guid: Guid;
  readonly sid: Sid | null;
  readonly anchor: ObjectId | null;
  readonly dn: Dn;
};

/** Which side of a group changed since both sides were last seen equal. */
export type Dirt = { readonly anchor: ObjectId; readonly tenant: boolean; readonly directory: boolean };
const tenantSide = 1;
const directorySide = 2;

const schema = `
  ${subjectSchema}
  CREATE TABLE IF NOT EXISTS cloud_group (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, body TEXT NOT NULL, soft INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE IF NOT EXISTS cloud_member (
    grp INTEGER, member INTEGER, kind TEXT NOT NULL, PRIMARY KEY (grp, member)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS fact (kind TEXT, whose TEXT, id TEXT, PRIMARY KEY (kind, whose, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS directory_group (
    guid TEXT PRIMARY KEY, number INTEGER NOT NULL, sid TEXT NOT NULL, dn TEXT NOT NULL, anchor TEXT,
    attributes TEXT NOT NULL, privileged INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS directory_group_anchor ON directory_group (anchor);
  CREATE TABLE IF NOT EXISTS directory_member (
    grp INTEGER, member INTEGER, PRIMARY KEY (grp, member)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS dirty (number INTEGER PRIMARY KEY, side INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;
const version = 2;
const tables = [
  "subject",
  "cloud_group",
  "cloud_member",
  "fact",
  "directory_group",
  "directory_member",
  "dirty",
  "state",
];

type GroupRow = {
  guid: Guid;
  sid: Sid;
  dn: Dn;
  anchor: ObjectId | null;
  attributes: string;
  privileged: number;
};

function anchoredGroup({ guid, sid, dn, anchor, attributes, privileged }: GroupRow): AnchoredGroup {
  return { guid, sid, dn, anchor, attributes: JSON.parse(attributes), privileged: privileged === 1 };
}

/**
 * What the cycles have read from both sides, on disk, so that memory stays flat as groups and memberships grow.
 * An Initial cycle fills it anew, Delta cycles bring it up to date; losing it costs an Initial cycle and nothing else.
 */
export class Snapshot {
  readonly #sql: Statements;
  readonly #subjects: Subjects;

  /** Opens or makes the file. E2009 when that can't be done. */
  constructor(file: string) {
    const database = openDatabase(file, "");
    // Tables of an earlier version are of no use: reading both sides anew is always possible.
    const { user_version: found } = database.prepare("PRAGMA user_version").get() as { user_version: number };
    if (found !== version)
      for (const table of [...tables, "principal"]) database.exec(`DROP TABLE IF EXISTS ${table}`);
    database.exec(`${schema} PRAGMA user_version = ${version}; PRAGMA cache_size = -65536;`);
    this.#sql = new Statements(database);
    this.#subjects = new Subjects(this.#sql);
  }

  /** Forgets everything, for a full read. */
  clear(): void {
    this.#atOnce(() => {
      // Where groups were, and that one was deleted for good, no reading tells again.
      for (const table of tables)
        this.#sql.database.exec(
          `DELETE FROM ${table}${table === "fact" ? " WHERE kind NOT IN ('ours', 'gone')" : ""}`,
        );
    });
  }

  /** Notes that the AD group of this cloud group is in a target OU. */
  markOurs(anchor: ObjectId): void {
    this.#sql.run("INSERT OR IGNORE INTO fact VALUES ('ours', '', ?)", anchor);
  }

  /** Whether the AD group of this cloud group was in a target OU at an earlier cycle. */
  isOurs(anchor: ObjectId): boolean {
    return (
      this.#sql.row("SELECT 1 FROM fact WHERE kind = 'ours' AND whose = '' AND id = ?", anchor) !== undefined
    );
  }

  #atOnce<Result>(work: () => Result): Result {
    return inTransaction(this.#sql.database, work);
  }

  /** What a cycle wants to find again at the next one: where the queries for changes left off. */
  state(key: string): string | null {
    return this.#sql.row<{ value: string }>("SELECT value FROM state WHERE key = ?", key)?.value ?? null;
  }

  setState(key: string, value: string): void {
    this.#sql.run("INSERT OR REPLACE INTO state VALUES (?, ?)", key, value);
  }

  #soil(number: number, side: number): void {
    this.#sql.run(
      "INSERT INTO dirty VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET side = side | excluded.side",
      number,
      side,
    );
  }

  putCloudGroups(groups: readonly CloudGroup[]): void {
    this.#atOnce(() => {
      for (const group of groups) {
        const number = this.#subjects.ofTenant(group.id);
        const known = this.#sql.row<{ body: string }>("SELECT body FROM cloud_group WHERE id = ?", group.id);
        // Only a beta query tells the group's own setting: what it told last stays.
        const writeback = known === undefined ? null : (JSON.parse(known.body) as CloudGroup).writeback;
        const body = JSON.stringify(group.writeback === null ? { ...group, writeback } : group);
        const changed = this.#sql.run(
          `INSERT INTO cloud_group (number, id, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE
           SET body = excluded.body, soft = 0 WHERE body <> excluded.body OR soft = 1`,
          number,
          group.id,
          body,
        );
        this.#sql.run("DELETE FROM fact WHERE kind = 'softDeleted' AND id = ?", group.id);
        if (changed > 0) this.#soil(number, tenantSide);
      }
    });
  }

  isSoftDeleted(group: ObjectId): boolean {
    const sql = "SELECT 1 FROM fact WHERE kind = 'softDeleted' AND whose = '' AND id = ?";
    return this.#sql.row(sql, group) !== undefined;
  }

  /** Whether the tenant told that this group was deleted for good. */
  isGone(group: ObjectId): boolean {
    return (
      this.#sql.row("SELECT 1 FROM fact WHERE kind = 'gone' AND whose = '' AND id = ?", group) !== undefined
    );
  }

  /** Groups that are deleted: for good, or so that they can be restored. */
  removeCloudGroups(removed: readonly { readonly id: ObjectId; readonly soft: boolean }[]): void {
    this.#atOnce(() => {
      for (const { id, soft } of removed) {
        const number = this.#subjects.ofTenant(id);
        this.#soil(number, tenantSide);
        if (soft) {
          this.#sql.run("UPDATE cloud_group SET soft = 1 WHERE id = ?", id);
          this.#sql.run("INSERT OR IGNORE INTO fact VALUES ('softDeleted', '', ?)", id);
        } else {
          this.#sql.run("DELETE FROM fact WHERE kind = 'softDeleted' AND id = ?", id);
          this.#sql.run("INSERT OR IGNORE INTO fact VALUES ('gone', '', ?)", id);
          this.#sql.run("DELETE FROM cloud_group WHERE id = ?", id);
          this.#sql.run("DELETE FROM cloud_member WHERE grp = ?", number);
        }
      }
    });
  }

  /** Groups that were deleted and can be restored; of one that no cycle has seen yet nothing is known. */
  putSoftDeleted(ids: readonly ObjectId[]): void {
    this.#atOnce(() => {
      for (const id of ids) this.#sql.run("INSERT OR IGNORE INTO fact VALUES ('softDeleted', '', ?)", id);
    });
  }

  /** Groups' own settings, as a query apart tells them. */
  putWritebacks(
    told: readonly { readonly id: ObjectId; readonly writeback: WritebackConfiguration }[],
  ): void {
    const groups = told.flatMap(({ id, writeback }) => {
      const group = this.cloudGroup(id);
      return group === undefined ? [] : [{ ...group, writeback }];
    });
    this.putCloudGroups(groups.filter(({ id }) => this.storedGroup(id)?.softDeleted === false));
  }

  putCloudMembers(members: readonly { group: ObjectId; member: ObjectId; kind: PrincipalKind }[]): void {
    this.#atOnce(() => {
      for (const { group, member, kind } of members) {
        const number = this.#subjects.ofTenant(group);
        const sql = "INSERT OR IGNORE INTO cloud_member VALUES (?, ?, ?)";
        const inner = this.#subjects.ofTenant(member);
        if (this.#sql.run(sql, number, inner, kind) === 0) continue;
        this.#soil(number, tenantSide);
        // What a group is in can decide about it too: a pilot group.
        if (kind === "group") this.#soil(inner, tenantSide);
      }
    });
  }

  removeCloudMembers(members: readonly { group: ObjectId; member: ObjectId }[]): void {
    this.#atOnce(() => {
      for (const { group, member } of members) {
        const number = this.#subjects.ofTenant(group);
        const sql = "DELETE FROM cloud_member WHERE grp = ? AND member = ?";
        const inner = this.#subjects.ofTenant(member);
        if (this.#sql.run(sql, number, inner) === 0) continue;
        this.#soil(number, tenantSide);
        if (this.cloudGroup(member) !== undefined) this.#soil(inner, tenantSide);
      }
    });
  }

  /** Principals as they are now; the groups that a changed one is in are looked at again. */
  putPrincipals(principals: readonly Principal[]): void {
    this.#atOnce(() => {
      const changed: number[] = [];
      for (const principal of principals) {
        // The SID alone tells who it is: the immutable id need not be the objectGUID (facts.md 4.5).
        const { id, sid } = principal;
        const guid = sid === null ? principal.guid : null;
        const number = principal.synced ? this.#subjects.link(id, sid, guid) : this.#alone(id);
        const sql = "UPDATE subject SET principal = ? WHERE number = ? AND principal IS NOT ?";
        const body = JSON.stringify(principal);
        if (this.#sql.run(sql, body, number, body) > 0) changed.push(number);
      }
      this.#soilGroupsOf(changed);
    });
  }

  removePrincipals(ids: readonly ObjectId[]): void {
    this.#atOnce(() => {
      const numbers = ids.flatMap((id) => this.#subjects.byId(id) ?? []);
      for (const number of numbers)
        this.#sql.run("UPDATE subject SET principal = NULL WHERE number = ?", number);
      this.#soilGroupsOf(numbers);
    });
  }

  /** An object of the tenant that is nobody's in the directory. */
  #alone(id: ObjectId): number {
    const number = this.#subjects.ofTenant(id);
    const linked = this.#sql.row(
      "SELECT 1 FROM subject WHERE number = ? AND (sid IS NOT NULL OR guid IS NOT NULL)",
      number,
    );
    return linked === undefined ? number : this.#subjects.link(id, null, null);
  }

  /** While the first full read is under way every group is looked at anyway. */
  #soilGroupsOf(members: readonly number[]): void {
    if (members.length === 0 || this.state("complete") === null) return;
    const list = JSON.stringify(members);
    this.#sql.run(
      `INSERT INTO dirty SELECT DISTINCT grp, ${tenantSide} FROM cloud_member
       WHERE member IN (SELECT value FROM json_each(?))
       ON CONFLICT (number) DO UPDATE SET side = side | excluded.side`,
      list,
    );
  }

  /** Which groups an owner owns (`owner`) or an administrative unit holds (`unit`), all of them. */
  putFacts(kind: "owner" | "unit", whose: ObjectId, groups: readonly ObjectId[]): void {
    this.#atOnce(() => {
      const before = new Set(
        this.#sql
          .rows<{ id: ObjectId }>("SELECT id FROM fact WHERE kind = ? AND whose = ?", kind, whose)
          .map(({ id }) => id),
      );
      const now = new Set(groups);
      this.#sql.run("DELETE FROM fact WHERE kind = ? AND whose = ?", kind, whose);
      for (const id of now) this.#sql.run("INSERT INTO fact VALUES (?, ?, ?)", kind, whose, id);
      for (const id of [...before, ...now])
        if (before.has(id) !== now.has(id)) this.#soil(this.#subjects.ofTenant(id), tenantSide);
    });
  }

  hasFact(kind: "owner" | "unit", whose: ObjectId, group: ObjectId): boolean {
    const sql = "SELECT 1 FROM fact WHERE kind = ? AND whose = ? AND id = ?";
    return this.#sql.row(sql, kind, whose, group) !== undefined;
  }

  isCloudMember(group: ObjectId, member: ObjectId): boolean {
    const sql = `SELECT 1 FROM cloud_member WHERE grp = (SELECT number FROM subject WHERE id = ?)
      AND member = (SELECT number FROM subject WHERE id = ?)`;
    return this.#sql.row(sql, group, member) !== undefined;
  }

  principal(id: ObjectId): Principal | null {
    const row = this.#sql.row<{ principal: string | null }>("SELECT principal FROM subject WHERE id = ?", id);
    return row?.principal == null ? null : (JSON.parse(row.principal) as Principal);
  }

  /** Anchored groups, as they are now. */
  putDirectoryGroups(groups: readonly AnchoredGroup[]): void {
    this.#atOnce(() => {
      for (const { guid, sid, dn, anchor, attributes, privileged } of groups) {
        const former = this.#numberOfGroup(guid);
        const number =
          anchor === null ? this.#subjects.ofDirectory(guid, sid) : this.#subjects.link(anchor, sid, guid);
        if (former !== undefined && former !== number) {
          this.#sql.run("UPDATE OR REPLACE directory_member SET grp = ? WHERE grp = ?", number, former);
          this.#soil(former, directorySide);
        }
        this.#sql.run("UPDATE subject SET dn = ? WHERE number = ?", dn, number);
        const changed = this.#sql.run(
          `INSERT INTO directory_group VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (guid) DO UPDATE SET
             number = excluded.number, dn = excluded.dn, anchor = excluded.anchor,
             attributes = excluded.attributes, privileged = excluded.privileged
           WHERE dn <> excluded.dn OR anchor IS NOT excluded.anchor OR attributes <> excluded.attributes
             OR number <> excluded.number OR privileged <> excluded.privileged`,
          guid,
          number,
          sid,
          dn,
          anchor,
          JSON.stringify(attributes),
          Number(privileged),
        );
        if (changed > 0) this.#soil(number, directorySide);
        // Now that it is there it can be a member of the groups that it is nested in.
        if (former === undefined) this.#soilGroupsOf([number]);
      }
    });
  }

  /** Groups that are gone from the directory or no longer carry an anchor. */
  removeDirectoryGroups(guids: readonly Guid[]): void {
    this.#atOnce(() => {
      for (const guid of guids) {
        const number = this.#numberOfGroup(guid);
        if (number === undefined) continue;
        this.#soil(number, directorySide);
        this.#sql.run(
          "INSERT OR IGNORE INTO fact SELECT 'lost', '', anchor FROM directory_group WHERE guid = ? AND anchor IS NOT NULL",
          guid,
        );
        this.#sql.run("DELETE FROM directory_group WHERE guid = ?", guid);
        // The directory takes a deleted group out of the groups that it was in, without telling of them.
        for (const { grp } of this.#sql.rows<{ grp: number }>(
          "SELECT grp FROM directory_member WHERE member = ?",
          number,
        ))
          this.#soil(grp, directorySide);
        this.#sql.run("DELETE FROM directory_member WHERE grp = ? OR member = ?", number, number);
        this.#subjects.unlink(number);
      }
    });
  }

  /** Whether the directory had a group with this anchor at an earlier cycle, and lost it. */
  wasLost(anchor: ObjectId): boolean {
    return (
      this.#sql.row("SELECT 1 FROM fact WHERE kind = 'lost' AND whose = '' AND id = ?", anchor) !== undefined
    );
  }

  putDirectoryMembers(group: Guid, members: readonly { guid: Guid; sid: Sid | null; dn: Dn }[]): void {
    const number = this.#numberOfGroup(group);
    if (number === undefined) return;
    this.#atOnce(() => {
      for (const { guid, sid, dn } of members) {
        const member = this.#subjects.ofDirectory(guid, sid);
        this.#sql.run("UPDATE subject SET dn = ? WHERE number = ? AND dn IS NOT ?", dn, member, dn);
        const added = this.#sql.run("INSERT OR IGNORE INTO directory_member VALUES (?, ?)", number, member);
        if (added > 0) this.#soil(number, directorySide);
      }
    });
  }

  removeDirectoryMembers(group: Guid, members: readonly Guid[]): void {
    const number = this.#numberOfGroup(group);
    if (number === undefined) return;
    this.#atOnce(() => {
      for (const guid of members) {
        const sql =
          "DELETE FROM directory_member WHERE grp = ? AND member = (SELECT number FROM subject WHERE guid = ?)";
        if (this.#sql.run(sql, number, guid) > 0) this.#soil(number, directorySide);
      }
    });
  }

  /** Forgets the members of an AD group, before they are read anew. */
  clearDirectoryMembers(group: Guid): void {
    const number = this.#numberOfGroup(group);
    if (number === undefined) return;
    // Whether they come back is not known yet: the group is looked at again.
    if (this.#sql.run("DELETE FROM directory_member WHERE grp = ?", number) > 0)
      this.#soil(number, directorySide);
  }

  #numberOfGroup(guid: Guid): number | undefined {
    return this.#sql.row<{ number: number }>("SELECT number FROM directory_group WHERE guid = ?", guid)
      ?.number;
  }

  /** Makes a member of the tenant the same as an object of the directory that was looked up for it. */
  link(id: ObjectId, found: { guid: Guid; sid: Sid | null }): void {
    this.#atOnce(() => this.#subjects.link(id, found.sid, found.guid));
  }

  countDirectoryGroups(): number {
    return Number(this.#sql.row<{ count: number }>("SELECT count(*) AS count FROM directory_group")?.count);
  }

  countCloudGroups(): number {
    return Number(
      this.#sql.row<{ count: number }>("SELECT count(*) AS count FROM cloud_group WHERE soft = 0")?.count,
    );
  }

  /** Every cloud group, by object id. */
  *cloudGroups(): Generator<StoredGroup> {
    type Row = { body: string; soft: number };
    for (const { body, soft } of this.#sql.each<Row>("SELECT body, soft FROM cloud_group ORDER BY id"))
      yield { group: JSON.parse(body) as CloudGroup, softDeleted: soft === 1 };
  }

  storedGroup(id: ObjectId): StoredGroup | undefined {
    type Row = { body: string; soft: number };
    const row = this.#sql.row<Row>("SELECT body, soft FROM cloud_group WHERE id = ?", id);
    return row === undefined
      ? undefined
      : { group: JSON.parse(row.body) as CloudGroup, softDeleted: row.soft === 1 };
  }

  cloudGroup(id: ObjectId): CloudGroup | undefined {
    return this.storedGroup(id)?.group;
  }

  /** The members of a cloud group whom its AD group lacks, in pages. */
  *membersMissing(group: ObjectId): Generator<readonly MissingMember[]> {
    type Row = {
      number: number;
      id: ObjectId;
      kind: PrincipalKind;
      principal: string | null;
      guid: Guid | null;
    };
    const sql = `SELECT s.number, s.id, c.kind, s.principal, s.guid
       FROM cloud_member c JOIN subject s ON s.number = c.member
       WHERE c.grp = ?1 AND c.member > ?2 AND NOT EXISTS (
         SELECT 1 FROM directory_member d WHERE d.grp = c.grp AND d.member = c.member)
       ORDER BY c.member LIMIT ${pageSize}`;
    for (const page of this.#pages<Row>(sql, group))
      yield page.map(({ id, kind, principal, guid }) => ({
        id,
        kind,
        principal: principal === null ? null : (JSON.parse(principal) as Principal),
        guid,
      }));
  }

  /** The members of the AD group who are not members of the cloud group, in pages. */
  *membersUnwanted(group: ObjectId): Generator<readonly StoredMember[]> {
    yield* this.#pages<StoredMember & { number: number }>(
      `SELECT s.number, s.guid, s.sid, s.dn, g.anchor FROM directory_member d JOIN subject s ON s.number = d.member
       LEFT JOIN directory_group g ON g.guid = s.guid
       WHERE d.grp = ?1 AND d.member > ?2 AND s.guid IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM cloud_member c WHERE c.grp = d.grp AND c.member = d.member)
       ORDER BY d.member LIMIT ${pageSize}`,
      group,
    );
  }

  /** Pages by the last number seen: what is written between two pages does not disturb them. */
  *#pages<Row extends { number: number }>(sql: string, group: ObjectId): Generator<Row[]> {
    const grp = this.#subjects.byId(group);
    if (grp === undefined) return;
    for (let last = -1; ; ) {
      const page = this.#sql.rows<Row>(sql, grp, last);
      if (page.length > 0) yield page;
      if (page.length < pageSize) return;
      last = page.at(-1)?.number ?? last;
    }
  }

  /** The object ids of every group that either side has, in order. */
  *anchors(): Generator<ObjectId> {
    const sql =
      "SELECT id FROM cloud_group UNION SELECT anchor FROM directory_group WHERE anchor IS NOT NULL ORDER BY 1";
    for (const { id } of this.#sql.each<{ id: ObjectId }>(sql)) yield id;
  }

  /** Whether a member of the tenant is known to be in the directory; null when nobody has looked yet. */
  isInDirectory(member: ObjectId): boolean | null {
    return this.#sql.row("SELECT 1 FROM subject WHERE id = ? AND guid IS NOT NULL", member) === undefined
      ? null
      : true;
  }

  /** How many members the AD group has. */
  countDirectoryMembers(group: ObjectId): number {
    const sql =
      "SELECT count(*) AS count FROM directory_member WHERE grp = (SELECT number FROM subject WHERE id = ?)";
    return Number(this.#sql.row<{ count: number }>(sql, group)?.count);
  }

  isDirectoryMember(group: ObjectId, member: ObjectId): boolean {
    const sql = `SELECT 1 FROM directory_member WHERE grp = (SELECT number FROM subject WHERE id = ?)
      AND member = (SELECT number FROM subject WHERE id = ?)`;
    return this.#sql.row(sql, group, member) !== undefined;
  }

  /** Every anchored AD group, by object GUID. */
  *directoryGroups(): Generator<AnchoredGroup> {
    for (const row of this.#sql.each<GroupRow>("SELECT * FROM directory_group ORDER BY guid"))
      yield anchoredGroup(row);
  }

  directoryGroup(guid: Guid): AnchoredGroup | undefined {
    const row = this.#sql.row<GroupRow>("SELECT * FROM directory_group WHERE guid = ?", guid);
    return row === undefined ? undefined : anchoredGroup(row);
  }

  /** The AD groups that carry this anchor; more than one is a fault that a guard holds the plan for. */
  directoryGroupsOf(anchor: ObjectId): AnchoredGroup[] {
    const sql = "SELECT * FROM directory_group WHERE anchor = ? ORDER BY guid";
    return this.#sql.rows<GroupRow>(sql, anchor).map(anchoredGroup);
  }

  /** The members of an AD group, by number. */
  *directoryMembers(group: Guid): Generator<StoredMember> {
    yield* this.#sql.each<StoredMember>(
      `SELECT s.guid, s.sid, s.dn, g.anchor FROM directory_member d JOIN subject s ON s.number = d.member
       LEFT JOIN directory_group g ON g.guid = s.guid WHERE d.grp = ? AND s.guid IS NOT NULL`,
      this.#numberOfGroup(group) ?? -1,
    );
  }

  /** The same as a plan names them. */
  directoryMembersNamed(group: Guid): PlannedMember[] {
    const members: PlannedMember[] = [];
    for (const { guid, dn } of this.directoryMembers(group))
      members.push({ reference: { by: "guid", guid }, name: nameOf(dn) });
    return members;
  }

  /** Anchors that more than one AD group carries, with those groups; and the groups whose anchors disagree. */
  anchorFaults(): { shared: { anchor: ObjectId; groups: Dn[] }[]; disagreeing: Dn[] } {
    const shared = this.#sql.rows<{ anchor: ObjectId; groups: string }>(
      `SELECT anchor, json_group_array(dn) AS groups FROM directory_group WHERE anchor IS NOT NULL
       GROUP BY anchor HAVING count(*) > 1`,
    );
    const disagreeing = this.#sql.rows<{ dn: Dn }>("SELECT dn FROM directory_group WHERE anchor IS NULL");
    return {
      shared: shared.map(({ anchor, groups }) => ({ anchor, groups: JSON.parse(groups) as Dn[] })),
      disagreeing: disagreeing.map(({ dn }) => dn),
    };
  }

  /** The groups that changed since both sides were last seen equal, by object id. */
  *dirty(): Generator<Dirt> {
    type Row = { anchor: ObjectId; side: number };
    const sql =
      "SELECT s.id AS anchor, d.side FROM dirty d JOIN subject s USING (number) WHERE s.id IS NOT NULL ORDER BY s.id";
    for (const { anchor, side } of this.#sql.each<Row>(sql))
      yield { anchor, tenant: (side & tenantSide) > 0, directory: (side & directorySide) > 0 };
  }

  /** Both sides of these groups were seen equal. */
  settle(anchors: Iterable<ObjectId>): void {
    const sql = "DELETE FROM dirty WHERE number = (SELECT number FROM subject WHERE id = ?)";
    this.#atOnce(() => {
      for (const anchor of anchors) this.#sql.run(sql, anchor);
    });
  }

  /** The tenant's side of this group was written: from now on a difference comes from the directory. */
  written(anchor: ObjectId): void {
    const sql = "UPDATE dirty SET side = ? WHERE number = (SELECT number FROM subject WHERE id = ?)";
    this.#sql.run(sql, directorySide, anchor);
  }

  close(): void {
    this.#sql.database.close();
  }
}
