import type { Configuration } from "#lib/model/configuration.ts";
import { type Dn, dnKey, isBelow } from "#lib/model/dn.ts";
import type { CloudGroup } from "#lib/model/group.ts";
import type { Withdrawal } from "#lib/model/selection.ts";
import {
  rulesOf,
  type Scoped,
  type ScopeFacts,
  type ScopeRule,
  type ScopeVerdict,
  taken,
} from "#lib/plan/scopeRules.ts";

export type { ScopeFacts, ScopeVerdict } from "#lib/plan/scopeRules.ts";

/** A decision with the rules that it was made by; those after `decidedBy` were not asked. */
export type ScopeTrace = {
  readonly verdict: ScopeVerdict;
  readonly rules: readonly ScopeRule[];
  readonly decidedBy: number;
};

/** Decides about one group and tells how. The first rule with a verdict decides; without any, the group is taken. */
export function traceScope(configuration: Scoped, group: CloudGroup, facts: ScopeFacts): ScopeTrace {
  const rules = rulesOf(configuration);
  for (const [decidedBy, rule] of rules.entries()) {
    const verdict = rule.decide(configuration, group, facts);
    if (verdict !== null) return { verdict, rules, decidedBy };
  }
  return { verdict: taken(configuration, group), rules, decidedBy: rules.length - 1 };
}

/** Decides about one group. */
export function decideScope(configuration: Scoped, group: CloudGroup, facts: ScopeFacts): ScopeVerdict {
  return traceScope(configuration, group, facts).verdict;
}

/** Every OU that groups may be written to. */
export function targetsOf({ target, selections }: Pick<Configuration, "target" | "selections">): Dn[] {
  const targets = [target, ...selections.map((selection) => selection.target)];
  return [...new Map(targets.map((dn) => [dnKey(dn), dn])).values()];
}

/** From the one that changes least to the one that cannot be taken back. */
const severity: readonly Withdrawal[] = ["keep", "convertToDistribution", "delete"];

/**
 * What becomes of an AD group that is no longer in scope: as the rule says that writes to its OU, the innermost if
 * several hold it, else the general setting. Which rule once took it is not known any more, so where several write to
 * that very OU, the mildest of them counts.
 */
export function withdrawalOf(
  { target, selections, withdrawal }: Pick<Configuration, "target" | "selections" | "withdrawal">,
  dn: Dn,
): Withdrawal {
  const holding = [{ target, withdrawal }, ...selections].filter((rule) => isBelow(dn, rule.target));
  const depth = Math.max(...holding.map((rule) => dnKey(rule.target).length));
  const said = holding.filter((rule) => dnKey(rule.target).length === depth).map((rule) => rule.withdrawal);
  return severity.find((mild) => said.includes(mild)) ?? withdrawal;
}
