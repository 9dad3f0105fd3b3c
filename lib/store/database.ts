import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Failure } from "#lib/model/problem.ts";

/** Opens a SQLite file, made when it is missing, with the given tables. E2009 when that can't be done. */
export function openDatabase(file: string, schema: string): DatabaseSync {
  try {
    if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(file);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;");
    database.exec(schema);
    return database;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("E2009", { why: `The file ${file} cannot be opened: ${why}.`, cause });
  }
}

/** Runs `work` as one transaction: all of it, or nothing. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (thrown) {
    database.exec("ROLLBACK");
    throw thrown;
  }
}
