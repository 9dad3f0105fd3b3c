import { expect, test } from "vitest";
import { formatCount, formatDuration, formatUtc } from "#lib/wizard/format.ts";

test("counts agree with their noun", () => {
  expect(formatCount(0, "group")).toBe("0 groups");
  expect(formatCount(1, "group")).toBe("1 group");
  expect(formatCount(1204, "group")).toBe("1,204 groups");
  expect(formatCount(2, "entry", "entries")).toBe("2 entries");
});

test.each([
  ["2026-01-01T00:00:03.400Z", "3 s"],
  ["2026-01-01T00:02:05.000Z", "2 min 5 s"],
  ["2026-01-01T01:04:05.000Z", "1 h 4 min"],
  ["2025-12-31T23:59:59.000Z", "0 s"],
])("the time until %s is %s", (to, expected) => {
  expect(formatDuration("2026-01-01T00:00:00.000Z", to)).toBe(expected);
});

test("UTC is said to be UTC", () => {
  expect(formatUtc("2026-01-01T12:30:05.123Z")).toBe("2026-01-01 12:30:05 UTC");
});
