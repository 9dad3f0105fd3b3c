import { describe, expect, test } from "vitest";
import { guidFromImmutableId } from "#lib/model/identifier.ts";
import { type Change, netChanges } from "#lib/sandbox/tenant/changes.ts";
import { contosoGroups } from "#lib/sandbox/tenant/contosoGroups.ts";
import { cloudSecurityIdentifier, stableId } from "#lib/sandbox/tenant/identity.ts";
import { immutableId } from "#lib/sandbox/tenant/people.ts";
import { contosoTenant, seedGroupId } from "#lib/sandbox/tenant/seed.ts";

describe("the sum of a change log", () => {
  const added: Change = { group: "g", what: "memberAdded", member: "m", memberKind: "user" };
  const removed: Change = { group: "g", what: "memberRemoved", member: "m", memberKind: "user" };

  test.each([
    [[added], { kind: "user", wasMember: false, isMember: true }],
    [[removed], { kind: "user", wasMember: true, isMember: false }],
    [[added, removed], undefined],
    [[removed, added], undefined],
    [[added, removed, added], { kind: "user", wasMember: false, isMember: true }],
  ])("%#", (log, expected) => {
    expect(netChanges(log, 0).get("g")?.members.get("m")).toEqual(expected);
  });

  test("begins where it is told to", () => {
    expect(netChanges([added, removed], 1).get("g")?.members.get("m")?.isMember).toBe(false);
    expect(netChanges([added], 1).size).toBe(0);
  });
});

describe("Contoso", () => {
  test("has fixed ids, whatever the people", () => {
    const tenant = contosoTenant([]);
    expect(tenant.groups.size).toBe(contosoGroups.length);
    expect(tenant.groups.get(seedGroupId("hebrew"))?.displayName).toBe("צוות מכירות ישראל");
    expect(stableId("a")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test("every reference of a group is to a group of the seed", () => {
    const keys = new Set(contosoGroups.map(({ key }) => key));
    expect(keys.size).toBe(contosoGroups.length);
    for (const { groups = [] } of contosoGroups) for (const key of groups) expect(keys).toContain(key);
  });
});

test("the immutable id is the GUID's bytes in AD's order, as the product reads it back", () => {
  const guid = "33221100-5544-7766-8899-aabbccddeeff";
  expect(Buffer.from(immutableId(guid), "base64").toString("hex")).toBe("00112233445566778899aabbccddeeff");
  expect(guidFromImmutableId(immutableId(guid))).toBe(guid);
});

test("a cloud SID is the object id in four numbers", () => {
  // The pair that public conversion scripts give as their example.
  expect(cloudSecurityIdentifier("73d664e4-0886-4a73-b745-c694da45ddb4")).toBe(
    "S-1-12-1-1943430372-1249052806-2496021943-3034400218",
  );
});
