import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

/** A database with its statements, each prepared once. */
export class Statements {
  readonly database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  #statement(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }

  /** Runs a statement; gives how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  /** The first row. The statement's own columns decide its form; each caller names it beside its SQL. */
  row<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  /** All rows at once, for answers that are known to be small. */
  rows<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  /** The rows one by one, however many; a statement of its own, since several may be under way at once. */
  *each<Row>(sql: string, ...values: SQLInputValue[]): Generator<Row> {
    for (const row of this.database.prepare(sql).iterate(...values)) yield row as Row;
  }
}
