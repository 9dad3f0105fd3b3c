import { describe, expect, test } from "vitest";
import { configuration as configurationSchema } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import type { Answer } from "#lib/model/messages.ts";
import { type Draft, emptyDraft } from "#lib/wizard/draft.ts";
import { type Facts, gateOf, neighbour, type PageId, pageAt, pagesOf } from "#lib/wizard/pages.ts";

const dn = (text: string) => text as Dn;
const me = (access: Answer<"me">["access"]): Answer<"me"> => ({
  name: "Ada",
  userPrincipalName: "ada@contoso.test",
  roles: [],
  access,
});
const directory = {
  server: "dc1.contoso.test",
  port: 636,
  account: "CONTOSO\\svc",
  forest: "contoso.test",
  domain: "contoso.test",
  baseDn: dn("DC=contoso,DC=test"),
  domainController: "dc1.contoso.test",
  externalDirectoryObjectId: true,
};
const status: Answer<"status"> = {
  version: "0.1.0",
  machine: "agent01",
  directory,
  suggestedDirectory: null,
  configuration: null,
  activeRun: null,
};
const draft = {
  ...emptyDraft,
  welcomed: true,
  task: "customize" as const,
  decisions: { groupWriteback: true, target: dn("OU=Cloud,DC=contoso,DC=test") },
};
const mapped = {
  attribute: "info",
  source: { from: "constant", value: "cloud" },
  apply: "always",
} as const;
const done: Facts = { draft, me: me("admin"), status };

function page(id: PageId) {
  const found = pageAt(`/${id}`);
  if (!found) throw new Error(`no page ${id}`);
  return found;
}

function gate(id: PageId, facts: Facts) {
  const result = gateOf(page(id), facts);
  return typeof result === "string" ? result : result.first.id;
}

describe("a deep link leads to the first unfinished page", () => {
  test.each<[string, PageId, Facts, string]>([
    ["nothing done", "ready", { draft: emptyDraft, me: null, status: undefined }, "welcome"],
    ["no task", "ready", { ...done, draft: { ...draft, task: null } }, "tasks"],
    ["the other task", "writeback", { ...done, draft: { ...draft, task: "view" } }, "tasks"],
    ["signed out", "ready", { ...done, me: null, status: undefined }, "connect-entra"],
    ["a reader", "ready", { ...done, me: me("reader") }, "connect-entra"],
    ["no directory", "ready", { ...done, status: { ...status, directory: null } }, "connect-directories"],
    ["nothing ticked", "ready", { ...done, draft: { ...draft, decisions: {} } }, "optional-features"],
    [
      "no target",
      "ready",
      { ...done, draft: { ...draft, decisions: { groupWriteback: true } } },
      "writeback",
    ],
    [
      "a target in another domain",
      "ready",
      {
        ...done,
        draft: { ...draft, decisions: { groupWriteback: true, target: dn("OU=Cloud,DC=fabrikam,DC=test") } },
      },
      "writeback",
    ],
    ["everything decided", "ready", done, "open"],
    ["the first page", "welcome", { draft: emptyDraft, me: null, status: undefined }, "open"],
    [
      "before the page has come alive",
      "tasks",
      { draft: undefined, me: undefined, status: undefined },
      "waiting",
    ],
    ["before the agent answered", "writeback", { ...done, status: undefined }, "waiting"],
    [
      "before it is known who is signed in",
      "writeback",
      { ...done, me: undefined, status: undefined },
      "waiting",
    ],
  ])("%s", (_, id, facts, expected) => {
    expect(gate(id, facts)).toBe(expected);
  });

  test("what the agent is configured with counts as decided", () => {
    const configuration = configurationSchema.parse({
      version: 1,
      scope: { microsoft365Groups: true, securityGroups: false },
      target: dn("OU=Cloud,DC=contoso,DC=test"),
      naming: "objectId",
      withdrawal: "keep",
    });
    const facts = { ...done, draft: { ...draft, decisions: {} }, status: { ...status, configuration } };
    expect(gate("ready", facts)).toBe("open");
  });
});

describe("a run's pages and the current configuration need no more than a reader", () => {
  const bare = { draft: emptyDraft, status: undefined };
  test.each<[PageId, Facts["me"], string]>([
    ["configuring", me("reader"), "open"],
    ["complete", me("admin"), "open"],
    ["current-configuration", me("reader"), "open"],
    ["complete", me("signedIn"), "connect-entra"],
    ["configuring", null, "connect-entra"],
    ["configuring", undefined, "waiting"],
  ])("%s", (id, who, expected) => {
    expect(gate(id, { ...bare, me: who })).toBe(expected);
  });
});

test("the pages come in Entra Connect's order, with codes that are all different", () => {
  expect(pagesOf("customize").map(({ code }) => code)).toEqual([
    "W1",
    "W2",
    "W3",
    "W4",
    "W5",
    "W6",
    "W6a",
    "W6b",
    "W6c",
    "W7",
    "W8",
    "W9",
  ]);
  expect(pagesOf("view").map(({ id }) => id)).toEqual([
    "welcome",
    "tasks",
    "connect-entra",
    "current-configuration",
  ]);
});

test("next and previous follow the chosen task", () => {
  expect(neighbour(page("connect-entra"), "view", 1)?.id).toBe("current-configuration");
  expect(neighbour(page("connect-entra"), "customize", 1)?.id).toBe("connect-directories");
  expect(neighbour(page("writeback"), "customize", -1)?.id).toBe("optional-features");
  expect(neighbour(page("welcome"), null, -1)).toBeUndefined();
});

test("a page below another returns to it, and Next leads past it", () => {
  expect(neighbour(page("selections"), "customize", 1)?.id).toBe("writeback");
  expect(neighbour(page("writeback"), "customize", 1)?.id).toBe("ready");
  expect(neighbour(page("run"), "cycles", 1)?.id).toBe("cycles");
});

test.each<[string, Draft["decisions"], string]>([
  ["selections are used, but there are none", { ownSelections: true }, "selections"],
  ["an attribute has no name", { mapping: [{ ...mapped, attribute: "" }] }, "mapping"],
  ["a threshold is no number", { changeThreshold: "many" }, "advanced"],
])("while %s, Ready leads to the page where it is mended", (_, decided, expected) => {
  const facts = { ...done, draft: { ...draft, decisions: { ...draft.decisions, ...decided } } };
  expect(gate("ready", facts)).toBe(expected);
  // That page itself, and the ones beside it, can be shown.
  expect(gate("selections", facts)).toBe("open");
  expect(gate("advanced", facts)).toBe("open");
});

test.each<[PageId, "admin" | "reader", string]>([
  ["cycles", "reader", "open"],
  ["run", "reader", "open"],
  ["explain", "reader", "open"],
  ["disable", "reader", "connect-entra"],
  ["disable", "admin", "open"],
])("%s for a person of the role %s: %s", (id, access, expected) => {
  expect(gate(id, { draft: emptyDraft, me: me(access), status: undefined })).toBe(expected);
});

test("a run's page is found under its run, and an unknown path is none", () => {
  expect(pageAt("/configuring/run-1")?.id).toBe("configuring");
  expect(pageAt("/nowhere")).toBeUndefined();
});
