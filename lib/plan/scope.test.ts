import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dn } from "#lib/model/dn.ts";
import {
  configurations,
  facts,
  groups,
  sampleConfiguration,
  sampleFacts,
  sampleGroup,
  sampleSelection,
  sidOf,
} from "#lib/plan/samples.ts";
import { decideScope, targetsOf, withdrawalOf } from "#lib/plan/scope.ts";
import { selects } from "#lib/plan/selection.ts";

const everyGroup = sampleSelection();
const known = sampleFacts();
const reasonOf = (...decision: Parameters<typeof decideScope>) => {
  const verdict = decideScope(...decision);
  return verdict.inScope ? null : verdict.reason;
};

describe("the first rule that speaks of a group decides", () => {
  test("a synced group is out, even of a selection that takes every group", () => {
    const configuration = sampleConfiguration({ selections: [everyGroup] });
    expect(reasonOf(configuration, sampleGroup({ synced: true, roleAssignable: true }), known)).toBe(
      "group-synced-from-directory",
    );
  });
  test("a group with an AD group is out until the tenant says that the cloud manages it; then it is joined", () => {
    const sid = sidOf(5);
    expect(reasonOf(sampleConfiguration(), sampleGroup({ sid }), known)).toBe("group-synced-from-directory");
    expect(decideScope(sampleConfiguration(), sampleGroup({ sid, cloudManaged: true }), known)).toMatchObject(
      {
        inScope: true,
        join: sid,
      },
    );
  });
  test("a role-assignable group is out of selections too, unless such groups are switched on", () => {
    const group = sampleGroup({ roleAssignable: true });
    const selected = sampleConfiguration({ selections: [everyGroup] });
    expect(reasonOf(selected, group, known)).toBe("group-role-assignable");
    const scope = { ...selected.scope, roleAssignableGroups: true };
    expect(decideScope({ ...selected, scope }, group, known)).toMatchObject({ selection: everyGroup });
    expect(decideScope(sampleConfiguration({ scope }), group, known)).toMatchObject({ selection: null });
  });
  test.each([
    ["microsoft365", "universalDistributionGroup"],
    ["security", "universalSecurityGroup"],
    ["mailEnabledSecurity", "universalMailEnabledSecurityGroup"],
    ["distribution", "universalDistributionGroup"],
  ] as const)("a selection that leaves the type open makes %s %s", (kind, type) => {
    const verdict = decideScope(
      sampleConfiguration({ selections: [everyGroup] }),
      sampleGroup({ kind }),
      known,
    );
    expect(verdict).toEqual({
      inScope: true,
      type,
      target: everyGroup.target,
      selection: everyGroup,
      join: null,
    });
  });
  test("a selection takes what the general settings, or the group's own, would leave out", () => {
    const configuration = sampleConfiguration({
      scope: { decidedBy: "writebackConfiguration", securityGroups: false },
      selections: [{ ...everyGroup, becomes: "universalDistributionGroup" }],
    });
    const writeback = { isEnabled: false, onPremisesGroupType: null };
    expect(decideScope(configuration, sampleGroup({ writeback }), known)).toMatchObject({
      inScope: true,
      type: "universalDistributionGroup",
    });
  });
  test.each(["mailEnabledSecurity", "distribution"] as const)("%s is taken by selections alone", (kind) => {
    expect(reasonOf(sampleConfiguration(), sampleGroup({ kind }), known)).toBe("group-kind-not-supported");
  });
  test("a kind that is switched off is out; where selections were asked before, the reason says so", () => {
    const scope = { securityGroups: false };
    const nothing = sampleSelection({ include: [{ by: "displayName", pattern: "x" }] });
    expect(reasonOf(sampleConfiguration({ scope }), sampleGroup(), known)).toBe("group-kind-out-of-scope");
    expect(reasonOf(sampleConfiguration({ scope, selections: [nothing] }), sampleGroup(), known)).toBe(
      "group-not-selected",
    );
  });
  test("a group's own setting counts only where it is said to decide", () => {
    const group = sampleGroup({ writeback: { isEnabled: false, onPremisesGroupType: null } });
    expect(reasonOf(sampleConfiguration(), group, known)).toBeNull();
    const own = sampleConfiguration({ scope: { decidedBy: "writebackConfiguration" } });
    expect(reasonOf(own, group, known)).toBe("group-writeback-disabled");
  });
  test("the tenant's default decides about a Microsoft 365 group without a setting", () => {
    const own = sampleConfiguration({ scope: { decidedBy: "writebackConfiguration" } });
    const group = sampleGroup({ kind: "microsoft365" });
    expect(reasonOf(own, group, known)).toBeNull();
    const off = sampleFacts({ newUnifiedGroupWritebackDefault: false });
    expect(reasonOf(own, group, off)).toBe("group-writeback-not-set");
  });

  test("of the selections the first that takes the group, whatever follows", () => {
    fc.assert(
      fc.property(configurations, groups, facts, (configuration, group, known) => {
        const verdict = decideScope(configuration, group, known);
        const taking = configuration.selections.filter((selection) => selects(selection, group, known));
        if (!verdict.inScope) {
          const isForbidden = ["group-synced-from-directory", "group-role-assignable"].includes(
            verdict.reason,
          );
          expect(taking.length === 0 || isForbidden).toBe(true);
          return;
        }
        const [first] = taking;
        expect(verdict.selection).toBe(first ?? null);
        expect(verdict.target).toBe((first ?? configuration).target);
        if (first?.becomes) expect(verdict.type).toBe(first.becomes);
      }),
    );
  });
  test("a group that AD manages is never in scope, whatever is configured", () => {
    fc.assert(
      fc.property(configurations, groups, facts, (configuration, group, known) => {
        const synced = { ...group, synced: true, cloudManaged: false };
        expect(reasonOf(configuration, synced, known)).toBe("group-synced-from-directory");
      }),
    );
  });
});

