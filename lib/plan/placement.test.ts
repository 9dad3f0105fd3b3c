import { expect, test } from "vitest";
import type { Dn } from "#lib/model/dn.ts";
import { sid } from "#lib/model/identifier.ts";
import { placementOf } from "#lib/plan/placement.ts";
import { sidOf } from "#lib/plan/samples.ts";

const targets = ["OU=Cloud,DC=contoso,DC=com", "OU=Pilot,DC=contoso,DC=com"] as Dn[];
const here = { dn: "CN=A,OU=Pilot,DC=contoso,DC=com" as Dn, sid: sidOf(1) };
const elsewhere = { dn: "CN=A,OU=Old,DC=contoso,DC=com" as Dn, sid: sidOf(2) };

test.each([
  ["that is new is missing", null, [], { state: "missing" }],
  ["in any of the target OUs is there", null, [here], { state: "there", group: here, inPlace: false }],
  [
    "in a target OU counts before one elsewhere",
    null,
    [elsewhere, here],
    { state: "there", group: here, inPlace: false },
  ],
  [
    "that somebody moved away is left alone",
    null,
    [elsewhere],
    { state: "leftOut", reason: "group-outside-target", group: elsewhere },
  ],
  [
    "to be joined is joined wherever it is",
    sidOf(2),
    [here, elsewhere],
    { state: "there", group: elsewhere, inPlace: true },
  ],
  [
    "to be joined, but written by us before, is there",
    sidOf(9),
    [here],
    { state: "there", group: here, inPlace: false },
  ],
  [
    "to be joined that is not in the directory is never created anew",
    sidOf(9),
    [],
    { state: "leftOut", reason: "group-joined-not-found" },
  ],
  [
    "to be joined with a namesake elsewhere is left out too",
    sidOf(9),
    [elsewhere],
    { state: "leftOut", reason: "group-joined-not-found" },
  ],
] as const)("an AD group %s", (_, join, found, expected) =>
  expect(placementOf({ join, targets, isOurs: false }, found)).toEqual(expected),
);

test("a group that was in a target OU goes back there", () => {
  const moved = { dn: "CN=Sales,OU=Elsewhere,DC=contoso,DC=com" as Dn, sid: sid.parse("S-1-5-21-1-2-3-9") };
  const search = { join: null, targets: ["OU=Cloud,DC=contoso,DC=com" as Dn] };
  expect(placementOf({ ...search, isOurs: true }, [moved])).toEqual({
    state: "there",
    group: moved,
    inPlace: false,
  });
  expect(placementOf({ ...search, isOurs: false }, [moved])).toMatchObject({ state: "leftOut" });
});
