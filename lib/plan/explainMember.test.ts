import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dn } from "#lib/model/dn.ts";
import { type Principal, principalKind } from "#lib/model/group.ts";
import type { GroupInput } from "#lib/plan/explain.ts";
import { explainMember, type MemberInput } from "#lib/plan/explainMember.ts";
import { referenceOf } from "#lib/plan/reference.ts";
import { idOf, sampleConfiguration, sampleFacts, sampleGroup, sidOf } from "#lib/plan/samples.ts";

const group: GroupInput = {
  configuration: sampleConfiguration(),
  group: sampleGroup(),
  facts: sampleFacts(),
  softDeleted: false,
  found: [{ dn: "CN=Sales,OU=Cloud,DC=contoso,DC=com" as Dn, sid: sidOf(1) }],
  quarantined: null,
  nameIsTaken: false,
  isOurs: false,
};
const outOfScope = { ...group, group: sampleGroup({ roleAssignable: true }) };
const ana: Principal = {
  id: idOf(7),
  kind: "user",
  displayName: "Ana",
  synced: true,
  sid: sidOf(7),
  guid: null,
  mail: null,
};
function input(fields: Partial<MemberInput> = {}): MemberInput {
  return {
    group,
    name: "Ana",
    member: ana,
    isCloudMember: true,
    isWrittenBack: () => false,
    foundInDirectory: true,
    isDirectoryMember: false,
    ...fields,
  };
}

describe("why is Ana not in this AD group?", () => {
  const not = "“Ana” is not in the AD group of “Sales”";
  const nested = { ...ana, kind: "group" as const, synced: false, sid: null };
  test.each<[Partial<MemberInput>, string, string]>([
    [{}, `${not} yet. The next cycle adds “Ana”.`, "Is “Ana” in the AD group now?"],
    [
      { isDirectoryMember: null, foundInDirectory: null },
      `${not} yet. The next cycle asks the directory.`,
      "Is “Ana” in Active Directory too?",
    ],
    [
      { isDirectoryMember: true },
      "“Ana” is in the AD group of “Sales”, as in the cloud.",
      "Is “Ana” in the AD group now?",
    ],
    [
      { group: outOfScope },
      `${not}. “Sales” is not written back. Entra roles can be assigned to it; such groups are kept out of Active Directory.`,
      "Is the group “Sales” written back?",
    ],
    [
      { isCloudMember: false },
      `${not}. “Ana” is not a direct member of “Sales”; members of groups within it do not count.`,
      "Is “Ana” a member of the cloud group?",
    ],
    [
      { isCloudMember: false, isDirectoryMember: true },
      "“Ana” is in the AD group of “Sales”, but writeback does not keep it so. “Ana” is not a direct member of “Sales”; members of groups within it do not count. The next cycle removes “Ana”.",
      "Is “Ana” a member of the cloud group?",
    ],
    [
      { group: outOfScope, isDirectoryMember: true },
      "“Ana” is in the AD group of “Sales”, but writeback does not keep it so. “Sales” is not written back. Entra roles can be assigned to it; such groups are kept out of Active Directory.",
      "Is the group “Sales” written back?",
    ],
    [
      { member: null },
      `${not}. The tenant does not tell what “Ana” is: the agent may lack a permission, or it was just deleted.`,
      "Does the tenant tell what “Ana” is?",
    ],
    [
      { member: { ...ana, kind: "servicePrincipal" } },
      `${not}. “Ana” is an application, which an AD group cannot have as a member.`,
      "Can an AD group have a member of this kind?",
    ],
    [
      { member: { ...ana, synced: false } },
      `${not}. “Ana” exists in the cloud only.`,
      "Is “Ana” in Active Directory too?",
    ],
    [
      { member: { ...ana, sid: null } },
      `${not}. “Ana” is synchronised, but the tenant does not tell from which object.`,
      "Is “Ana” in Active Directory too?",
    ],
    [
      { member: nested },
      `${not}. The group “Ana” is not written back, so there is no AD group that could be the member.`,
      "Is the group “Ana” written back itself?",
    ],
    [
      { foundInDirectory: false },
      `${not}. “Ana” was not found in this directory: it may be in another forest, or was deleted there.`,
      "Was “Ana” found in this directory?",
    ],
  ])("%j", (fields, verdict, question) => {
    const told = explainMember(input(fields));
    expect(told.verdict).toBe(verdict);
    expect(told.steps.filter(({ decided }) => decided).map((step) => step.question)).toEqual([question]);
  });

  test("whatever is known, one question decides, and it is the one that the plan would stop at", () => {
    const principals = fc.record({
      id: fc.constant(idOf(7)),
      kind: fc.constantFrom(...principalKind.options),
      displayName: fc.constant("Ana"),
      synced: fc.boolean(),
      sid: fc.constantFrom(null, sidOf(7)),
      guid: fc.constant(null),
      mail: fc.constantFrom(null, "ana@contoso.com"),
    });
    const maybe = fc.constantFrom(null, true, false);
    fc.assert(
      fc.property(
        fc.option(principals),
        fc.record({ isCloudMember: fc.boolean(), foundInDirectory: maybe, isDirectoryMember: maybe }),
        fc.boolean(),
        fc.boolean(),
        (member, known, isWritten, nestedWritten) => {
          const isWrittenBack = () => nestedWritten;
          const { verdict, steps } = explainMember(
            input({ ...known, member, isWrittenBack, group: isWritten ? group : outOfScope }),
          );
          expect(steps.filter(({ decided }) => decided)).toHaveLength(1);
          const isWanted =
            isWritten &&
            known.isCloudMember &&
            member !== null &&
            referenceOf(member, isWrittenBack).found &&
            known.foundInDirectory !== false;
          expect(/as in the cloud|The next cycle a(dds|sks)/.test(verdict)).toBe(isWanted);
          expect(verdict.startsWith("“Ana” is in the AD group")).toBe(known.isDirectoryMember === true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
