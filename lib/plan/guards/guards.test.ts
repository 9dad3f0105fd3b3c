import { describe, expect, test } from "vitest";
import { configuration } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { PlanFacts } from "#lib/plan/guards/guard.ts";
import { holding } from "#lib/plan/guards/guards.ts";
import { releasable } from "#lib/plan/guards/releasable.ts";

const none = { create: 0, update: 0, rename: 0, move: 0, addMembers: 0, removeMembers: 0, delete: 0 };
const settings = configuration.parse({
  version: 1,
  scope: { microsoft365Groups: true, securityGroups: true },
  target: "OU=Cloud,DC=contoso,DC=com",
  naming: "displayName",
  withdrawal: "keep",
  deletionPercentage: 10,
  membershipRemovalThreshold: 20,
  changeThreshold: 1000,
});
const fine: PlanFacts = {
  configuration: settings,
  cloudGroups: 10_000,
  writtenBackGroups: 10_000,
  counts: { ...none, membersRemoved: 0 },
  sharedAnchors: [],
  disagreeingAnchors: [],
  privilegedChanges: [],
  changesOutsideTargets: [],
};
const groups = ["A", "B", "C", "D", "E", "F", "G", "A"].map((name) => `CN=${name},DC=contoso,DC=com` as Dn);
const anchor = "3a5c3221-c465-48c0-95b8-e9305786a271" as ObjectId;
const counts = (some: Partial<PlanFacts["counts"]>) => ({ counts: { ...fine.counts, ...some } });

describe("a plan", () => {
  test.each<[string, Partial<PlanFacts>, string | undefined]>([
    ["of a usual day", counts({ create: 20, update: 30, membersRemoved: 5 }), undefined],
    ["from an empty tenant", { cloudGroups: 0 }, "E5003"],
    ["from an empty tenant for an empty directory", { cloudGroups: 0, writtenBackGroups: 0 }, undefined],
    ["with as many deletions as are allowed", counts({ delete: 500 }), undefined],
    ["with one deletion more", counts({ delete: 501 }), "E5004"],
    [
      "with the share of deletions that is allowed",
      { ...counts({ delete: 2 }), writtenBackGroups: 20 },
      undefined,
    ],
    ["with a greater share of deletions", { ...counts({ delete: 2 }), writtenBackGroups: 19 }, "E5004"],
    ["that removes as many memberships as are allowed", counts({ membersRemoved: 20 }), undefined],
    ["that removes one membership more", counts({ membersRemoved: 21 }), "E5005"],
    ["with as many changes as are allowed", counts({ create: 400, update: 300, move: 300 }), undefined],
    ["with one change more", counts({ create: 400, update: 300, move: 300, addMembers: 1 }), "E5006"],
    ["that changes a privileged group", { privilegedChanges: groups }, "E5007"],
    ["that leaves the targets", { changesOutsideTargets: groups }, "E5008"],
    ["with a shared anchor", { sharedAnchors: [{ anchor, groups: groups.slice(0, 2) }] }, "E5001"],
    ["with anchors that disagree", { disagreeingAnchors: groups }, "E5002"],
  ])("%s", (_, facts, code) => expect(holding({ ...fine, ...facts })?.code).toBe(code));

  test("whose thresholds are switched off is not held by them", () => {
    const off = {
      ...settings,
      deletionPercentage: null,
      membershipRemovalThreshold: null,
      changeThreshold: null,
    };
    const many = {
      ...counts({ delete: 400, update: 99_999, membersRemoved: 99_999 }),
      writtenBackGroups: 400,
    };
    expect(holding({ ...fine, ...many, configuration: off })).toBeNull();
  });

  test("is held by a percentage of 0 at the first deletion", () => {
    const strict = { ...settings, deletionPercentage: 0 };
    expect(holding({ ...fine, configuration: strict })).toBeNull();
    expect(holding({ ...fine, ...counts({ delete: 1 }), configuration: strict })?.code).toBe("E5004");
  });
});

describe("a problem", () => {
  test("has the numbers, and five names of groups at most, each once", () => {
    expect(holding({ ...fine, disagreeingAnchors: groups })?.why).toContain(
      "CN=A,DC=contoso,DC=com; CN=B,DC=contoso,DC=com; CN=C,DC=contoso,DC=com; CN=D,DC=contoso,DC=com; CN=E,DC=contoso,DC=com and 2 more",
    );
    expect(holding({ ...fine, privilegedChanges: groups })?.why).toMatch(
      /^7 groups .* CN=E,\S+ and 2 more\./,
    );
    expect(holding({ ...fine, changesOutsideTargets: groups.slice(0, 1) })?.why).toContain("(1 in all)");
    const names = { delete: ["Sales", "Legal", "A", "B", "C", "D"] };
    expect(holding({ ...fine, ...counts({ delete: 501 }), names })?.why).toBe(
      "501 of 10000 written-back groups would be deleted, among them Sales; Legal; A; B; C; the threshold is 500. Nothing was written.",
    );
    expect(holding({ ...fine, ...counts({ membersRemoved: 21 }) })?.why).toBe(
      "21 memberships would be removed from groups; the threshold is 20. Nothing was written.",
    );
  });

  test("that nobody can release comes before those that a person can", () => {
    const everything: PlanFacts = {
      ...fine,
      ...counts({ delete: 501, membersRemoved: 9999, update: 9999 }),
      cloudGroups: 0,
      sharedAnchors: [{ anchor, groups: groups.slice(0, 2) }],
      disagreeingAnchors: groups,
      privilegedChanges: groups,
      changesOutsideTargets: groups,
    };
    // What holds the plan is mended one by one, as a person would.
    const mended: [string, Partial<PlanFacts>][] = [
      ["E5002", { disagreeingAnchors: [] }],
      ["E5001", { sharedAnchors: [] }],
      ["E5007", { privilegedChanges: [] }],
      ["E5008", { changesOutsideTargets: [] }],
      ["E5003", { cloudGroups: 1 }],
      ["E5004", counts({ membersRemoved: 9999, update: 9999 })],
      ["E5005", counts({ update: 9999 })],
      ["E5006", counts({})],
    ];
    let facts = everything;
    const order: (readonly [string | undefined, boolean])[] = [];
    for (const [code, mend] of mended) {
      const found = holding(facts)?.code;
      expect(found).toBe(code);
      order.push([found, found !== undefined && releasable(found)]);
      facts = { ...facts, ...mend };
    }
    expect(holding(facts)).toBeNull();
    expect(order.map(([, released]) => released)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
  });
});
