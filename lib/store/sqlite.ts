import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { type Configuration, configuration } from "#lib/model/configuration.ts";
import type { Guid, ObjectId } from "#lib/model/identifier.ts";
import type { QuarantinedGroup, Schedule } from "#lib/model/messages.ts";
import type { Change, ChangeKind } from "#lib/model/plan.ts";
import type { Problem } from "#lib/model/problem.ts";
import { type GroupResult, type RecordedChange, type Run, run as runSchema } from "#lib/model/run.ts";
import { inTransaction, openDatabase } from "#lib/store/database.ts";
import { type ChangeOutcome, resultOf } from "#lib/store/outcome.ts";
import type { Page, PlannedGroup, Store } from "#lib/store/store.ts";

const schema = `
  CREATE TABLE IF NOT EXISTS configuration (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS run (sequence INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS change (
    run TEXT, number INTEGER, anchor TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'planned', problem TEXT, created TEXT, PRIMARY KEY (run, number)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS change_anchor ON change (run, anchor);
  CREATE TABLE IF NOT EXISTS planned_group (
    run TEXT, number INTEGER, anchor TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (run, number)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS quarantine (anchor TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS schedule (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), body TEXT NOT NULL);
`;
type Row = Record<string, SQLOutputValue>;

function recorded(row: Row): RecordedChange {
  return {
    index: Number(row.number),
    change: JSON.parse(String(row.body)) as Change,
    state: String(row.state) as RecordedChange["state"],
    problem: row.problem === null ? null : (JSON.parse(String(row.problem)) as Problem),
    created: row.created === null ? null : (String(row.created) as Guid),
  };
}

/** Adds what an earlier version's tables lack. */
function upgrade(database: DatabaseSync): void {
  const columns = database.prepare("PRAGMA table_info(change)").all();
  if (!columns.some(({ name }) => name === "created"))
    database.exec("ALTER TABLE change ADD COLUMN created TEXT");
}

/** The store of one agent on one machine: a SQLite file. What is in it was validated when it was written. */
export class SqliteStore implements Store {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = openDatabase(file, schema);
    upgrade(this.#database);
  }

  async configuration(): Promise<Configuration | null> {
    const row = this.#database.prepare("SELECT body FROM configuration").get();
    return row === undefined ? null : configuration.parse(JSON.parse(String(row.body)));
  }

  async saveConfiguration(configuration: Configuration): Promise<void> {
    this.#database
      .prepare("INSERT OR REPLACE INTO configuration VALUES (1, ?)")
      .run(JSON.stringify(configuration));
  }

  async saveRun(run: Run): Promise<void> {
    this.#database
      .prepare("INSERT INTO run (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body")
      .run(run.id, JSON.stringify(run));
  }

  async run(id: string): Promise<Run | null> {
    const row = this.#database.prepare("SELECT body FROM run WHERE id = ?").get(id);
    return row === undefined ? null : runSchema.parse(JSON.parse(String(row.body)));
  }

