import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configured, type Engine, otherTarget, startEngine, target } from "#lib/agent/engine/stand.ts";
import {
  cloudGroup,
  cloudState,
  resultFor,
  search,
  securityGroup,
  tell,
  written,
} from "#lib/agent/engine/views.ts";
import { explain } from "#lib/agent/explain.ts";
import { ScopePreview } from "#lib/agent/scopePreview.ts";
import { tryMapping } from "#lib/agent/tryMapping.ts";
import { undoable } from "#lib/agent/undoable.ts";
import { ldapadd, ldapmodify } from "#lib/directory/contract/ldap-tools.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Selection } from "#lib/model/selection.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine("127.0.0.63");
  await engine.run();
}, 120_000);
afterAll(() => engine.close(), 60_000);

const signal = new AbortController().signal;
const first = (values: readonly string[] | undefined) => values?.[0] ?? "";
const rule = (fields: Partial<Selection>): Selection => ({
  id: "rule",
  name: "Finance",
  include: [],
  exclude: [],
  becomes: null,
  target: otherTarget,
  withdrawal: "keep",
  ...fields,
});

describe("before anything is written", () => {
  test("a preview of the scope names the groups, the rule that takes each, and why others are left out", async () => {
    const preview = new ScopePreview(engine.tenant);
    const selections = [rule({ include: [{ by: "displayName", pattern: "finance*" }] })];
    const told = await preview.of(configured({ selections }), signal);
    const finance = told.groups.find(({ displayName }) => displayName === "Finance reports readers");
    expect(finance).toMatchObject({ selection: "Finance", becomes: "universalSecurityGroup" });
    expect(finance?.dn).toContain(otherTarget);
    expect(told.total).toBe((await cloudState(engine)).groups.length - sum(told.leftOut));
    expect(told.leftOut).toContainEqual({ reason: "group-synced-from-directory", count: expect.any(Number) });
    const same = await preview.of(configured({ naming: "pattern", namingPattern: "{displayName}" }), signal);
    expect(same.sameName.map(({ groups }) => groups)).toEqual([["Project team", "Project team"]]);
    preview.close();
  });

  test("a mapping is tried on a real group, each attribute by itself", async () => {
    const { id } = await cloudGroup(engine, "Finance reports readers");
    const mapping = [
      {
        attribute: "info",
        source: { from: "expression", expression: "ToUpper([displayName])" },
        apply: "always",
      },
      { attribute: "wWWHomePage", source: { from: "expression", expression: "Nope(" }, apply: "always" },
      { attribute: "member", source: { from: "constant", value: "x" }, apply: "always" },
    ] as const;
    const told = await tryMapping(
      engine.tenant,
      configured({ mapping: [...mapping] }),
      id as ObjectId,
      signal,
    );
    expect(told.values.map(({ values, problem }) => [values, problem?.code])).toEqual([
      [["FINANCE REPORTS READERS"], undefined],
      [[], "E5009"],
      [[], "E5009"],
    ]);
  });
});

const sum = (counts: readonly { readonly count: number }[]) =>
  counts.reduce((all, { count }) => all + count, 0);

describe("an explanation", () => {
  test("tells why a person is in an AD group, and why another is not", async () => {
    const { id, members } = await cloudGroup(engine, "Finance reports readers");
    const { users } = await cloudState(engine);
    const about = (member: string | undefined) =>
      explain(engine, configured(), id as ObjectId, member as ObjectId | undefined);
    const group = await about(undefined);
    expect(group.steps.filter(({ decided }) => decided)).toHaveLength(1);
    expect(group.verdict).not.toBe("");
    const inside = await about(members[0]);
    const outside = await about(users.find((user) => !members.includes(user.id))?.id);
    expect(inside.verdict).not.toBe(outside.verdict);
    expect(outside.steps.some(({ outcome }) => outcome === "no")).toBe(true);
  });

  test("of a group that is not there says so", async () => {
    await expect(
      explain(engine, configured(), "00000000-0000-4000-8000-000000000000" as ObjectId, undefined),
    ).rejects.toMatchObject({ code: "E3008" });
  });
});

describe("a mapped attribute", () => {
  test("is written, and left alone once it was changed on premises where that is chosen", async () => {
    const { id } = await cloudGroup(engine, "Finance reports readers");
    const mapping = [
      {
        attribute: "info",
        source: { from: "constant", value: "from the cloud" },
        apply: "leaveOnPremises" as const,
      },
      {
        attribute: "wWWHomePage",
        source: { from: "property", property: "objectId" },
        apply: "always" as const,
      },
    ];
    const configuration = configured({ mapping: mapping as never });
    await engine.run({ configuration });
    const read = async () =>
      (await search(engine, `(adminDescription=Group_${id})`, ["info", "wWWHomePage"]))[0];
    expect(await read()).toMatchObject({ info: ["from the cloud"], wWWHomePage: [id] });
    const change = (name: string) => `replace: ${name}\n${name}: mine\n-\n`;
    await ldapmodify(
      engine.access,
      `dn: ${first((await read())?.dn)}\nchangetype: modify\n${change("info")}${change("wWWHomePage")}`,
    );
    await engine.run({ configuration });
    expect(await read()).toMatchObject({ info: ["mine"], wWWHomePage: [id] });
  });
});

