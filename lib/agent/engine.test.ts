import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configured, type Engine, otherTarget, startEngine, target } from "#lib/agent/engine/stand.ts";
import {
  changesOf,
  cloudGroup,
  cloudState,
  kindsOf,
  resultFor,
  search,
  securityGroup,
  tell,
  written,
} from "#lib/agent/engine/views.ts";
import { ldapadd, ldapmodify } from "#lib/directory/contract/ldap-tools.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Selection } from "#lib/model/selection.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine("127.0.0.61");
}, 120_000);
afterAll(() => engine.close(), 60_000);

const first = (values: readonly string[] | undefined) => values?.[0] ?? "";

describe("a Delta cycle", () => {
  test("reads everything when nothing has been read yet, and says so", async () => {
    const run = await engine.run();
    expect([run.state, run.policyType, run.counts.failed]).toEqual(["completed", "Initial", 0]);
    expect(run.notes.join()).toContain("no cycle has read both sides");
    expect(run.counts.create).toBeGreaterThan(5);
  });

  test("then finds nothing to do, and stays a Delta cycle", async () => {
    await engine.run();
    const run = await engine.run();
    expect([run.state, run.policyType, run.notes]).toEqual(["completed", "Delta", []]);
    expect(await changesOf(engine, run)).toEqual([]);
  });

  test("writes one changed member as one change", async () => {
    const group = await cloudGroup(engine, "Finance reports readers");
    const [member] = group.members;
    await tell(engine, `/groups/${group.id}/members/remove`, { id: member });
    const removed = await engine.run();
    expect(await kindsOf(engine, removed)).toEqual(["removeMembers"]);
    await tell(engine, `/groups/${group.id}/members`, { id: member });
    const added = await engine.run();
    expect(await kindsOf(engine, added)).toEqual(["addMembers"]);
    expect(added.policyType).toBe("Delta");
    const [change] = await changesOf(engine, added);
    expect(change?.change.kind === "addMembers" && change.change.members.length).toBe(1);
  });

  test("renames the AD group of a renamed cloud group: the same object, the same SID", async () => {
    const group = await cloudGroup(engine, "Finance reports readers");
    const before = await written(engine, group.id);
    await tell(engine, `/groups/${group.id}`, { displayName: "Sales, #1 “worldwide” " });
    const run = await engine.run();
    expect((await kindsOf(engine, run)).sort()).toEqual(["rename", "update"]);
    const after = await written(engine, group.id);
    expect([after?.objectSid, after?.objectGUID]).toEqual([before?.objectSid, before?.objectGUID]);
    expect(first(after?.cn)).toBe(`Sales, #1 “worldwide”_${group.id.slice(-12)}`);
    await tell(engine, `/groups/${group.id}`, { displayName: "Finance reports readers" });
    await engine.run();
  });

  test("becomes an Initial one when Graph has forgotten where the last one left off", async () => {
    await tell(engine, "/delta/expire");
    const run = await engine.run();
    expect([run.state, run.policyType]).toEqual(["completed", "Initial"]);
    expect(run.notes.join()).toContain("became an Initial cycle");
    expect(await changesOf(engine, run)).toEqual([]);
  });
});

describe("a change on premises", () => {
  const drifts = [
    ["an attribute", "replace: description\ndescription: made on premises\n", "update"],
    ["a member that was removed", "delete: member\nmember: MEMBER\n", "addMembers"],
    [
      "a member that was added",
      "add: member\nmember: CN=Printers,OU=Legacy,OU=Groups,DC=contoso,DC=test\n",
      "removeMembers",
    ],
  ] as const;
  test.each(drifts)("to %s is found within one Delta cycle and overwritten", async (_, ldif, kind) => {
    const { id } = await cloudGroup(engine, "Finance reports readers");
    const before = await written(engine, id);
    const lines = ldif.replace("MEMBER", first(before?.member));
    await ldapmodify(engine.access, `dn: ${first(before?.dn)}\nchangetype: modify\n${lines}-\n`);
    const run = await engine.run();
    expect([run.state, run.policyType]).toEqual(["completed", "Delta"]);
    const changes = await changesOf(engine, run);
    expect(changes.map(({ change }) => change.kind)).toEqual([kind]);
    expect(changes[0]?.change.reason).toMatch(/^Changed on premises/);
    const after = await written(engine, id);
    expect([...(after?.member ?? [])].sort()).toEqual([...(before?.member ?? [])].sort());
    expect(after?.description).toEqual(before?.description);
  });

  test("that renames or moves the group is taken back", async () => {
    const { id } = await cloudGroup(engine, "Finance reports readers");
    const before = await written(engine, id);
    const move = `changetype: modrdn\nnewrdn: CN=Mine\ndeleteoldrdn: 1\nnewsuperior: ${otherTarget}\n`;
    await ldapmodify(engine.access, `dn: ${first(before?.dn)}\n${move}`);
    const run = await engine.run();
    expect(run.state).toBe("completed");
    const after = await written(engine, id);
    expect([after?.dn, after?.objectSid]).toEqual([before?.dn, before?.objectSid]);
  });

  test("that deletes the group brings it back", async () => {
    const { id } = await cloudGroup(engine, "Finance reports readers");
    const before = await written(engine, id);
    await ldapmodify(engine.access, `dn: ${first(before?.dn)}\nchangetype: delete\n`);
    const run = await engine.run();
    const failed = (await changesOf(engine, run)).filter(({ state }) => state === "failed");
    expect(failed).toEqual([]);
    expect([run.state, run.policyType]).toEqual(["completed", "Delta"]);
    const after = await written(engine, id);
    expect([after?.dn, [...(after?.member ?? [])].sort()]).toEqual([
      before?.dn,
      [...(before?.member ?? [])].sort(),
    ]);
  });
});

