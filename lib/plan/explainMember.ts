import type { Principal, PrincipalKind } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { ExplanationStep } from "#lib/model/messages.ts";
import type { SkipReason } from "#lib/model/plan.ts";
import { type Explanation, explainGroup, type GroupInput } from "#lib/plan/explain.ts";
import { notAsked } from "#lib/plan/explainScope.ts";
import { referenceOf } from "#lib/plan/reference.ts";

/** Everything that is known about a member of a group whose membership is to be explained. */
export type MemberInput = {
  readonly group: GroupInput;
  /** What a person knows the member by. */
  readonly name: string;
  /** null: the tenant does not tell what it is. */
  readonly member: Principal | null;
  readonly isCloudMember: boolean;
  readonly isWrittenBack: (group: ObjectId) => boolean;
  /** null: the directory was not asked. */
  readonly foundInDirectory: boolean | null;
  /** null: there is no AD group, or it was not read. */
  readonly isDirectoryMember: boolean | null;
};

/** A question whose answer “yes” leads to the next one, and “no” decides; null: it could not be asked. */
type Gate = {
  readonly question: string;
  readonly holds: boolean | null;
  readonly yes: string;
  readonly no: string;
};

const kindWords: Record<PrincipalKind, string> = {
  user: "a user",
  group: "a group",
  device: "a device",
  contact: "a contact",
  servicePrincipal: "an application",
};

/** The questions by which a member is named on premises. `referenceOf` answers them. */
function naming(name: string, member: Principal, isWrittenBack: (group: ObjectId) => boolean): Gate[] {
  const verdict = referenceOf(member, isWrittenBack);
  const isNot = (reason: SkipReason) => verdict.found || verdict.reason !== reason;
  const kind = kindWords[member.kind];
  const nested: Gate = {
    question: `Is the group “${name}” written back itself?`,
    holds: isNot("member-group-not-written-back"),
    yes: "It is, so its AD group is the member.",
    no: `The group “${name}” is not written back, so there is no AD group that could be the member.`,
  };
  const synced: Gate = {
    question: `Is “${name}” in Active Directory too?`,
    holds: isNot("member-cloud-only"),
    yes: "The tenant knows it as synchronised from Active Directory.",
    no: member.synced
      ? `“${name}” is synchronised, but the tenant does not tell from which object.`
      : `“${name}” exists in the cloud only.`,
  };
  return [
    {
      question: "Can an AD group have a member of this kind?",
      holds: isNot("member-kind-not-supported"),
      yes: `“${name}” is ${kind}, which it can have.`,
      no: `“${name}” is ${kind}, which an AD group cannot have as a member.`,
    },
    member.kind === "group" && !member.synced ? nested : synced,
  ];
}

function gatesOf(input: MemberInput, group: ReturnType<typeof explainGroup>): Gate[] {
  const { name, member, isCloudMember, foundInDirectory } = input;
  const groupName = `“${input.group.group.displayName}”`;
  return [
    {
      question: `Is the group ${groupName} written back?`,
      holds: group.isWritten,
      yes: group.verdict,
      no: group.verdict,
    },
    {
      question: `Is “${name}” a member of the cloud group?`,
      holds: isCloudMember,
      yes: `“${name}” is a direct member of ${groupName}.`,
      no: `“${name}” is not a direct member of ${groupName}; members of groups within it do not count.`,
    },
    {
      question: `Does the tenant tell what “${name}” is?`,
      holds: member !== null,
      yes: "It does.",
      no: `The tenant does not tell what “${name}” is: the agent may lack a permission, or it was just deleted.`,
    },
    ...(member === null ? [] : naming(name, member, input.isWrittenBack)),
    {
      question: `Was “${name}” found in this directory?`,
      holds: foundInDirectory,
      yes: "It was.",
      no: `“${name}” was not found in this directory: it may be in another forest, or was deleted there.`,
    },
  ];
}

/** The steps up to the first “no”, which decides; the rest is not asked. */
function stepsOf(gates: readonly Gate[]): ExplanationStep[] {
  const end = gates.findIndex(({ holds }) => holds === false);
  return gates.map(({ question, holds, yes, no }, index) => {
    if (end >= 0 && index > end) return notAsked(question);
    if (holds === null) return notAsked(question, "The next cycle asks the directory.");
    return { question, answer: holds ? yes : no, outcome: holds ? "yes" : "no", decided: index === end };
  });
}

/** Whether somebody is in the AD group now. */
function present(name: string, isDirectoryMember: boolean | null): ExplanationStep {
  const question = `Is “${name}” in the AD group now?`;
  if (isDirectoryMember === null) return notAsked(question, "No cycle has read the AD group yet.");
  return isDirectoryMember
    ? { question, answer: "It is.", outcome: "yes", decided: false }
    : { question, answer: "It is not.", outcome: "no", decided: false };
}

/** Why somebody is in the AD group of a cloud group, or is not. */
export function explainMember(input: MemberInput): Explanation {
  const { name, isCloudMember, isDirectoryMember, foundInDirectory } = input;
  const group = explainGroup(input.group);
  const asked = stepsOf(gatesOf(input, group));
  const steps = [...asked, present(name, isDirectoryMember)];
  const isIn = `“${name}” is ${isDirectoryMember ? "" : "not "}in the AD group of “${input.group.group.displayName}”`;
  const hindrance = asked.find(({ decided }) => decided);
  if (hindrance !== undefined) {
    const isTakenOut = isDirectoryMember && group.isWritten && !isCloudMember;
    const next = isTakenOut ? ` The next cycle removes “${name}”.` : "";
    const still = isDirectoryMember ? `${isIn}, but writeback does not keep it so.` : `${isIn}.`;
    return { verdict: `${still} ${hindrance.answer}${next}`, steps };
  }
  const next = foundInDirectory ? `The next cycle adds “${name}”.` : "The next cycle asks the directory.";
  const verdict = isDirectoryMember ? `${isIn}, as in the cloud.` : `${isIn} yet. ${next}`;
  const last = steps.findLastIndex(({ outcome }) => outcome !== "notAsked");
  return { verdict, steps: steps.map((step, index) => ({ ...step, decided: index === last })) };
}
