import type { Configuration } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import type { CloudGroup, CloudGroupKind, OnPremisesGroupType } from "#lib/model/group.ts";
import type { Sid } from "#lib/model/identifier.ts";
import type { SkipReason } from "#lib/model/plan.ts";
import type { Selection } from "#lib/model/selection.ts";
import { type GroupFacts, selects } from "#lib/plan/selection.ts";
import { decideWriteback } from "#lib/plan/writeback.ts";

/** What is known beside a group's properties when its scope is decided. */
export type ScopeFacts = GroupFacts & { readonly newUnifiedGroupWritebackDefault: boolean };

/** Whether a cloud group is written back, as what and where; or why it is not. */
export type ScopeVerdict =
  | {
      readonly inScope: true;
      readonly type: OnPremisesGroupType;
      readonly target: Dn;
      /** The rule of the admin's own that took it; null: the general scope. */
      readonly selection: Selection | null;
      /** The SID of the AD group that it was before the cloud owned it, which is joined in place. */
      readonly join: Sid | null;
    }
  | { readonly inScope: false; readonly reason: SkipReason };

/** What of a configuration decides about scope. */
export type Scoped = Pick<Configuration, "scope" | "selections" | "target">;

/** What a rule asks about a group. */
export type ScopeQuestion =
  | {
      readonly about: "synced" | "roleAssignable" | "kindSupported" | "kindChosen" | "writebackConfiguration";
    }
  | { readonly about: "selection"; readonly selection: Selection };

/** A question and the verdict that follows from its answer; null: the next rule is asked. */
export type ScopeRule = {
  readonly asks: ScopeQuestion;
  readonly decide: (configuration: Scoped, group: CloudGroup, facts: ScopeFacts) => ScopeVerdict | null;
};

/** What each kind of cloud group becomes where nothing else is said (facts.md 1.4). */
const typeOf: Record<CloudGroupKind, OnPremisesGroupType> = {
  microsoft365: "universalDistributionGroup",
  security: "universalSecurityGroup",
  mailEnabledSecurity: "universalMailEnabledSecurityGroup",
  distribution: "universalDistributionGroup",
};

function out(reason: SkipReason): ScopeVerdict {
  return { inScope: false, reason };
}

/** The verdict that a group is in scope, with the type that it becomes, or the one of its kind. */
export function taken(
  { target }: { readonly target: Dn },
  group: CloudGroup,
  type: OnPremisesGroupType | null = null,
  selection: Selection | null = null,
): ScopeVerdict {
  const join = group.cloudManaged ? group.sid : null;
  return { inScope: true, type: type ?? typeOf[group.kind], target, selection, join };
}

/** What holds for every group, whatever else would select it. */
const always: readonly ScopeRule[] = [
  {
    // AD is the source of authority of a synced group: writing it back would be a loop (facts.md 1.4). A group with an
    // AD group of its own is never created a second time, even while Graph does not say yet who owns it.
    asks: { about: "synced" },
    decide: (_, { cloudManaged, synced, sid }) =>
      !cloudManaged && (synced || sid !== null) ? out("group-synced-from-directory") : null,
  },
  {
    // Whoever may change such a group in the cloud has a cloud role; AD rights must not follow from it unasked.
    asks: { about: "roleAssignable" },
    decide: ({ scope }, { roleAssignable }) =>
      roleAssignable && !scope.roleAssignableGroups ? out("group-role-assignable") : null,
  },
];

function bySelection(selection: Selection): ScopeRule {
  return {
    asks: { about: "selection", selection },
    decide: (_, group, facts) =>
      selects(selection, group, facts) ? taken(selection, group, selection.becomes, selection) : null,
  };
}

const generally: readonly ScopeRule[] = [
  {
    // Entra Connect never supported mail-enabled security groups and distribution lists (facts.md 1.1).
    asks: { about: "kindSupported" },
    decide: (_, { kind }) =>
      kind === "microsoft365" || kind === "security" ? null : out("group-kind-not-supported"),
  },
  {
    asks: { about: "kindChosen" },
    decide: ({ scope, selections }, { kind }) => {
      if (kind === "microsoft365" ? scope.microsoft365Groups : scope.securityGroups) return null;
      return out(selections.length === 0 ? "group-kind-out-of-scope" : "group-not-selected");
    },
  },
];

const byOwnSetting: ScopeRule = {
  asks: { about: "writebackConfiguration" },
  decide: (configuration, group, { newUnifiedGroupWritebackDefault }) => {
    const verdict = decideWriteback(group, newUnifiedGroupWritebackDefault);
    return "type" in verdict ? taken(configuration, group, verdict.type) : out(verdict.reason);
  },
};

/** The rules of a configuration, in the order in which they are asked. */
export function rulesOf({ scope, selections }: Scoped): readonly ScopeRule[] {
  const own = scope.decidedBy === "writebackConfiguration" ? [byOwnSetting] : [];
  return [...always, ...selections.map(bySelection), ...generally, ...own];
}
