import type { Configuration } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import type { CloudGroup } from "#lib/model/group.ts";
import type { Sid } from "#lib/model/identifier.ts";
import type { ExplanationStep, QuarantinedGroup } from "#lib/model/messages.ts";
import { destination, explainScope, notAsked } from "#lib/plan/explainScope.ts";
import { withdrawalWords } from "#lib/plan/explainWords.ts";
import { inTargets, placementOf } from "#lib/plan/placement.ts";
import { type ScopeFacts, targetsOf, traceScope, withdrawalOf } from "#lib/plan/scope.ts";

/** Everything that is known about a group whose writeback is to be explained. */
export type GroupInput = {
  readonly configuration: Pick<Configuration, "scope" | "selections" | "target" | "withdrawal">;
  readonly group: CloudGroup;
  readonly facts: ScopeFacts;
  readonly softDeleted: boolean;
  /** The AD groups that carry its anchor. */
  readonly found: readonly { readonly dn: Dn; readonly sid: Sid }[];
  /** Set while its changes have failed and wait for their next try. */
  readonly quarantined: Pick<QuarantinedGroup, "problem" | "nextTryAt"> | null;
  /** Whether another object has its name; null: not known. */
  readonly nameIsTaken: boolean | null;
  /** An earlier cycle had its AD group in a target OU. */
  readonly isOurs: boolean;
};

/** An answer to “why?”: the verdict in a sentence or two, and the questions that led to it. One of them decided. */
export type Explanation = { readonly verdict: string; readonly steps: ExplanationStep[] };

const questions = {
  there: "Is the group in the cloud?",
  directory: "Is its AD group there?",
  quarantine: "Did its last changes fail?",
  name: "Is its name unique in the directory?",
} as const;

/** A moment in the form 2026-11-24 12:00 UTC. */
function moment(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function step(question: string, outcome: "yes" | "no", answer: string, decided = false): ExplanationStep {
  return { question, answer, outcome, decided };
}

/** The AD group of a group that is not written: what was written before, and what becomes of it. */
function leftBehind({ configuration, found }: GroupInput): ExplanationStep {
  const here = inTargets(found, targetsOf(configuration));
  if (here === undefined) return step(questions.directory, "no", "There is none in a target OU.");
  const becomes = withdrawalWords[withdrawalOf(configuration, here.dn)];
  return step(questions.directory, "yes", `It was written before: ${here.dn}. ${becomes}`);
}

/** Where the group is in AD; with `decided` when it cannot be written for that. */
function placed({ configuration, found, isOurs }: GroupInput, join: Sid | null): ExplanationStep {
  const placement = placementOf({ join, targets: targetsOf(configuration), isOurs }, found);
  if (placement.state === "missing")
    return step(questions.directory, "no", "There is none yet; the next cycle creates it.");
  if (placement.state === "there") {
    const where = `It is ${placement.group.dn}.`;
    const how = placement.inPlace ? " It was there before the cloud managed it, and keeps its place." : "";
    return step(questions.directory, "yes", `${where}${how}`);
  }
  return placement.reason === "group-outside-target"
    ? step(
        questions.directory,
        "yes",
        `Its AD group is ${placement.group.dn}, outside the target OUs, so it is left as it is.`,
        true,
      )
    : step(questions.directory, "no", "The AD group that it once was is not in this directory.", true);
}

function failed(quarantined: GroupInput["quarantined"]): ExplanationStep {
  if (quarantined === null) return step(questions.quarantine, "no", "They did not.");
  const { problem, nextTryAt } = quarantined;
  const cause = `${problem.what} ${problem.why} (${problem.code})`;
  const next = `The schedule tries again at ${moment(nextTryAt)}.`;
  return step(questions.quarantine, "yes", `${cause} ${next}`, true);
}

function named(nameIsTaken: boolean | null): ExplanationStep {
  if (nameIsTaken === null) return notAsked(questions.name, "The next cycle asks the directory.");
  return nameIsTaken
    ? step(questions.name, "no", "Another group or object has the name that it would get.", true)
    : step(questions.name, "yes", "No other object has it.");
}

/** What is asked of a group in scope, up to the first answer that keeps it from being written. */
function untilDecided(asked: readonly ExplanationStep[]): ExplanationStep[] {
  const end = asked.findIndex(({ decided }) => decided);
  return asked.map((told, index) => (end >= 0 && index > end ? notAsked(told.question) : told));
}

/** Why a group is written back, or is not; `isWritten`: the next cycle writes it. */
export function explainGroup(input: GroupInput): Explanation & { readonly isWritten: boolean } {
  const { configuration, group, facts, softDeleted } = input;
  const name = `“${group.displayName}”`;
  const trace = traceScope(configuration, group, facts);
  const scope = explainScope(trace, configuration, group, facts);
  if (softDeleted) {
    const gone = step(questions.there, "no", "It was deleted, and can be restored for 30 days.", true);
    const rest = [...scope.map(({ question }) => notAsked(question)), leftBehind(input)];
    return {
      verdict: `${name} is not written back. ${gone.answer}`,
      steps: [gone, ...rest],
      isWritten: false,
    };
  }
  const there = step(questions.there, "yes", "It is.");
  if (!trace.verdict.inScope) {
    const why = scope[trace.decidedBy]?.answer ?? "";
    const steps = [there, ...scope, leftBehind(input)];
    return { verdict: `${name} is not written back. ${why}`, steps, isWritten: false };
  }
  const { selection, join } = trace.verdict;
  const onPremises = untilDecided([placed(input, join), failed(input.quarantined), named(input.nameIsTaken)]);
  const hindrance = onPremises.find(({ decided }) => decided);
  if (hindrance !== undefined) {
    const steps = [there, ...scope.map((told) => ({ ...told, decided: false })), ...onPremises];
    return {
      verdict: `${name} is in scope, but is not written. ${hindrance.answer}`,
      steps,
      isWritten: false,
    };
  }
  const by =
    selection === null ? "The general settings say so." : `The selection “${selection.name}” says so.`;
  const verdict = `${name} is written back ${destination(trace.verdict)}. ${by}`;
  return { verdict, steps: [there, ...scope, ...onPremises], isWritten: true };
}
