import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "#lib/model/problem.ts";
import { evaluate } from "#lib/plan/expression/evaluate.ts";
import { functions } from "#lib/plan/expression/functions.ts";
import { parseExpression } from "#lib/plan/expression/syntax.ts";
import { checkMapping, mappedValues } from "#lib/plan/mapping.ts";
import { sampleGroup } from "#lib/plan/samples.ts";

const properties = { objectId: "3a5c3221-c465-48c0-95b8-e9305786a271", displayName: " Sales 😀 ", mail: "" };
const of = (source: string) => evaluate(parseExpression(source), properties);

describe("an expression", () => {
  test.each([
    // Cloud Sync's own expressions for cn (facts.md 4.1).
    ['Append("Group_",[objectId])', `Group_${properties.objectId}`],
    ['Append(Append(Left(Trim([displayName]),51),"_"),Mid([objectId],25,12))', "Sales 😀_e9305786a271"],
    ['Join("_",[displayName],"Contoso_Group")', " Sales 😀 _Contoso_Group"],
    ['Left("😀x",1)', ""],
    ['Right("x😀",1)', ""],
    ['IIF(IsPresent([mail]),[mail],"none")', "none"],
    ['Switch("b","?","a","1","b","2")', "2"],
    ['Coalesce([mail],"",ToUpper("ab"))', "AB"],
    ['Replace("a.b.c",".","$&")', "a$&b$&c"],
    ['"say \\"x\\" \\\\"', 'say "x" \\'],
  ])("%s gives %j", (source, expected) => expect(of(source)).toBe(expected));

  test.each([
    ['Apend("a","b")', "column 1", "Append"],
    ["Append([displayNam],1)", "column 8", "displayName"],
    ['Append("a"', "column 11", "missing"],
    ['Append("a")', "column 1", "2 parameters"],
    ['Left("a","x")', "column 1", "whole number"],
    ['"a" "b"', "column 5", "nothing more"],
    ["", "column 1", "missing"],
    ["{}", "column 1", "not expected"],
    ['Trim("constructor") ]', "column", "not expected"],
    ["constructor(1)", "column 1", "no function"],
  ])("%s is refused with the place and the way out", (source, place, hint) => {
    expect(() => of(source)).toThrow(expect.objectContaining({ code: "E5009" }));
    try {
      of(source);
    } catch (thrown) {
      expect((thrown as Failure).problem.why).toContain(place);
      expect((thrown as Failure).problem.why).toContain(hint);
    }
  });

  test("of whatever text either gives a text or says where it is wrong", () => {
    const words = fc.constantFrom(
      ...Object.keys(functions),
      "(",
      ")",
      ",",
      '"a"',
      "[mail]",
      "[objectId]",
      "3",
      " ",
    );
    const sources = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 25 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(sources, (source) => {
        try {
          expect(of(source).isWellFormed()).toBe(true);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(Failure);
          expect((thrown as Failure).problem.why).toMatch(/^At column \d+: /);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a mapping", () => {
  const group = sampleGroup({ displayName: "Sales", mail: "sales@contoso.com" });
  test.each([
    [{ from: "constant", value: " fixed " }, ["fixed"]],
    [{ from: "property", property: "mail" }, ["sales@contoso.com"]],
    [{ from: "property", property: "description" }, []],
    [{ from: "expression", expression: "ToUpper([displayName])" }, ["SALES"]],
  ] as const)("from %j gives %j", (source, expected) => {
    expect(mappedValues({ attribute: "info", source, apply: "always" }, group)).toEqual(expected);
  });

  test("never sets what makes a group or gives rights", () => {
    const source = { from: "constant", value: "x" } as const;
    for (const attribute of ["member", "GroupType", "objectSid", "nTSecurityDescriptor", "sidhistory"])
      expect(() => checkMapping({ attribute, source, apply: "always" })).toThrow(
        expect.objectContaining({ code: "E5009" }),
      );
    expect(() => checkMapping({ attribute: "info", source, apply: "always" })).not.toThrow();
  });
});
