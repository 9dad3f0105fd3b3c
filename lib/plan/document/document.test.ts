import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planFile } from "#lib/plan/document/document.ts";
import { everyKind, nastyTexts, recordedAs, sampleRun, written } from "#lib/plan/document/sample.ts";

describe("the file of a plan", () => {
  test.each([
    ["json", "application/json", "json"],
    ["csv", "text/csv; charset=utf-8", "csv"],
    ["ldif", "text/plain; charset=utf-8", "ldif"],
    ["powershell", "text/plain; charset=utf-8", "ps1"],
  ] as const)("as %s is named by its run", (format, contentType, extension) =>
    expect(planFile(format, sampleRun)).toEqual({
      contentType,
      name: `group-writeback-plan-2026-11-24T07-32-15.${extension}`,
    }),
  );
});

describe("a plan as JSON", () => {
  test("holds the run and every change, whatever their texts", async () => {
    await fc.assert(
      fc.asyncProperty(nastyTexts, async (texts) => {
        const recorded = recordedAs(everyKind(texts));
        expect(JSON.parse(await written("json", recorded))).toEqual({
          run: JSON.parse(JSON.stringify(sampleRun)),
          changes: recorded,
        });
      }),
    );
  });

  test("without changes is JSON too", async () => {
    expect(JSON.parse(await written("json", []))).toMatchObject({ changes: [] });
  });
});
