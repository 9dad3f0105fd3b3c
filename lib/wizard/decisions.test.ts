import { describe, expect, test } from "vitest";
import { configuration } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import { configurationOf, decisionsOf, featureErrors, thresholdOf } from "#lib/wizard/decisions.ts";
import { newConditions } from "#lib/wizard/selection-form.ts";

const target = "OU=Cloud,DC=contoso,DC=test" as Dn;
const configured = configuration.parse({
  version: 1,
  scope: { microsoft365Groups: false, securityGroups: true },
  target,
  naming: "displayName",
  withdrawal: "delete",
  deletionThreshold: 7,
  changeThreshold: 99,
  deletionPercentage: 12.5,
  takeOverAttribute: "info",
  stagingMode: true,
  namingPattern: "{mailNickname}_{shortId}",
  mapping: [{ attribute: "info", source: { from: "constant", value: "cloud" }, apply: "onCreate" }],
  selections: [
    {
      id: "sales",
      name: "Sales",
      include: [{ by: "displayName", pattern: "Sales*" }],
      exclude: [],
      becomes: null,
      target,
      withdrawal: "keep",
    },
  ],
});

describe("what holds on the pages", () => {
  test("is the safe default before anything is decided", () => {
    expect(decisionsOf({}, null)).toEqual({
      groupWriteback: false,
      microsoft365Groups: true,
      securityGroups: false,
      withdrawal: "keep",
      deletionThreshold: "500",
      target: null,
      naming: "objectId",
      namingPattern: "{displayName}_{shortId}",
      ownSelections: false,
      selections: [],
      mapping: [],
      decidedBy: "kinds",
      roleAssignableGroups: false,
      stagingMode: false,
      takeOverAttribute: "",
      deletionPercentage: "",
      membershipRemovalThreshold: "",
      changeThreshold: "",
    });
  });

  test("is what the agent is configured with, except what was decided since", () => {
    const decisions = decisionsOf({ naming: "objectId" }, configured);
    expect(configurationOf(decisions)).toEqual({ ...configured, naming: "objectId" });
  });
});

describe("a configuration", () => {
  test("is one that the server accepts", () => {
    const made = configurationOf(decisionsOf({ groupWriteback: true, target }, null));
    expect(configuration.safeParse(made).success).toBe(true);
  });

  test("leaves the selections out while they are not used, and the draft keeps them", () => {
    const decisions = decisionsOf({ ownSelections: false }, configured);
    expect(configurationOf(decisions)?.selections).toEqual([]);
    expect(decisions.selections).toEqual(configured.selections);
  });

  test("may take groups by selections alone", () => {
    const made = configurationOf(
      decisionsOf({ microsoft365Groups: false, securityGroups: false }, configured),
    );
    expect(configuration.safeParse(made).success).toBe(true);
  });

  test.each([
    ["with selections, but none", { ownSelections: true, selections: [] }],
    [
      "with a selection whose condition is empty",
      { selections: configured.selections.map((each) => ({ ...each, include: [newConditions.owner] })) },
    ],
    ["with a pattern without placeholder", { naming: "pattern" as const, namingPattern: "all the same" }],
    ["with an attribute mapped twice", { mapping: [...configured.mapping, ...configured.mapping] }],
    ["with a share above 100 percent", { deletionPercentage: "101" }],
    ["with a threshold below 0", { changeThreshold: "-1" }],
    ["with an attribute that is none", { takeOverAttribute: "no attribute" }],
  ])("%s is none", (_, decided) => {
    expect(configurationOf(decisionsOf(decided, configured))).toBeUndefined();
  });

  test.each([
    ["without group writeback", { groupWriteback: false, target }],
    ["without a kind of group", { groupWriteback: true, microsoft365Groups: false, target }],
    ["without a target", { groupWriteback: true }],
    [
      "with a threshold that is no number",
      { groupWriteback: true, target, withdrawal: "delete" as const, deletionThreshold: "many" },
    ],
  ])("%s is none", (_, decided) => {
    expect(configurationOf(decisionsOf(decided, null))).toBeUndefined();
  });
});

test("an unreadable threshold does not matter while groups are kept", () => {
  expect(featureErrors(decisionsOf({ groupWriteback: true, deletionThreshold: "many" }, null))).toEqual({});
});

test.each([
  ["500", 500],
  [" 0 ", 0],
  ["", undefined],
  ["-1", undefined],
  ["1e3", undefined],
  ["12345678901", undefined],
])("the threshold %j is %j", (typed, expected) => {
  expect(thresholdOf(typed)).toBe(expected);
});