describe("the target OUs", () => {
  test("are named once each, however they are spelled", () => {
    const again = sampleSelection({ target: "ou=cloud, dc=Contoso,DC=com" as Dn });
    expect(targetsOf(sampleConfiguration({ selections: [again, everyGroup] }))).toHaveLength(2);
  });
});

describe("the withdrawal of an AD group", () => {
  const general = {
    target: "OU=Cloud,DC=contoso,DC=com" as Dn,
    withdrawal: "convertToDistribution",
  } as const;
  const within = sampleSelection({
    target: "OU=Deep,OU=Cloud,DC=contoso,DC=com" as Dn,
    withdrawal: "delete",
  });
  const elsewhere = sampleSelection({ target: "OU=Other,DC=contoso,DC=com" as Dn, withdrawal: "keep" });
  const of = (dn: string, selections = [within, elsewhere]) =>
    withdrawalOf({ ...general, selections }, dn as Dn);
  test.each([
    ["CN=A,OU=Cloud,DC=contoso,DC=com", "convertToDistribution"],
    ["CN=A,OU=Deep,OU=Cloud,DC=contoso,DC=com", "delete"],
    ["CN=A,ou=deep,ou=cloud,dc=contoso,dc=com", "delete"],
    ["CN=A,OU=Below,OU=Deep,OU=Cloud,DC=contoso,DC=com", "delete"],
    ["CN=A,OU=Other,DC=contoso,DC=com", "keep"],
    ["CN=A,OU=Nowhere,DC=contoso,DC=com", "convertToDistribution"],
  ])("%s: %s", (dn, expected) => expect(of(dn)).toBe(expected));
  test("is the mildest of the rules that write to the same OU, since it is not known which took the group", () => {
    const dn = "CN=A,OU=Cloud,DC=contoso,DC=com";
    const same = { ...within, target: general.target };
    expect(of(dn, [same])).toBe("convertToDistribution");
    expect(of(dn, [same, { ...same, withdrawal: "keep" }])).toBe("keep");
  });
});
