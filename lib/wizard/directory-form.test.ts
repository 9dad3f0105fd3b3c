import { describe, expect, test } from "vitest";
import { messages } from "#lib/model/messages.ts";
import { credentialsOf, directoryErrors, directoryFieldsOf } from "#lib/wizard/directory-form.ts";

const suggestedDirectory = { server: "dc1.contoso.test", port: 3269, account: "CONTOSO\\svc" };
const fields = directoryFieldsOf({}, { directory: null, suggestedDirectory });

describe("the fields of page W4", () => {
  test("are filled with what is suggested, until something is typed, also when that is nothing", () => {
    expect(fields).toEqual({ ...suggestedDirectory, port: "3269", certificateAuthority: "" });
    expect(directoryFieldsOf({ account: "" }, { directory: null, suggestedDirectory }).account).toBe("");
  });

  test("suggest LDAPS's port when nothing is known", () => {
    expect(directoryFieldsOf({}, undefined)).toEqual({
      server: "",
      port: "636",
      account: "",
      certificateAuthority: "",
    });
  });
});

test.each([
  ["server", { server: " " }],
  ["server", { server: "ldaps://dc1.contoso.test" }],
  ["server", { server: "dc1.contoso.test:636" }],
  ["port", { port: "" }],
  ["port", { port: "0" }],
  ["port", { port: "65536" }],
  ["port", { port: "6.5" }],
  ["account", { account: "" }],
  ["certificateAuthority", { certificateAuthority: "my authority" }],
])("a wrong %s is told beside its field: %j", (field, typed) => {
  const wrong = { ...fields, ...typed };
  expect(Object.keys(directoryErrors(wrong, "secret"))).toEqual([field]);
  // The server must refuse what the page refuses, or the page is too strict.
  const sent = messages.connectDirectory.body.safeParse(credentialsOf(wrong, "secret"));
  expect(sent.success).toBe(false);
});

test("a missing password is told, and what passes the page passes the server", () => {
  expect(Object.keys(directoryErrors(fields, ""))).toEqual(["password"]);
  expect(directoryErrors(fields, "secret")).toEqual({});
  expect(messages.connectDirectory.body.safeParse(credentialsOf(fields, "secret")).success).toBe(true);
});
