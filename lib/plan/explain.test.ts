import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dn } from "#lib/model/dn.ts";
import { explanationStep } from "#lib/model/messages.ts";
import { type SkipReason, skipReason } from "#lib/model/plan.ts";
import { Failure } from "#lib/model/problem.ts";
import { explainGroup, type GroupInput } from "#lib/plan/explain.ts";
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
import { decideScope } from "#lib/plan/scope.ts";

const dn = "CN=Sales,OU=Cloud,DC=contoso,DC=com" as Dn;
const moved = "CN=Sales,OU=Old,DC=contoso,DC=com" as Dn;
const { problem } = new Failure("E4005");
const nextTryAt = "2026-11-24T12:05:00.000Z";

function input(fields: Partial<GroupInput> = {}): GroupInput {
  return {
    configuration: sampleConfiguration(),
    group: sampleGroup(),
    facts: sampleFacts(),
    softDeleted: false,
    found: [{ dn, sid: sidOf(1) }],
    quarantined: null,
    nameIsTaken: false,
    isOurs: false,
    ...fields,
  };
}
const inputs: fc.Arbitrary<GroupInput> = fc.record({
  configuration: configurations,
  group: groups,
  facts,
  softDeleted: fc.boolean(),
  found: fc.subarray([
    { dn, sid: sidOf(1) },
    { dn: moved, sid: sidOf(2) },
  ]),
  quarantined: fc.constantFrom(null, { problem, nextTryAt }),
  nameIsTaken: fc.constantFrom(null, true, false),
  isOurs: fc.boolean(),
});

/** The question on which each reason to leave a group out rests. */
const rests: Partial<Record<SkipReason, RegExp>> = {
  "group-synced-from-directory": /come from Active Directory itself/,
  "group-role-assignable": /Entra roles/,
  "group-kind-not-supported": /security group or a Microsoft 365 group/,
  "group-kind-out-of-scope": /chosen for writeback/,
  "group-not-selected": /chosen for writeback/,
  "group-writeback-disabled": /own writeback setting/,
  "group-writeback-not-set": /own writeback setting/,
  "group-writeback-type-invalid": /own writeback setting/,
};

