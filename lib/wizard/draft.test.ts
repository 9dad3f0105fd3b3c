import { describe, expect, test } from "vitest";
import type { Dn } from "#lib/model/dn.ts";
import { type Draft, emptyDraft, parseDraft } from "#lib/wizard/draft.ts";
import { newConditions } from "#lib/wizard/selection-form.ts";

const full: Draft = {
  version: 1,
  welcomed: true,
  task: "customize",
  directory: { server: "dc1", port: "636", account: "CONTOSO\\svc", certificateAuthority: "" },
  connectedDomain: "contoso.test",
  decisions: {
    groupWriteback: true,
    withdrawal: "convertToDistribution",
    naming: "pattern",
    selections: [
      {
        id: "one",
        name: "One",
        include: Object.values(newConditions),
        exclude: [],
        becomes: null,
        target: "OU=Cloud,DC=contoso,DC=test" as Dn,
        withdrawal: "keep",
      },
    ],
    mapping: [{ attribute: "info", source: { from: "constant", value: "cloud" }, apply: "always" }],
  },
  preview: { run: "run-1", configuration: "{}" },
  run: "run-2",
};

describe("a stored draft", () => {
  test("comes back as it was stored", () => {
    expect(parseDraft(JSON.stringify(full))).toEqual(full);
  });

  test.each([null, "", "{", "[]", "null", '"text"', '{"version":2,"welcomed":true}'])(
    "%s is no draft",
    (text) => {
      expect(parseDraft(text)).toEqual(emptyDraft);
    },
  );

  test("loses what is damaged, and keeps the rest", () => {
    const damaged = {
      ...full,
      welcomed: "yes",
      task: "format the disk",
      directory: { ...full.directory, port: 636 },
      decisions: {
        groupWriteback: true,
        withdrawal: "sell",
        target: ["x"],
        selections: [{ id: "one" }],
        mapping: [{ attribute: "info", apply: "always", source: { from: "thin air" } }],
      },
      preview: { run: 1 },
    };
    const { port: _, ...directory } = full.directory;
    expect(parseDraft(JSON.stringify(damaged))).toEqual({
      ...full,
      welcomed: false,
      task: null,
      directory,
      decisions: { groupWriteback: true },
      preview: null,
    });
  });

  test("never holds a password, even one that was stored by mistake", () => {
    const stored = { ...full, password: "secret", directory: { ...full.directory, password: "secret" } };
    expect(JSON.stringify(parseDraft(JSON.stringify(stored)))).not.toContain("secret");
  });
});
