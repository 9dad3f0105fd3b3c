import { expect, test } from "vitest";
import { parseDn } from "../names/dn.ts";
import { findClass } from "../schema/schema.ts";
import { create } from "../tree/create.ts";
import { plainDescriptor } from "../tree/entry.ts";
import { newForest } from "../tree/forest.ts";
import { mayDo } from "./access.ts";
import { type Ace, aceFlags, rights } from "./descriptor.ts";

const who = "S-1-5-21-9-9-9-1234";
const token = new Set([who]);
const group = findClass("group")?.guid ?? "";
const owner = "S-1-5-18";

function ace(mask: number, rest: Partial<Ace> = {}): Ace {
  const plain = { effect: "allow", flags: 0, objectType: undefined, inheritedObjectType: undefined } as const;
  return { ...plain, sid: who, mask, ...rest };
}

/** A group in an OU in an OU; `outer` and `inner` are the OUs' access control lists. */
function groupUnder(outer: readonly Ace[], inner: readonly Ace[] = [], isProtected = false) {
  const base = parseDn("DC=contoso,DC=test");
  const tree = newForest({ base, netbiosName: "CONTOSO", administratorPassword: "Unused-2026" });
  const unit = (parent: typeof tree.domain, name: string, aces: readonly Ace[], isClosed = false) =>
    create(tree, {
      parent,
      className: "organizationalUnit",
      name,
      descriptor: { ...plainDescriptor(owner, aces), protected: isClosed },
    });
  const innerUnit = unit(unit(tree.domain, "outer", outer), "inner", inner, isProtected);
  const descriptor = plainDescriptor(owner);
  return { innerUnit, group: create(tree, { parent: innerUnit, className: "group", name: "g", descriptor }) };
}

const inherit = aceFlags.containerInherit;

test.each<[string, readonly Ace[], readonly Ace[], boolean]>([
  ["nothing allows nothing", [], [], false],
  ["an inherited entry allows", [ace(rights.writeProperty, { flags: inherit })], [], true],
  ["an entry that is not inherited does not reach down", [ace(rights.writeProperty)], [], false],
  [
    "no-propagate reaches one level alone",
    [ace(rights.writeProperty, { flags: inherit | aceFlags.noPropagate })],
    [],
    false,
  ],
  [
    "an entry for groups reaches a group",
    [ace(rights.writeProperty, { flags: inherit, inheritedObjectType: group })],
    [],
    true,
  ],
  [
    "an entry for users does not reach a group",
    [ace(rights.writeProperty, { flags: inherit, inheritedObjectType: findClass("user")?.guid })],
    [],
    false,
  ],
  [
    "a nearer denial wins over a farther permission",
    [ace(rights.writeProperty, { flags: inherit })],
    [ace(rights.writeProperty, { flags: inherit, effect: "deny" })],
    false,
  ],
  [
    "a nearer permission wins over a farther denial",
    [ace(rights.writeProperty, { flags: inherit, effect: "deny" })],
    [ace(rights.writeProperty, { flags: inherit })],
    true,
  ],
  ["generic write holds the right to write", [ace(0x40000000, { flags: inherit })], [], true],
  [
    "an entry for another account does nothing",
    [ace(rights.full, { flags: inherit, sid: "S-1-5-21-9-9-9-1" })],
    [],
    false,
  ],
])("%s", (_title, outer, inner, expected) => {
  expect(mayDo(token, groupUnder(outer, inner).group, rights.writeProperty)).toBe(expected);
});

test("a protected list takes nothing over", () => {
  const outer = [ace(rights.full, { flags: inherit })];
  expect(mayDo(token, groupUnder(outer, [], true).group, rights.delete)).toBe(false);
});

test("inherit-only and object types: groups may be made here, and nothing else", () => {
  const { innerUnit } = groupUnder(
    [],
    [
      ace(rights.createChild, { objectType: group }),
      ace(rights.full, { flags: inherit | aceFlags.inheritOnly }),
    ],
  );
  expect(mayDo(token, innerUnit, rights.createChild, [group])).toBe(true);
  expect(mayDo(token, innerUnit, rights.createChild, [findClass("user")?.guid ?? ""])).toBe(false);
  expect(mayDo(token, innerUnit, rights.writeProperty)).toBe(false);
});

test("the owner may read and write the list, and nothing else by that", () => {
  const { group: one } = groupUnder([]);
  const owning = new Set([owner]);
  one.descriptor = { ...one.descriptor, protected: true };
  expect(mayDo(owning, one, rights.writeDacl | rights.readControl)).toBe(true);
  expect(mayDo(owning, one, rights.writeProperty)).toBe(false);
});