describe("the explanation of a group", () => {
  test("cannot differ from the decision", () => {
    const reasons = new Set<SkipReason>();
    fc.assert(
      fc.property(inputs, (asked) => {
        const verdict = decideScope(asked.configuration, asked.group, asked.facts);
        const told = explainGroup(asked);
        const decided = told.steps.filter((step) => step.decided);
        expect(decided).toHaveLength(1);
        const [question] = decided.map((step) => step.question);
        if (!verdict.inScope || asked.softDeleted) expect(told.isWritten).toBe(false);
        if (asked.softDeleted) expect(question).toBe("Is the group in the cloud?");
        else if (!verdict.inScope) {
          reasons.add(verdict.reason);
          expect(question).toMatch(rests[verdict.reason] ?? "a reason that no question tells");
        } else if (told.isWritten && verdict.selection !== null)
          expect(question).toContain(verdict.selection.name);
        for (const step of told.steps) expect(explanationStep.parse(step)).toEqual(step);
      }),
      { numRuns: 2000 },
    );
    expect([...reasons].sort()).toEqual(skipReason.options.filter((reason) => rests[reason]).sort());
  });
  test("asks nothing more about the scope once it is decided, and everything before", () => {
    fc.assert(
      fc.property(inputs, (asked) => {
        const { verdict, steps } = explainGroup(asked);
        const at = steps.findIndex((step) => step.decided);
        // The last question of all, about the AD group that was written before, is asked in any case.
        const scope = steps.filter(({ question }) => !/directory|AD group/.test(question));
        const after = scope.filter((step) => steps.indexOf(step) > at && !/last changes/.test(step.question));
        expect(after.every(({ outcome }) => outcome === "notAsked")).toBe(true);
        const before = steps.slice(0, at).filter(({ outcome }) => outcome === "notAsked");
        expect(before.length === 0 || verdict.includes("in scope, but is not written")).toBe(true);
      }),
    );
  });

  test("tells a group in scope where it goes, and who says so", () => {
    expect(explainGroup(input())).toEqual({
      verdict:
        "“Sales” is written back as a universal security group to OU=Cloud,DC=contoso,DC=com. The general settings say so.",
      isWritten: true,
      steps: [
        { question: "Is the group in the cloud?", answer: "It is.", outcome: "yes", decided: false },
        {
          question: "Does the group come from Active Directory itself?",
          answer: "It is managed in the cloud.",
          outcome: "no",
          decided: false,
        },
        {
          question: "Can Entra roles be assigned to the group?",
          answer: "They cannot.",
          outcome: "no",
          decided: false,
        },
        {
          question: "Is it a security group or a Microsoft 365 group?",
          answer: "It is a security group.",
          outcome: "yes",
          decided: false,
        },
        {
          question: "Are security groups chosen for writeback?",
          answer:
            "The general settings write them back. It is written as a universal security group to OU=Cloud,DC=contoso,DC=com.",
          outcome: "yes",
          decided: true,
        },
        { question: "Is its AD group there?", answer: `It is ${dn}.`, outcome: "yes", decided: false },
        { question: "Did its last changes fail?", answer: "They did not.", outcome: "no", decided: false },
        {
          question: "Is its name unique in the directory?",
          answer: "No other object has it.",
          outcome: "yes",
          decided: false,
        },
      ],
    });
  });

  test.each([
    [
      [{ by: "displayName", pattern: "HR*" }],
      [],
      "It does not take the group, because its name does not have the form “HR*”.",
    ],
    [
      [{ by: "dynamic", value: true }],
      [],
      "It does not take the group, because its members are assigned by hand.",
    ],
    [
      [],
      [{ by: "kind", kinds: ["security"] }],
      "It does not take the group, because it is a security group, which it excludes.",
    ],
    [
      [],
      [],
      "It takes the group. It is written as a universal security group to OU=Pilot,DC=contoso,DC=com.",
    ],
  ] as const)(
    "says which condition of a selection fails: include %j, exclude %j",
    (include, exclude, answer) => {
      const pilot = sampleSelection({
        include: include.map((condition) => ({ ...condition })),
        exclude: exclude.map((condition) => ({ ...condition, kinds: [...condition.kinds] })),
      });
      const { steps } = explainGroup(input({ configuration: sampleConfiguration({ selections: [pilot] }) }));
      expect(steps.find(({ question }) => question.includes("Pilot"))?.answer).toBe(answer);
    },
  );

  const joined = sampleGroup({ sid: sidOf(9), cloudManaged: true });
  const isNot = "“Sales” is not written back. ";
  const waits = "“Sales” is in scope, but is not written. ";
  test.each([
    [{ softDeleted: true }, `${isNot}It was deleted, and can be restored for 30 days.`],
    [
      { group: sampleGroup({ synced: true }) },
      `${isNot}It belongs to Active Directory, so writing it back would go round in a circle.`,
    ],
    [
      { found: [{ dn: moved, sid: sidOf(1) }] },
      `${waits}Its AD group is ${moved}, outside the target OUs, so it is left as it is.`,
    ],
    [{ group: joined, found: [] }, `${waits}The AD group that it once was is not in this directory.`],
    [
      { quarantined: { problem, nextTryAt } },
      `${waits}${problem.what} ${problem.why} (E4005) The schedule tries again at 2026-11-24 12:05 UTC.`,
    ],
    [{ nameIsTaken: true }, `${waits}Another group or object has the name that it would get.`],
  ])("gives the reason of %j", (fields, verdict) => {
    expect(explainGroup(input(fields)).verdict).toBe(verdict);
  });

  test.each([
    ["keep", "It stays as it is."],
    ["convertToDistribution", "It becomes a distribution group, which gives no rights."],
    ["delete", "The next cycle deletes it."],
  ] as const)(
    "tells what becomes of the AD group of a group that is out of scope: %s",
    (withdrawal, answer) => {
      const configuration = sampleConfiguration({ withdrawal, scope: { securityGroups: false } });
      expect(explainGroup(input({ configuration })).steps.at(-1)).toMatchObject({
        question: "Is its AD group there?",
        answer: `It was written before: ${dn}. ${answer}`,
      });
      expect(explainGroup(input({ configuration, found: [] })).steps.at(-1)).toMatchObject({
        answer: "There is none in a target OU.",
      });
    },
  );
});
