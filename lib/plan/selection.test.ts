import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Condition } from "#lib/model/selection.ts";
import { conditions, facts, groups, idOf, sampleFacts, sampleGroup, selections } from "#lib/plan/samples.ts";
import { hasForm, matches, refusalOf, selects } from "#lib/plan/selection.ts";

describe("a pattern", () => {
  test.each([
    ["Sales", "sales", true],
    ["Sales", "sale", false],
    ["Sales", "S*", true],
    ["Sales", "*es", true],
    ["Sales", "*al*", true],
    ["Sales", "?ales", true],
    ["Sales", "?Sales", false],
    ["", "*", true],
    ["", "?", false],
    ["", "", true],
    ["😀", "?", true],
    ["😀", "??", false],
    ["İzmir", "?zmir", true],
    ["ΠΩΛΗΣΕΙΣ", "*σ", true],
    ["πωλησεις", "*Σ", true],
    ["STRASSE", "straße", false],
    ["Caf\u0065\u0301", "caf?", true],
    ["a.c", "a.c", true],
    ["abc", "a.c", false],
    ["(Sales)", "(*)", true],
    ["a\nb", "a*b", true],
  ])("%j has the form %j: %j", (text, pattern, expected) => expect(hasForm(text, pattern)).toBe(expected));

  // The definition, character by character.
  function oracle(text: readonly string[], pattern: readonly string[]): boolean {
    const [first, ...rest] = pattern;
    if (first === undefined) return text.length === 0;
    if (first === "*") return oracle(text, rest) || (text.length > 0 && oracle(text.slice(1), pattern));
    const [character, ...others] = text;
    return character !== undefined && (first === "?" || first === character) && oracle(others, rest);
  }
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "😀"), maxLength: 8 });
  const patterns = fc.string({ unit: fc.constantFrom("a", "b", "😀", "*", "?"), maxLength: 8 });
  test("means what its definition says", () => {
    fc.assert(
      fc.property(letters, patterns, (text, pattern) => {
        expect(hasForm(text, pattern)).toBe(oracle([...text], [...pattern]));
        expect(hasForm(text.toUpperCase(), pattern)).toBe(hasForm(text, pattern.toUpperCase()));
      }),
      { numRuns: 2000 },
    );
  });
  test("that would make a regular expression run for ages is answered, however long the text", () => {
    expect(hasForm("a".repeat(256), `${"*a".repeat(127)}*b`)).toBe(false);
  });
});

describe("a condition", () => {
  const extension = `extension_${"0".repeat(32)}_costCentre`;
  const group = sampleGroup({ displayName: "Sales Zürich", extensions: { [extension]: "4711" } });
  const dynamic = sampleGroup({ kind: "microsoft365", dynamic: true, roleAssignable: true });
  const pick = { id: idOf(7), displayName: "Seven" };
  const known = sampleFacts({
    owns: (owner) => owner === idOf(7),
    inUnit: (unit) => unit === idOf(8),
    memberOf: (pilot) => pilot === idOf(9),
  });
  const other = (n: number) => ({ id: idOf(n), displayName: "" });
  const cases: (readonly [Condition, boolean, boolean])[] = [
    [{ by: "groups", groups: [pick, { id: group.id, displayName: "an old name" }] }, true, true],
    [{ by: "groups", groups: [pick] }, false, false],
    [{ by: "displayName", pattern: "sales*" }, true, true],
    [{ by: "displayName", pattern: "sales zürich" }, true, false],
    [{ by: "kind", kinds: ["distribution", "security"] }, true, false],
    [{ by: "mailEnabled", value: true }, false, true],
    [{ by: "mailEnabled", value: false }, true, false],
    [{ by: "dynamic", value: true }, false, true],
    [{ by: "dynamic", value: false }, true, false],
    [{ by: "roleAssignable", value: true }, false, true],
    [{ by: "roleAssignable", value: false }, true, false],
    [{ by: "owner", owner: pick }, true, true],
    [{ by: "owner", owner: other(8) }, false, false],
    [{ by: "administrativeUnit", unit: other(8) }, true, true],
    [{ by: "administrativeUnit", unit: pick }, false, false],
    [{ by: "memberOf", group: other(9) }, true, true],
    [{ by: "memberOf", group: pick }, false, false],
    [{ by: "extensionAttribute", attribute: extension, pattern: "47??" }, true, false],
    [{ by: "extensionAttribute", attribute: extension, pattern: "48*" }, false, false],
  ];
  test.each(cases)("%j: the security group %j, the dynamic group %j", (condition, first, second) => {
    expect(matches(condition, group, known)).toBe(first);
    expect(matches(condition, dynamic, known)).toBe(second);
  });
  test("an attribute that a group does not have is not like any pattern, not even *", () => {
    const any: Condition = { by: "extensionAttribute", attribute: extension, pattern: "*" };
    expect(matches(any, sampleGroup({ extensions: {} }), known)).toBe(false);
  });
  test.each(["mailEnabledSecurity", "distribution", "microsoft365"] as const)(
    "%s is mail-enabled",
    (kind) => {
      expect(matches({ by: "mailEnabled", value: true }, sampleGroup({ kind }), known)).toBe(true);
    },
  );
});

describe("a selection", () => {
  test("without conditions takes every group", () => {
    fc.assert(
      fc.property(selections, groups, facts, (selection, group, known) => {
        expect(selects({ ...selection, include: [], exclude: [] }, group, known)).toBe(true);
      }),
    );
  });
  test("never takes what it excludes, whatever it includes", () => {
    fc.assert(
      fc.property(selections, conditions, groups, facts, (selection, condition, group, known) => {
        fc.pre(matches(condition, group, known));
        const refusal = refusalOf({ ...selection, exclude: [...selection.exclude, condition] }, group, known);
        expect(refusal).not.toBeNull();
      }),
    );
  });
  test("takes a group exactly when all that it includes holds and nothing that it excludes; else it names which", () => {
    fc.assert(
      fc.property(selections, groups, facts, (selection, group, known) => {
        const failing = selection.include.filter((condition) => !matches(condition, group, known));
        const excluding = selection.exclude.filter((condition) => matches(condition, group, known));
        const refusal = refusalOf(selection, group, known);
        expect(refusal === null).toBe(failing.length + excluding.length === 0);
        if (refusal !== null) expect(refusal.excluded ? excluding : failing).toContain(refusal.condition);
      }),
    );
  });
});