  async runs(after: number, limit: number): Promise<Page<Run>> {
    const rows = this.#database
      .prepare("SELECT body FROM run ORDER BY sequence DESC LIMIT ? OFFSET ?")
      .all(limit, after);
    return this.#page(
      rows,
      (row) => runSchema.parse(JSON.parse(String(row.body))),
      after,
      limit,
      this.#count("run"),
    );
  }

  async addChanges(run: string, changes: readonly Change[]): Promise<void> {
    const insert = this.#database.prepare(
      "INSERT INTO change (run, number, anchor, kind, body) VALUES (?, ?, ?, ?, ?)",
    );
    this.#append("change", run, changes, (change, number) =>
      insert.run(run, number, change.anchor, change.kind, JSON.stringify(change)),
    );
  }

  async *eachChange(run: string): AsyncIterable<RecordedChange> {
    const page = 500;
    for (let after = -1; ; ) {
      const rows = this.#database
        .prepare("SELECT * FROM change WHERE run = ? AND number > ? ORDER BY number LIMIT ?")
        .all(run, after, page);
      for (const row of rows) yield recorded(row);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = Number(last.number);
    }
  }

  async changes(run: string, after: number, limit: number): Promise<Page<RecordedChange>> {
    const rows = this.#database
      .prepare("SELECT * FROM change WHERE run = ? AND number >= ? ORDER BY number LIMIT ?")
      .all(run, after, limit);
    return this.#page(rows, recorded, after, limit, this.#count("change", run));
  }

  async recordOutcome(
    run: string,
    index: number,
    outcome: "applied" | Problem,
    created: Guid | null = null,
  ): Promise<void> {
    const [state, problem] = outcome === "applied" ? ["applied", null] : ["failed", JSON.stringify(outcome)];
    this.#database
      .prepare("UPDATE change SET state = ?, problem = ?, created = ? WHERE run = ? AND number = ?")
      .run(state, problem, created, run, index);
  }

  async quarantine(): Promise<readonly QuarantinedGroup[]> {
    const rows = this.#database.prepare("SELECT body FROM quarantine ORDER BY anchor").all();
    return rows.map(({ body }) => JSON.parse(String(body)) as QuarantinedGroup);
  }

  async putInQuarantine(group: QuarantinedGroup): Promise<void> {
    this.#database
      .prepare("INSERT OR REPLACE INTO quarantine VALUES (?, ?)")
      .run(group.anchor, JSON.stringify(group));
  }

  async releaseFromQuarantine(anchor: ObjectId): Promise<void> {
    this.#database.prepare("DELETE FROM quarantine WHERE anchor = ?").run(anchor);
  }

  async schedule(): Promise<Schedule | null> {
    const row = this.#database.prepare("SELECT body FROM schedule").get();
    return row === undefined ? null : (JSON.parse(String(row.body)) as Schedule);
  }

  async saveSchedule(schedule: Schedule): Promise<void> {
    this.#database.prepare("INSERT OR REPLACE INTO schedule VALUES (1, ?)").run(JSON.stringify(schedule));
  }

  async addGroups(run: string, groups: readonly PlannedGroup[]): Promise<void> {
    const insert = this.#database.prepare("INSERT INTO planned_group VALUES (?, ?, ?, ?)");
    this.#append("planned_group", run, groups, (group, number) =>
      insert.run(run, number, group.anchor, JSON.stringify(group)),
    );
  }

  async groups(run: string, after: number, limit: number): Promise<Page<GroupResult>> {
    const changes = this.#database.prepare(
      "SELECT kind, state, problem FROM change WHERE run = ? AND anchor = ?",
    );
    const rows = this.#database
      .prepare("SELECT * FROM planned_group WHERE run = ? AND number >= ? ORDER BY number LIMIT ?")
      .all(run, after, limit);
    const result = (row: Row) => {
      const outcomes = changes.all(run, String(row.anchor)).map(
        ({ kind, state, problem }): ChangeOutcome => ({
          kind: String(kind) as ChangeKind,
          state: String(state) as RecordedChange["state"],
          problem: problem === null ? null : (JSON.parse(String(problem)) as Problem),
        }),
      );
      return resultOf(JSON.parse(String(row.body)) as PlannedGroup, outcomes);
    };
    return this.#page(rows, result, after, limit, this.#count("planned_group", run));
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  /** Numbers items from 0 on within their run, so that a page can start at any of them. */
  #append<Item>(
    table: "change" | "planned_group",
    run: string,
    items: readonly Item[],
    insert: (item: Item, number: number) => void,
  ): void {
    inTransaction(this.#database, () => {
      const next = this.#count(table, run);
      for (const [offset, item] of items.entries()) insert(item, next + offset);
    });
  }

  #count(table: "run" | "change" | "planned_group", run?: string): number {
    if (run === undefined)
      return Number(this.#database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count);
    // Numbers are dense, so the last one tells how many there are without counting them.
    const row = this.#database
      .prepare(`SELECT max(number) + 1 AS count FROM ${table} WHERE run = ?`)
      .get(run);
    return Number(row?.count ?? 0);
  }

  #page<Item>(
    rows: readonly Row[],
    read: (row: Row) => Item,
    after: number,
    limit: number,
    total: number,
  ): Page<Item> {
    const end = after + rows.length;
    return { items: rows.map(read), total, next: rows.length === limit && end < total ? end : null };
  }
}
