import { expect, test } from "vitest";
import { parseDn } from "../names/dn.ts";
import type { Refusal } from "../refusal.ts";
import { recordOf } from "../security/password.ts";
import { create } from "../tree/create.ts";
import { newForest } from "../tree/forest.ts";
import { bind, fileTime, findAccount } from "./bind.ts";

const base = parseDn("DC=contoso,DC=test");
const tree = newForest({ base, netbiosName: "CONTOSO", administratorPassword: "Unused-2026" });
const day = 24 * 60 * 60 * 1000;
const ago = (days: number) => String(fileTime(new Date(Date.now() - days * day)));

function account(name: string, attributes: Record<string, string>) {
  const all = { sAMAccountName: name, userAccountControl: "512", pwdLastSet: ago(1), ...attributes };
  const entry = create(tree, {
    parent: tree.domain.children.get("cn=users"),
    className: "user",
    name,
    sid: tree.newSid(),
    attributes: new Map(Object.entries(all).map(([key, value]) => [key, [value]])),
  });
  entry.password = recordOf("Right-2026");
  return entry;
}

/** AD's reason for the refusal; undefined when the account may sign in. */
function reason(name: string, password: string): string | undefined {
  try {
    bind(tree, `${name}@contoso.test`, password, true);
    return undefined;
  } catch (error) {
    return /data ([0-9a-f]+)/.exec((error as Refusal).message)?.[1];
  }
}

test.each<[string, string, Record<string, string>]>([
  ["disabled", "533", { userAccountControl: "514" }],
  ["password-expired", "532", { pwdLastSet: ago(60) }],
  ["must-change", "773", { pwdLastSet: "0" }],
  ["expired", "701", { accountExpires: ago(1) }],
  ["locked", "775", { lockoutTime: ago(0) }],
])("%s: data %s, and only for the right password", (name, data, attributes) => {
  account(name, attributes);
  expect(reason(name, "Right-2026")).toBe(data);
  expect(reason(name, "wrong")).toBe("52e");
});

test("an old password of an account whose password never expires is right", () => {
  account("service", { userAccountControl: String(0x10200), pwdLastSet: ago(900) });
  expect(reason("service", "Right-2026")).toBeUndefined();
  expect(reason("nobody", "x")).toBe("525");
});

test("an empty password is an anonymous bind, as AD has it", () => {
  expect(bind(tree, "service@contoso.test", "", true)).toBeUndefined();
});

test("an account is found by each of its names", () => {
  const ann = account("ann", { userPrincipalName: "ann.smith@example.com" });
  const names = ["ann.smith@example.com", "ANN@contoso.test", "contoso\\ann", "contoso.test\\ann"];
  for (const name of [...names, "CN=ann,CN=Users,DC=contoso,DC=test", `<SID=${ann.sid}>`]) {
    expect(findAccount(tree, name)).toBe(ann);
  }
  for (const name of ["ann", "FABRIKAM\\ann", "ann@example.com", "CN=ann", "\\ann", "@"]) {
    expect(findAccount(tree, name)).toBeUndefined();
  }
});
