import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Dn } from "#lib/model/dn.ts";
import type { Principal } from "#lib/model/group.ts";
import type { Guid, ObjectId, Sid } from "#lib/model/identifier.ts";
import type { Change } from "#lib/model/plan.ts";
import { Failure } from "#lib/model/problem.ts";
import { type Run, runCounts, run as runSchema } from "#lib/model/run.ts";
import { Snapshot } from "#lib/store/snapshot.ts";
import { SqliteStore } from "#lib/store/sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "store-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
const objectId = (number: number) =>
  `00000000-0000-0000-0000-${String(number).padStart(12, "0")}` as ObjectId;
const change = (number: number): Change => ({
  kind: "create",
  anchor: objectId(number),
  name: `Group ${number}`,
  reason: "new",
  dn: `CN=Group ${number},DC=x` as Dn,
  attributes: {},
});
const group = (number: number) => ({
  anchor: objectId(number),
  name: `Group ${number}`,
  dn: null,
  members: 2,
  skip: null,
  skippedMembers: [],
  takenOverFrom: null,
});

const run = (id: string): Run =>
  runSchema.parse({
    id,
    policyType: "Initial",
    mode: "preview",
    state: "completed",
    startedAt: "2026-01-01T00:00:00.000Z",
    endedAt: null,
    startedBy: id,
    configuration: {
      version: 1,
      scope: { microsoft365Groups: true, securityGroups: true },
      target: "OU=Cloud,DC=x",
      naming: "objectId",
      withdrawal: "keep",
    },
    steps: [],
    counts: Object.fromEntries(Object.keys(runCounts.shape).map((name) => [name, 0])),
    problem: null,
  });

describe("the store", () => {
  test("gives pages of changes in the order of their export, and what became of them, over a restart", async () => {
    const file = join(folder, "agent.sqlite");
    const first = new SqliteStore(file);
    await first.addChanges("a", [0, 1, 2].map(change));
    await first.addChanges("a", [3, 4].map(change));
    await first.addChanges("b", [9].map(change));
    await first.addGroups("a", [0, 1, 2, 7].map(group));
    await first.recordOutcome("a", 1, "applied");
    await first.recordOutcome("a", 2, new Failure("E4007").problem);
    await first.close();

    const store = new SqliteStore(file);
    const page = await store.changes("a", 0, 3);
    expect(page.items.map(({ index, state, problem }) => [index, state, problem?.code])).toEqual([
      [0, "planned", undefined],
      [1, "applied", undefined],
      [2, "failed", "E4007"],
    ]);
    expect([page.total, page.next]).toEqual([5, 3]);
    const last = await store.changes("a", 3, 3);
    expect([last.items.map(({ index }) => index), last.next]).toEqual([[3, 4], null]);
    const outcomes = (await store.groups("a", 0, 10)).items.map(({ outcome, problem }) => [
      outcome,
      problem?.code,
    ]);
    expect(outcomes).toEqual([
      ["planned", undefined],
      ["created", undefined],
      ["failed", "E4007"],
      ["unchanged", undefined],
    ]);
    await store.close();
  });

  test("keeps one record for each run, newest first", async () => {
    const store = new SqliteStore(":memory:");
    for (const id of ["one", "two", "one"]) await store.saveRun(run(id));
    expect((await store.runs(0, 10)).items.map(({ id }) => id)).toEqual(["two", "one"]);
    expect(await store.run("three")).toBeNull();
    await store.close();
  });

  test("says which file it cannot use", () => {
    expect(() => new SqliteStore(join(folder, "agent.sqlite", "a file is no folder"))).toThrow(
      expect.objectContaining({ code: "E2009" }),
    );
  });
});

