import type { CloudGroup } from "#lib/model/group.ts";
import type { ExplanationStep } from "#lib/model/messages.ts";
import type { Selection } from "#lib/model/selection.ts";
import { conditionWords, kindWords, typeWords } from "#lib/plan/explainWords.ts";
import type { ScopeTrace } from "#lib/plan/scope.ts";
import type { Scoped, ScopeFacts, ScopeQuestion, ScopeVerdict } from "#lib/plan/scopeRules.ts";
import { refusalOf } from "#lib/plan/selection.ts";

type Answered = Pick<ExplanationStep, "answer" | "outcome">;

function yes(answer: string): Answered {
  return { outcome: "yes", answer };
}

function no(answer: string): Answered {
  return { outcome: "no", answer };
}

/** The step of a question without an answer. */
export function notAsked(
  question: string,
  answer = "This was not asked: an earlier answer decided.",
): ExplanationStep {
  return { question, answer, outcome: "notAsked", decided: false };
}

function question(asks: ScopeQuestion, { kind }: CloudGroup): string {
  switch (asks.about) {
    case "synced":
      return "Does the group come from Active Directory itself?";
    case "roleAssignable":
      return "Can Entra roles be assigned to the group?";
    case "selection":
      return `Does the selection “${asks.selection.name}” take it?`;
    case "kindSupported":
      return "Is it a security group or a Microsoft 365 group?";
    case "kindChosen":
      return `Are ${kindWords[kind].many} chosen for writeback?`;
    case "writebackConfiguration":
      return "Does the group's own writeback setting in the tenant allow it?";
  }
}

function selectionAnswer(selection: Selection, group: CloudGroup, facts: ScopeFacts): string {
  const refusal = refusalOf(selection, group, facts);
  if (refusal === null) return "It takes the group.";
  const because = conditionWords(refusal.condition, refusal.excluded);
  return `It does not take the group, because ${because}${refusal.excluded ? ", which it excludes" : ""}.`;
}

function ownSettingAnswer({ kind, writeback }: CloudGroup, verdict: ScopeVerdict | null): string {
  if (verdict?.inScope !== false)
    return writeback?.isEnabled === true
      ? "Writeback is switched on for it."
      : "Writeback is not set for it, and the tenant writes back Microsoft 365 groups then.";
  if (verdict.reason === "group-writeback-disabled") return "Writeback is switched off for it.";
  if (verdict.reason === "group-writeback-not-set")
    return kind === "microsoft365"
      ? "Writeback is not set for it, and the tenant does not write back Microsoft 365 groups then."
      : "Writeback is not set for it; a security group must have it switched on.";
  return `It asks for the type “${writeback?.onPremisesGroupType}”, which ${kindWords[kind].one} cannot become.`;
}

function answer(
  asks: ScopeQuestion,
  verdict: ScopeVerdict | null,
  group: CloudGroup,
  facts: ScopeFacts,
): Answered {
  const isOut = verdict?.inScope === false;
  switch (asks.about) {
    case "synced":
      if (isOut) return yes("It belongs to Active Directory, so writing it back would go round in a circle.");
      return no(
        group.cloudManaged
          ? "It once did, and is managed in the cloud now: its AD group is joined in place."
          : "It is managed in the cloud.",
      );
    case "roleAssignable":
      if (isOut)
        return yes("Entra roles can be assigned to it; such groups are kept out of Active Directory.");
      return group.roleAssignable ? yes("They can, and such groups are switched on.") : no("They cannot.");
    case "selection": {
      const words = selectionAnswer(asks.selection, group, facts);
      return verdict === null ? no(words) : yes(words);
    }
    case "kindSupported": {
      const words = `It is ${kindWords[group.kind].one}`;
      return isOut
        ? no(`${words}, which is only written back where a selection takes it.`)
        : yes(`${words}.`);
    }
    case "kindChosen": {
      if (!isOut) return yes("The general settings write them back.");
      return no(
        verdict.reason === "group-not-selected"
          ? "No selection takes it, and the general settings do not write back its kind."
          : "The general settings do not write back its kind.",
      );
    }
    case "writebackConfiguration": {
      const words = ownSettingAnswer(group, verdict);
      return isOut ? no(words) : yes(words);
    }
  }
}

/** What a group becomes and where, as the end of a sentence. */
export function destination({ type, target }: Extract<ScopeVerdict, { inScope: true }>): string {
  return `as ${typeWords[type]} to ${target}`;
}

/**
 * The questions that decided about a group's scope, in their order, each with its answer. They are the rules by which
 * it was decided, so that the explanation cannot differ from the decision.
 */
export function explainScope(
  { verdict, rules, decidedBy }: ScopeTrace,
  configuration: Scoped,
  group: CloudGroup,
  facts: ScopeFacts,
): ExplanationStep[] {
  return rules.map((rule, index) => {
    const asked = question(rule.asks, group);
    if (index > decidedBy) return notAsked(asked);
    const told = answer(rule.asks, rule.decide(configuration, group, facts), group, facts);
    const decided = index === decidedBy;
    const written = decided && verdict.inScope ? ` It is written ${destination(verdict)}.` : "";
    return { question: asked, ...told, answer: `${told.answer}${written}`, decided };
  });
}
