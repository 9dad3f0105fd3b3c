import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAnchor, writtenBy } from "#lib/plan/anchor.ts";
import { idOf } from "#lib/plan/samples.ts";

const [id, other] = [idOf(1), idOf(2)];
const connect = { adminDescription: [`Group_${id}`] };
const cloudSync = { "msDS-ExternalDirectoryObjectId": [`Group_${id}`] };
const one = { state: "one", id };

describe("the anchor of a group that a script wrote", () => {
  test.each([
    [{ info: [id] }, one],
    [{ info: [id.toUpperCase()] }, one],
    [{ info: [`{${id}}`] }, one],
    [{ info: [`{${id}`] }, { state: "none" }],
    [{ info: [` ${id}`] }, { state: "none" }],
    [{ info: [`Group_${id}`] }, { state: "none" }],
    [{ info: ["the sales team"] }, { state: "none" }],
    [{ info: [] }, { state: "none" }],
    [{ info: [id, other] }, { state: "disagree", ids: [id, other] }],
    [{ info: [other], ...connect }, one],
    [{ info: [other], ...cloudSync }, one],
    [
      { info: [other], adminDescription: ["a note"] },
      { state: "one", id: other },
    ],
    [
      { info: [id], ...connect, "msDS-ExternalDirectoryObjectId": [`Group_${other}`] },
      { state: "disagree", ids: [id, other] },
    ],
  ])("of %j is %j", (attributes, expected) => expect(readAnchor(attributes, "info")).toEqual(expected));
  test("counts only in the attribute that the admin named", () => {
    expect(readAnchor({ info: [id] }, null)).toEqual({ state: "none" });
    expect(readAnchor({ info: [id] }, "extensionAttribute1")).toEqual({ state: "none" });
    expect(readAnchor({ adminDescription: [id] }, "adminDescription")).toEqual(one);
  });
  test("is found in any spelling, and in no other text", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.boolean(), fc.boolean(), fc.string(), (uuid, upper, braced, text) => {
        const spelled = upper ? uuid.toUpperCase() : uuid;
        const value = braced ? `{${spelled}}` : spelled;
        expect(readAnchor({ info: [value] }, "info")).toEqual({ state: "one", id: uuid });
        expect(readAnchor({ info: [text] }, "info")).toEqual({ state: "none" });
      }),
    );
  });
});

test.each([
  [connect, "entraConnect"],
  [cloudSync, "cloudSync"],
  [{ ...connect, ...cloudSync }, null],
  [{ info: [id] }, "script"],
  [{ info: [id], ...connect }, "entraConnect"],
  [{ info: ["a note"] }, null],
  [{ adminDescription: ["a note"], info: [id] }, "script"],
  [{}, null],
])("%j was written by %s", (attributes, tool) => expect(writtenBy(attributes, "info")).toBe(tool));

test("without an attribute to take over from, no script wrote it", () => {
  expect(writtenBy({ info: [id] }, null)).toBeNull();
});