describe("a group whose source of authority was moved to the cloud", () => {
  test("is joined in place by its SID: same object, same place", async () => {
    const dn = `CN=Old on-premises,${otherTarget}`;
    await ldapadd(
      engine.access,
      `dn: ${dn}\nobjectClass: group\ngroupType: -2147483646\nsAMAccountName: old-op\n`,
    );
    const [before] = await search(engine, "(sAMAccountName=old-op)", ["objectSid"]);
    const sid = sidText(Buffer.from(first(before?.objectSid), "base64"));
    const { id } = await tell(engine, "/groups", {
      ...securityGroup("Now in the cloud"),
      onPremisesSecurityIdentifier: sid,
      onPremisesSyncBehavior: { isCloudManaged: true },
      description: "from the cloud",
    });
    const run = await engine.run();
    expect([run.state, (await resultFor(engine, run, id))?.takenOverFrom]).toEqual([
      "completed",
      "sourceOfAuthority",
    ]);
    const after = await written(engine, id);
    expect([after?.dn, after?.objectSid, after?.groupType, after?.description]).toEqual([
      [dn],
      before?.objectSid,
      ["-2147483646"],
      ["from the cloud"],
    ]);
    expect((await engine.run()).counts.applied).toBe(0);
  });
});

/** A SID's text, from its bytes (MS-DTYP 2.4.2). */
function sidText(bytes: Buffer): string {
  const parts = Array.from({ length: bytes.readUInt8(1) }, (_, index) => bytes.readUInt32LE(8 + 4 * index));
  return ["S", bytes.readUInt8(0), bytes.readUIntBE(2, 6), ...parts].join("-");
}

describe("a group whose name is taken", () => {
  test("never blocks the others, and is written once the name is free", async () => {
    const { id } = await tell(engine, "/groups", securityGroup("Blocked"));
    const other = await tell(engine, "/groups", securityGroup("Free"));
    const name = `Blocked_${id.slice(-12)}`;
    const dn = `CN=Squatter,${otherTarget}`;
    await ldapadd(engine.access, `dn: ${dn}\nobjectClass: group\ngroupType: 8\nsAMAccountName: ${name}\n`);
    const run = await engine.run();
    expect(run.state).toBe("completed");
    expect((await resultFor(engine, run, id))?.skip?.reason).toBe("group-name-not-unique");
    expect(await written(engine, other.id)).toBeDefined();
    await ldapmodify(engine.access, `dn: ${dn}\nchangetype: delete\n`);
    await engine.run();
    expect(await written(engine, id)).toBeDefined();
  });
});

describe("a group that the directory refuses", () => {
  test("waits in quarantine for the schedule, with its cause, while the others are written", async () => {
    // The schema gives a group no givenName.
    const source = { from: "expression", expression: 'Switch([displayName],"","Refused","x")' } as const;
    const configuration = configured({ mapping: [{ attribute: "givenName", source, apply: "always" }] });
    const refused = await tell(engine, "/groups", securityGroup("Refused"));
    const other = await tell(engine, "/groups", securityGroup("Welcome"));
    const run = await engine.run({ configuration });
    expect(run.state).toBe("completedWithErrors");
    expect(await written(engine, refused.id)).toBeUndefined();
    expect(await written(engine, other.id)).toBeDefined();
    const [waiting] = await engine.store.quarantine();
    expect(waiting).toMatchObject({
      anchor: refused.id,
      name: "Refused",
      failures: 1,
      problem: { code: "E4009" },
    });
    const scheduled = await engine.run({ configuration, scheduled: true });
    expect((await resultFor(engine, scheduled, refused.id))?.skip?.reason).toBe("group-quarantined");
    await engine.run({ configuration });
    expect((await engine.store.quarantine())[0]?.failures).toBe(2);
    expect((await engine.run()).state).toBe("completed");
    expect(await engine.store.quarantine()).toEqual([]);
    expect(await written(engine, refused.id)).toBeDefined();
  });
});

describe("a mapping that can't be used", () => {
  const mapped = (attribute: string, expression: string) =>
    configured({ mapping: [{ attribute, source: { from: "expression", expression }, apply: "always" }] });

  test("is refused before anything runs, where it is wrong for every group", async () => {
    for (const configuration of [
      mapped("groupType", '"8"'),
      mapped("member", '"x"'),
      mapped("info", "Left("),
    ])
      await expect(engine.run({ configuration })).rejects.toMatchObject({ code: "E5009" });
    const configuration = configured({ naming: "pattern", namingPattern: "all the same" });
    await expect(engine.run({ configuration })).rejects.toMatchObject({ code: "E5010" });
  });

  test("is that group's failure alone, where it does not fit one group", async () => {
    const odd = await tell(engine, "/groups", securityGroup("Odd"));
    const even = await tell(engine, "/groups", securityGroup("Even"));
    const length = 'Left("abc",Switch([displayName],"2","Odd","two"))';
    const run = await engine.run({ configuration: mapped("info", length) });
    expect(run.state).toBe("completed");
    expect((await resultFor(engine, run, odd.id))?.skip?.reason).toBe("group-quarantined");
    expect((await engine.store.quarantine())[0]).toMatchObject({
      anchor: odd.id,
      problem: { code: "E5009" },
    });
    expect(await written(engine, even.id)).toBeDefined();
    await engine.run();
    expect(await engine.store.quarantine()).toEqual([]);
  });
});

describe("the end of writeback", () => {
  test("releases every group, which stays as an ordinary group of the directory; and can be undone", async () => {
    const request = { purpose: "disable", disable: "release", policyType: "Initial" } as const;
    const before = (await search(engine, "(adminDescription=Group_*)", ["cn"], target)).length;
    const run = await engine.run(request);
    expect([run.state, run.counts.applied]).toEqual(["completed", before]);
    expect(await search(engine, "(adminDescription=Group_*)", ["cn"], target)).toEqual([]);
    await undoable(engine.store, run);
    expect((await engine.run({ purpose: "undo", undoes: run.id })).state).toBe("completed");
    expect((await search(engine, "(adminDescription=Group_*)", ["cn"], target)).length).toBe(before);
    await expect(undoable(engine.store, run)).rejects.toMatchObject({ code: "E2011" });
  });
});
