import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Principal, principalKind } from "#lib/model/group.ts";
import type { Guid } from "#lib/model/identifier.ts";
import { referenceKey, referenceOf } from "#lib/plan/reference.ts";
import { idOf, sidOf } from "#lib/plan/samples.ts";

const guid = "11111111-2222-3333-4444-555555555555" as Guid;
const id = idOf(1);
const sid = sidOf(1);
function member(kind: Principal["kind"], fields: Partial<Principal> = {}): Principal {
  return { id, kind, displayName: "Ana", synced: true, sid: null, guid: null, mail: null, ...fields };
}
const mail = "ana@contoso.com";
const bySid = { by: "sid", sid };

describe("a member is named on premises", () => {
  test.each([
    ["a user by SID", member("user", { sid, guid, mail }), bySid],
    ["a user without SID by objectGUID", member("user", { guid, mail }), { by: "guid", guid }],
    ["a user never by mail", member("user", { mail }), "member-cloud-only"],
    ["a cloud-only user not at all", member("user", { synced: false, guid, mail }), "member-cloud-only"],
    ["a synced group by SID", member("group", { sid }), bySid],
    ["a hybrid-joined device by SID", member("device", { sid }), bySid],
    ["a registered device not at all", member("device", { synced: false }), "member-cloud-only"],
    ["a synced contact by mail", member("contact", { mail }), { by: "mail", mail }],
    ["a contact without mail not at all", member("contact"), "member-cloud-only"],
    ["a cloud-only contact not at all", member("contact", { synced: false, mail }), "member-cloud-only"],
    ["an application not at all", member("servicePrincipal", { sid }), "member-kind-not-supported"],
  ] as const)("%s", (_, principal, expected) => {
    const verdict = referenceOf(principal, () => true);
    expect(verdict.found ? verdict.reference : verdict.reason).toEqual(expected);
  });

  test("a group of the cloud by its anchor, where it is written back itself", () => {
    // One that the cloud took over keeps its SID in the tenant; its AD group has the anchor, too.
    for (const group of [member("group", { synced: false }), member("group", { synced: false, sid })]) {
      const asked: string[] = [];
      const isWrittenBack = (nested: string) => asked.push(nested) > 0;
      expect(referenceOf(group, isWrittenBack)).toEqual({
        found: true,
        reference: { by: "anchor", anchor: id },
      });
      expect(asked).toEqual([id]);
      expect(referenceOf(group, () => false)).toEqual({
        found: false,
        reason: "member-group-not-written-back",
      });
    }
  });

  test("references are equal exactly when their keys are", () => {
    const principals = fc.record({
      id: fc.constantFrom(idOf(1), idOf(2)),
      kind: fc.constantFrom(...principalKind.options),
      displayName: fc.string(),
      synced: fc.boolean(),
      sid: fc.constantFrom(null, sidOf(1), sidOf(2)),
      guid: fc.constantFrom(null, guid),
      mail: fc.constantFrom(null, mail, "bo@contoso.com"),
    });
    fc.assert(
      fc.property(principals, principals, (left, right) => {
        const [one, two] = [left, right].map((principal) => referenceOf(principal, () => true));
        if (!one?.found || !two?.found) return;
        const isEqual = JSON.stringify(one.reference) === JSON.stringify(two.reference);
        expect(referenceKey(one.reference) === referenceKey(two.reference)).toBe(isEqual);
      }),
    );
  });
});
