import type { Guid, ObjectId, Sid } from "#lib/model/identifier.ts";
import type { Statements } from "#lib/store/statements.ts";

/** How an object is known: in the tenant by its object id, in the directory by SID and objectGUID. */
type Identity = { readonly id: ObjectId | null; readonly sid: Sid | null; readonly guid: Guid | null };
type Subject = Identity & { readonly number: number };

export const subjectSchema = `
  CREATE TABLE IF NOT EXISTS subject (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE, sid TEXT UNIQUE, guid TEXT UNIQUE, principal TEXT, dn TEXT);
`;

/**
 * Whoever can be a member or be a group, under one number on both sides: so memberships of the tenant and of the
 * directory are pairs of equal numbers, and comparing them needs no translation.
 */
export class Subjects {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  byId(id: ObjectId): number | undefined {
    return this.#sql.row<{ number: number }>("SELECT number FROM subject WHERE id = ?", id)?.number;
  }

  byGuid(guid: Guid): number | undefined {
    return this.#sql.row<{ number: number }>("SELECT number FROM subject WHERE guid = ?", guid)?.number;
  }

  /** The number of an object of the tenant; given out when it is met for the first time. */
  ofTenant(id: ObjectId): number {
    return this.byId(id) ?? this.#insert({ id, sid: null, guid: null });
  }

  /** The number of an object of the directory. */
  ofDirectory(guid: Guid, sid: Sid | null): number {
    const known = this.byGuid(guid);
    if (known !== undefined) return known;
    const bySid = sid === null ? undefined : this.#bySid(sid);
    if (bySid === undefined) return this.#insert({ id: null, sid, guid });
    this.#sql.run("UPDATE subject SET guid = ? WHERE number = ?", guid, bySid.number);
    return bySid.number;
  }

  /**
   * Makes the object of the tenant and the one of the directory the same subject, or, with neither SID nor GUID,
   * makes it nobody's in the directory. Gives its number.
   */
  link(id: ObjectId, sid: Sid | null, guid: Guid | null): number {
    const here = this.#sql.row<Subject>("SELECT number, id, sid, guid FROM subject WHERE id = ?", id);
    const there =
      (sid === null ? undefined : this.#bySid(sid)) ?? (guid === null ? undefined : this.#at(guid));
    if (here === undefined)
      return there === undefined ? this.#insert({ id, sid, guid }) : this.#claim(id, there);
    if (there?.number === here.number) {
      this.#sql.run("UPDATE subject SET guid = coalesce(?, guid) WHERE number = ?", guid, here.number);
      return here.number;
    }
    if (here.sid === null && here.guid === null) {
      if (there !== undefined) return there.id === null ? this.#move(here, there) : here.number;
      this.#sql.run("UPDATE subject SET sid = ?, guid = ? WHERE number = ?", sid, guid, here.number);
      return here.number;
    }
    if (there?.id != null) return here.number;
    // The object stands for another one now: what it stood for remains, as the directory's alone.
    this.#sql.run("UPDATE subject SET id = NULL WHERE number = ?", here.number);
    const target = there?.number ?? this.#insert({ id: null, sid, guid });
    return this.#move(here, { number: target, id: null, sid, guid });
  }

  /** Forgets what an object is in the directory. */
  unlink(number: number): void {
    this.#sql.run("UPDATE subject SET sid = NULL, guid = NULL, dn = NULL WHERE number = ?", number);
  }

  #claim(id: ObjectId, there: Subject): number {
    if (there.id !== null) return this.#insert({ id, sid: null, guid: null });
    this.#sql.run("UPDATE subject SET id = ? WHERE number = ?", id, there.number);
    return there.number;
  }

  /** Gives everything that the tenant says of one number to another. Rare: it looks through all memberships. */
  #move(here: Subject, there: Subject): number {
    const principal = this.#sql.row<{ principal: string | null }>(
      "SELECT principal FROM subject WHERE number = ?",
      here.number,
    );
    const still = here.sid !== null || here.guid !== null;
    if (still) this.#sql.run("UPDATE subject SET principal = NULL WHERE number = ?", here.number);
    else this.#sql.run("DELETE FROM subject WHERE number = ?", here.number);
    this.#sql.run(
      "UPDATE subject SET id = ?, principal = ? WHERE number = ?",
      here.id,
      principal?.principal ?? null,
      there.number,
    );
    for (const column of ["grp", "member"])
      this.#sql.run(
        `UPDATE OR REPLACE cloud_member SET ${column} = ? WHERE ${column} = ?`,
        there.number,
        here.number,
      );
    this.#sql.run("UPDATE cloud_group SET number = ? WHERE number = ?", there.number, here.number);
    this.#sql.run("UPDATE OR REPLACE dirty SET number = ? WHERE number = ?", there.number, here.number);
    return there.number;
  }

  #bySid(sid: Sid): Subject | undefined {
    return this.#sql.row<Subject>("SELECT number, id, sid, guid FROM subject WHERE sid = ?", sid);
  }

  #at(guid: Guid): Subject | undefined {
    return this.#sql.row<Subject>("SELECT number, id, sid, guid FROM subject WHERE guid = ?", guid);
  }

  #insert({ id, sid, guid }: Identity): number {
    this.#sql.run("INSERT INTO subject (id, sid, guid) VALUES (?, ?, ?)", id, sid, guid);
    return Number(this.#sql.row<{ number: number }>("SELECT last_insert_rowid() AS number")?.number);
  }
}
