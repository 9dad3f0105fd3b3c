import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Snapshot } from "#lib/store/snapshot.ts";
import { SqliteStore } from "#lib/store/sqlite.ts";

/** Does something with an empty folder that is gone afterwards. */
export async function inFolder<Result>(
  name: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), `bench-${name}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The file of the agent's snapshot in a folder. */
export function snapshotFile(folder: string): string {
  return join(folder, "snapshot.sqlite");
}

/** Does something with a new store, and with the snapshot in this file. */
export function withState<Result>(
  file: string,
  work: (state: { readonly store: SqliteStore; readonly snapshot: Snapshot }) => Promise<Result>,
): Promise<Result> {
  return inFolder("store", async (folder) => {
    const store = new SqliteStore(join(folder, "agent.sqlite"));
    const snapshot = new Snapshot(file);
    try {
      return await work({ store, snapshot });
    } finally {
      snapshot.close();
      await store.close();
    }
  });
}