describe("the snapshot", () => {
  const guid = (number: number) => objectId(number) as string as Guid;
  const at = (number: number) => ({
    guid: guid(number),
    sid: `S-1-5-21-1-2-3-${number}` as Sid,
    dn: `CN=${number},DC=x` as Dn,
  });
  const plain = { attributes: {}, privileged: false };
  const user = (number: number, fields: Partial<Principal> = {}): Principal => ({
    id: objectId(number),
    kind: "user",
    displayName: `User ${number}`,
    synced: true,
    sid: at(number).sid,
    guid: null,
    mail: null,
    ...fields,
  });
  const missing = (snapshot: Snapshot, group: number) =>
    [...snapshot.membersMissing(objectId(group))].flat().map(({ id }) => id);
  const unwanted = (snapshot: Snapshot, group: number) =>
    [...snapshot.membersUnwanted(objectId(group))].flat().map((member) => member.guid);
  const member = (group: number, number: number) =>
    ({ group: objectId(group), member: objectId(number), kind: "user" }) as const;

  test("knows which members of an AD group are written-back groups themselves", () => {
    const snapshot = new Snapshot(":memory:");
    snapshot.putDirectoryGroups([
      { ...at(1), anchor: objectId(100), attributes: { displayName: ["One"] }, privileged: false },
      { ...at(2), anchor: objectId(200), ...plain },
    ]);
    snapshot.putDirectoryMembers(guid(1), [at(2), at(3)]);
    expect([...snapshot.directoryMembers(guid(1))].map(({ anchor }) => anchor)).toEqual([
      objectId(200),
      null,
    ]);
    expect(snapshot.directoryGroupsOf(objectId(100))[0]?.attributes).toEqual({ displayName: ["One"] });
    snapshot.clear();
    expect([...snapshot.directoryGroups()]).toEqual([]);
    snapshot.close();
  });

  // Whichever side is read first, in whichever order: the same person is the same member.
  const readings = [
    (snapshot: Snapshot) => snapshot.putCloudMembers([member(100, 7), member(100, 8)]),
    (snapshot: Snapshot) => snapshot.putPrincipals([user(7), user(8)]),
    (snapshot: Snapshot) => snapshot.putDirectoryGroups([{ ...at(1), anchor: objectId(100), ...plain }]),
    (snapshot: Snapshot) => {
      snapshot.putDirectoryGroups([{ ...at(1), anchor: objectId(100), ...plain }]);
      snapshot.putDirectoryMembers(guid(1), [at(7), at(9)]);
    },
  ];
  test("finds the same differences in whatever order both sides were read", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 8 }), (order) => {
        const snapshot = new Snapshot(":memory:");
        for (const index of [...order, ...new Set([0, 1, 2, 3])]) readings[index]?.(snapshot);
        expect(missing(snapshot, 100)).toEqual([objectId(8)]);
        expect(unwanted(snapshot, 100)).toEqual([guid(9)]);
        expect(snapshot.countDirectoryMembers(objectId(100))).toBe(2);
        snapshot.close();
      }),
    );
  });

  test("tells a person who is no longer synchronised from the account that stayed", () => {
    const snapshot = new Snapshot(":memory:");
    for (const read of readings) read(snapshot);
    snapshot.putPrincipals([user(7, { synced: false, sid: null })]);
    expect(missing(snapshot, 100).sort()).toEqual([objectId(7), objectId(8)]);
    expect(unwanted(snapshot, 100).sort()).toEqual([guid(7), guid(9)]);
    snapshot.putPrincipals([user(7)]);
    expect(unwanted(snapshot, 100)).toEqual([guid(9)]);
    snapshot.close();
  });

  test("remembers which groups changed, and on which side, until they are settled", () => {
    const snapshot = new Snapshot(":memory:");
    for (const read of readings) read(snapshot);
    snapshot.setState("complete", "yes");
    snapshot.settle([objectId(100)]);
    for (const read of readings) read(snapshot);
    expect([...snapshot.dirty()]).toEqual([]);
    snapshot.removeDirectoryMembers(guid(1), [guid(7)]);
    expect([...snapshot.dirty()]).toEqual([{ anchor: objectId(100), tenant: false, directory: true }]);
    snapshot.putPrincipals([user(8, { displayName: "Another name" })]);
    expect([...snapshot.dirty()]).toEqual([{ anchor: objectId(100), tenant: true, directory: true }]);
    snapshot.close();
  });
});