describe("a withdrawn group", () => {
  test("is kept while it can be restored, and deleted when it is gone for good", async () => {
    const { id } = await tell(engine, "/groups", securityGroup("Short-lived"));
    await engine.run();
    expect(await written(engine, id)).toBeDefined();
    await tell(engine, `/groups/${id}/delete-softly`);
    const soft = await engine.run();
    expect((await resultFor(engine, soft, id))?.skip?.reason).toBe("group-soft-deleted");
    expect(await written(engine, id)).toBeDefined();
    await tell(engine, `/groups/${id}/delete-permanently`);
    await engine.run();
    expect(await written(engine, id)).toBeUndefined();
  });

  test("becomes a distribution group where that is chosen, with its SID, and a security group again later", async () => {
    const { id } = await cloudGroup(engine, "Finance reports readers");
    const before = await written(engine, id);
    const without = {
      decidedBy: "kinds",
      microsoft365Groups: true,
      securityGroups: false,
      roleAssignableGroups: false,
    } as const;
    const convert = configured({ scope: without, withdrawal: "convertToDistribution" });
    await engine.run({ configuration: convert });
    const converted = await written(engine, id);
    expect([first(before?.groupType), first(converted?.groupType)]).toEqual(["-2147483640", "8"]);
    expect(converted?.objectSid).toEqual(before?.objectSid);
    await engine.run();
    const back = await written(engine, id);
    expect([back?.groupType, back?.objectSid]).toEqual([before?.groupType, before?.objectSid]);
  });
});

describe("the admin's own rules", () => {
  const rule = (fields: Partial<Selection>): Selection => ({
    id: "rule",
    name: "Rule",
    include: [],
    exclude: [],
    becomes: null,
    target,
    withdrawal: "keep",
    ...fields,
  });

  test("send groups to several targets, and move a group whose rule changed", async () => {
    const group = await cloudGroup(engine, "Finance reports readers");
    const selections = [
      rule({ include: [{ by: "displayName", pattern: "finance rep*" }], target: otherTarget }),
    ];
    const run = await engine.run({ configuration: configured({ selections }) });
    expect(run.state).toBe("completed");
    expect(first((await written(engine, group.id))?.dn)).toContain(otherTarget);
    await engine.run();
    expect(first((await written(engine, group.id))?.dn)).toContain(target);
  });
});

describe("a preview", () => {
  test("writes nothing, however often", async () => {
    const group = await cloudGroup(engine, "Finance reports readers");
    await tell(engine, `/groups/${group.id}`, { description: "previewed" });
    for (const _ of [1, 2]) {
      const run = await engine.run({ mode: "preview" });
      expect(await kindsOf(engine, run)).toEqual(["update"]);
    }
    expect(first((await written(engine, group.id))?.description)).not.toBe("previewed");
    const staged = await engine.run({ configuration: configured({ stagingMode: true }) });
    expect([staged.state, staged.counts.applied]).toEqual(["completed", 0]);
    expect(staged.notes.join()).toContain("Staging mode");
  });

  test("of one group on demand shows that group alone, and applies it alone", async () => {
    const group = await cloudGroup(engine, "Finance reports readers");
    const run = await engine.run({ only: group.id as ObjectId });
    expect(new Set((await changesOf(engine, run)).map(({ change }) => change.anchor))).toEqual(
      new Set([group.id]),
    );
    expect(first((await written(engine, group.id))?.description)).toBe("previewed");
  });
});

