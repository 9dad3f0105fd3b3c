import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDn } from "../names/dn.ts";
import { create } from "../tree/create.ts";
import { newForest } from "../tree/forest.ts";
import type { Filter } from "../wire/filter.ts";
import { candidates } from "./candidates.ts";
import { matcher } from "./match.ts";

const base = "DC=contoso,DC=test";
const tree = newForest({ base: parseDn(base), netbiosName: "CONTOSO", administratorPassword: "Unused-2026" });
const names = ["alpha", "beta", "gamma", "delta"];
const unit = create(tree, { parent: tree.domain, className: "organizationalUnit", name: "unit" });
const groups = names.map((name, index) =>
  create(tree, {
    parent: unit,
    className: "group",
    name,
    sid: tree.newSid(),
    attributes: new Map([
      ["sAMAccountName", [name]],
      ["description", [`number ${index}`]],
      ["groupType", [String([-2147483640, 8, -2147483646, 2][index])]],
      ...(index % 2 === 0 ? [["adminDescription", [`Group_${index}`]] as const] : []),
    ]),
  }),
);
for (const [index, group] of groups.entries()) {
  tree.setLinks(group, "member", new Set(groups.slice(index + 1, index + 2)));
}
const everyone = [...tree.below(tree.domain)];

const equal = (attribute: string, value: string): Filter => ({
  kind: "equal",
  attribute,
  value: Buffer.from(value),
});
const dns = names.map((name) => `CN=${name},OU=unit,${base}`);

const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.constantFrom(...names, "none").map((name) => equal("sAMAccountName", name)),
  fc.constantFrom(...names).map((name) => equal("cn", name.toUpperCase())),
  fc.constantFrom(...dns, base, "CN=none").map((dn) => equal("member", dn)),
  fc.constantFrom(...dns).map((dn) => equal("memberOf", dn)),
  fc.constantFrom("Group_0", "group_2", "x").map((value) => equal("adminDescription", value)),
  fc.constantFrom("group", "user", "organizationalUnit").map((name) => equal("objectClass", name)),
  fc.constantFrom("nonsense", "canonicalName").map((name) => equal(name, "x")),
  fc
    .constantFrom("member", "adminDescription", "nonsense", "cn")
    .map((attribute): Filter => ({ kind: "present", attribute })),
  fc
    .constantFrom("b", "d", "z")
    .map((value): Filter => ({ kind: "atLeast", attribute: "cn", value: Buffer.from(value) })),
);
const filters: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    tie("filter").map((part): Filter => ({ kind: "not", part })),
    fc
      .tuple(fc.constantFrom("and" as const, "or" as const), fc.array(tie("filter"), { maxLength: 3 }))
      .map(([kind, parts]): Filter => ({ kind, parts })),
  ),
})).filter;

const verdicts = (filter: Filter) => everyone.map(matcher(tree, filter));

describe("a filter", () => {
  test("finds through an index what a walk finds", () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const few = candidates(tree, filter);
        if (few === undefined) return;
        const matches = matcher(tree, filter);
        const walked = everyone.filter((entry) => matches(entry) === true);
        expect(new Set(few.filter((entry) => everyone.includes(entry) && matches(entry) === true))).toEqual(
          new Set(walked),
        );
      }),
      { numRuns: 500 },
    );
  });

  test("follows De Morgan and double negation in three values", () => {
    fc.assert(
      fc.property(filters, filters, (a, b) => {
        const not = (part: Filter): Filter => ({ kind: "not", part });
        expect(verdicts(not({ kind: "and", parts: [a, b] }))).toEqual(
          verdicts({ kind: "or", parts: [not(a), not(b)] }),
        );
        expect(verdicts(not(not(a)))).toEqual(verdicts(a));
      }),
      { numRuns: 300 },
    );
  });

  test.each<[string, Filter, readonly string[]]>([
    ["an empty and is true", { kind: "and", parts: [] }, names],
    ["an empty or is false", { kind: "or", parts: [] }, []],
    [
      "all bits",
      {
        kind: "extensible",
        rule: "1.2.840.113556.1.4.803",
        attribute: "groupType",
        value: Buffer.from("2147483656"),
        dnAttributes: false,
      },
      ["alpha"],
    ],
    [
      "any bit",
      {
        kind: "extensible",
        rule: "1.2.840.113556.1.4.804",
        attribute: "groupType",
        value: Buffer.from("10"),
        dnAttributes: false,
      },
      names,
    ],
    [
      "in chain",
      {
        kind: "extensible",
        rule: "1.2.840.113556.1.4.1941",
        attribute: "memberOf",
        value: Buffer.from(dns[1] ?? ""),
        dnAttributes: false,
      },
      ["gamma", "delta"],
    ],
    [
      "an unknown rule",
      {
        kind: "extensible",
        rule: "1.2.3",
        attribute: "cn",
        value: Buffer.from("alpha"),
        dnAttributes: false,
      },
      [],
    ],
    [
      "pieces in order, not overlapping",
      {
        kind: "substrings",
        attribute: "cn",
        initial: Buffer.from("al"),
        any: [Buffer.from("p")],
        final: Buffer.from("HA"),
      },
      ["alpha"],
    ],
    [
      "pieces that would overlap",
      {
        kind: "substrings",
        attribute: "cn",
        initial: Buffer.from("alph"),
        any: [],
        final: Buffer.from("pha"),
      },
      [],
    ],
    ["a category by its class", equal("objectCategory", "group"), names],
    ["groupType as an unsigned number", equal("groupType", "2147483656"), ["alpha"]],
  ])("%s", (_title, filter, expected) => {
    const matches = matcher(tree, filter);
    expect(groups.filter((entry) => matches(entry) === true).map((entry) => entry.rdn.value)).toEqual(
      expected,
    );
  });
});
