import { expect, test } from "vitest";
import type { CloudGroupKind } from "#lib/model/group.ts";
import { sampleGroup } from "#lib/plan/samples.ts";
import { decideWriteback } from "#lib/plan/writeback.ts";

const distribution = "universalDistributionGroup";
const security = "universalSecurityGroup";
const mailEnabled = "universalMailEnabledSecurityGroup";
const disabled = "group-writeback-disabled";
const notSet = "group-writeback-not-set";
const invalid = "group-writeback-type-invalid";
const never = "group-kind-not-supported";

// Every row of the truth table (facts.md 1.4): isEnabled, onPremisesGroupType, and what becomes of the group where the
// tenant's NewUnifiedGroupWritebackDefault is true, and where it is false.
type Row = readonly [boolean | null, string | null, string, string];
const rows: Record<CloudGroupKind, readonly Row[]> = {
  microsoft365: [
    [null, null, distribution, notSet],
    [null, distribution, distribution, notSet],
    [null, security, security, notSet],
    [null, mailEnabled, mailEnabled, notSet],
    [null, "somethingElse", invalid, notSet],
    [true, null, distribution, distribution],
    [true, distribution, distribution, distribution],
    [true, security, security, security],
    [true, mailEnabled, mailEnabled, mailEnabled],
    [true, "somethingElse", invalid, invalid],
    [false, null, disabled, disabled],
    [false, distribution, disabled, disabled],
    [false, security, disabled, disabled],
    [false, mailEnabled, disabled, disabled],
    [false, "somethingElse", disabled, disabled],
  ],
  security: [
    [null, null, notSet, notSet],
    [null, distribution, notSet, notSet],
    [null, security, notSet, notSet],
    [null, mailEnabled, notSet, notSet],
    [null, "somethingElse", notSet, notSet],
    [true, null, security, security],
    [true, distribution, invalid, invalid],
    [true, security, security, security],
    [true, mailEnabled, invalid, invalid],
    [true, "somethingElse", invalid, invalid],
    [false, null, disabled, disabled],
    [false, distribution, disabled, disabled],
    [false, security, disabled, disabled],
    [false, mailEnabled, disabled, disabled],
    [false, "somethingElse", disabled, disabled],
  ],
  mailEnabledSecurity: [
    [null, null, never, never],
    [null, security, never, never],
    [true, null, never, never],
    [true, security, never, never],
    [true, mailEnabled, never, never],
    [false, null, never, never],
  ],
  distribution: [
    [null, null, never, never],
    [null, distribution, never, never],
    [true, null, never, never],
    [true, distribution, never, never],
    [true, security, never, never],
    [false, null, never, never],
  ],
};
const cases = (Object.keys(rows) as CloudGroupKind[]).flatMap((kind) =>
  rows[kind].map((row) => [kind, ...row] as const),
);

test.each(cases)("%s, isEnabled %j, type %j: %s, or %s", (kind, isEnabled, onPremisesGroupType, on, off) => {
  const group = sampleGroup({ kind, writeback: { isEnabled, onPremisesGroupType } });
  const told = [true, false].map((tenantDefault) => {
    const verdict = decideWriteback(group, tenantDefault);
    return "type" in verdict ? verdict.type : verdict.reason;
  });
  expect(told).toEqual([on, off]);
});

test("a setting that was not read is one that is not set", () => {
  expect(decideWriteback(sampleGroup({ kind: "microsoft365", writeback: null }), true)).toEqual({
    type: distribution,
  });
  expect(decideWriteback(sampleGroup({ kind: "security", writeback: null }), true)).toEqual({
    reason: notSet,
  });
});