describe("a guard", () => {
  test("holds the whole plan until a person releases it, which is recorded", async () => {
    const group = await cloudGroup(engine, "Finance reports readers");
    await tell(engine, `/groups/${group.id}`, { description: "held" });
    const held = await engine.run({ configuration: configured({ changeThreshold: 0 }) });
    expect([held.state, held.problem?.code, held.counts.applied]).toEqual(["held", "E5006", 0]);
    const released = await engine.ended(await engine.runner.release(held.id, "Ana", "It was announced."));
    expect([released.state, released.release?.by, released.release?.held.code]).toEqual([
      "completed",
      "Ana",
      "E5006",
    ]);
    expect(first((await written(engine, group.id))?.description)).toBe("held");
    await expect(engine.runner.release(held.id, "Ana", "again")).rejects.toMatchObject({ code: "E2012" });
  });

  test("never lets members into a privileged group", async () => {
    const group = await cloudGroup(engine, "Finance reports readers");
    const { dn } = (await written(engine, group.id)) ?? {};
    const nest = (verb: string) =>
      `dn: CN=Administrators,CN=Builtin,DC=contoso,DC=test\nchangetype: modify\n${verb}: member\nmember: ${first(dn)}\n-\n`;
    await ldapmodify(engine.access, nest("add"));
    await tell(engine, `/groups/${group.id}`, { description: "with rights" });
    const run = await engine.run();
    expect([run.state, run.problem?.code]).toEqual(["held", "E5007"]);
    await expect(engine.runner.release(run.id, "Ana", "please")).rejects.toMatchObject({ code: "E2012" });
    await ldapmodify(engine.access, nest("delete"));
    expect((await engine.run()).state).toBe("completed");
  });
});

describe("an undo", () => {
  test("shows its plan first, then gives back what was there before", async () => {
    await engine.run();
    const { groups } = await cloudState(engine);
    const shot = async () =>
      (await search(engine, "(adminDescription=Group_*)", ["cn", "description", "member", "groupType"]))
        .map(({ dn, cn, description, groupType, member = [] }) =>
          JSON.stringify([dn, cn, description, groupType, [...member].sort()]),
        )
        .sort();
    const before = await shot();
    const group = groups.find(({ displayName }) => displayName === "Finance reports readers");
    await tell(engine, `/groups/${group?.id}`, { displayName: "Undone", description: "other" });
    await tell(engine, "/groups", securityGroup("New one"));
    const run = await engine.run();
    expect(run.counts.applied).toBeGreaterThan(2);
    const request = { purpose: "undo", undoes: run.id } as const;
    const preview = await engine.run({ ...request, mode: "preview" });
    expect(preview.counts.delete).toBe(1);
    expect((await engine.run(request)).state).toBe("completed");
    expect(await shot()).toEqual(before);
    await engine.run();
  });
});

describe("groups that other tools wrote", () => {
  test.each([
    ["Entra Connect", "adminDescription: Group_ID", null, "entraConnect"],
    ["Cloud Sync", "msDS-ExternalDirectoryObjectId: Group_ID", null, "cloudSync"],
    ["the community's script", "info: ID", "info", "script"],
  ] as const)("by %s are taken over in place", async (_, line, takeOverAttribute, tool) => {
    const { id } = await tell(engine, "/groups", securityGroup(`Taken ${tool}`));
    const dn = `CN=${tool} old,${target}`;
    await ldapadd(
      engine.access,
      `dn: ${dn}\nobjectClass: group\ngroupType: -2147483640\n${line.replace("ID", id)}\n`,
    );
    const [old] = await search(engine, `(cn=${tool} old)`, ["objectSid"]);
    const run = await engine.run({ configuration: configured({ takeOverAttribute }) });
    expect(run.state).toBe("completed");
    expect((await resultFor(engine, run, id))?.takenOverFrom).toBe(tool);
    const own = (await changesOf(engine, run)).filter(({ change }) => change.anchor === id);
    expect(own.map(({ change }) => change.kind).sort()).toEqual(["rename", "update"]);
    const after = await written(engine, id);
    expect([after?.objectSid, first(after?.cn)]).toEqual([old?.objectSid, `Taken ${tool}_${id.slice(-12)}`]);
  });
});
