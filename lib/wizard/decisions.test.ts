import { describe, expect, test } from "vitest";
import { configuration } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import { configurationOf, decisionsOf, featureErrors, thresholdOf } from "#lib/wizard/decisions.ts";

const target = "OU=Cloud,DC=contoso,DC=test" as Dn;
const configured = configuration.parse({
  version: 1,
  scope: { microsoft365Groups: false, securityGroups: true },
  target,
  naming: "displayName",
  withdrawal: "delete",
  deletionThreshold: 7,
  // Set by the API or the command line: no page shows it.
  changeThreshold: 99,
  takeOverAttribute: "info",
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
    });
  });

  test("is what the agent is configured with, except what was decided since", () => {
    const decisions = decisionsOf({ naming: "objectId" }, configured);
    expect(configurationOf(decisions, configured)).toEqual({ ...configured, naming: "objectId" });
  });
});

describe("a configuration", () => {
  test("is one that the server accepts", () => {
    const made = configurationOf(decisionsOf({ groupWriteback: true, target }, null), null);
    expect(configuration.safeParse(made).success).toBe(true);
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
    expect(configurationOf(decisionsOf(decided, null), null)).toBeUndefined();
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
