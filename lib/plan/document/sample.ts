import fc from "fast-check";
import { childDn, type Dn } from "#lib/model/dn.ts";
import type { Guid, ObjectId, Sid } from "#lib/model/identifier.ts";
import type { PlanFormat } from "#lib/model/messages.ts";
import type { Change } from "#lib/model/plan.ts";
import { noCounts, type RecordedChange, type Run, run } from "#lib/model/run.ts";
import type { DnOf } from "#lib/plan/document/current-dns.ts";
import { planDocument } from "#lib/plan/document/document.ts";

// What the tests of the documents work with.

export const anchor = "3a5c3221-c465-48c0-95b8-e9305786a271" as ObjectId;
export const nested = "4b6d4332-d576-49d1-a6c9-fa416897b382" as ObjectId;
export const guid = "11111111-2222-4333-8444-555555555555" as Guid;
export const sid = "S-1-5-21-1-2-3-1104" as Sid;
export const target = "OU=Cloud,DC=contoso,DC=com" as Dn;

export const sampleRun: Run = run.parse({
  id: "0f0e0d0c-0b0a-4908-8706-050403020100",
  policyType: "Initial",
  mode: "preview",
  state: "completed",
  startedAt: "2026-11-24T07:32:15.123Z",
  endedAt: null,
  startedBy: "Ana\nKovač",
  configuration: {
    version: 1,
    scope: { microsoft365Groups: true, securityGroups: true },
    target,
    naming: "displayName",
    withdrawal: "keep",
  },
  steps: [],
  counts: noCounts,
  problem: null,
});

export function recordedAs(
  changes: readonly Change[],
  state: RecordedChange["state"] = "planned",
): readonly RecordedChange[] {
  return changes.map((change, index) => ({ index, change, state, problem: null, created: null }));
}

/** The whole document of a plan. */
export async function written(
  format: PlanFormat,
  recorded: readonly RecordedChange[],
  dnOf?: DnOf,
): Promise<string> {
  async function* changes() {
    yield* recorded;
  }
  let text = "";
  for await (const piece of planDocument(format, sampleRun, changes, dnOf)) text += piece;
  return text;
}

/** Texts that a tenant could hold, the nasty ones often. */
export const nasty = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 90 }),
    fc.string({
      unit: fc.constantFrom("'", "‘", "’", "‚", "‛", "$", "(", ")", '"', "`", "#", "\r", "\n", "a", " "),
      minLength: 1,
    }),
    fc.constantFrom(
      "=HYPERLINK(1)",
      "+1",
      "-1+1",
      "@x",
      "\t=1",
      "\r=1",
      "＝1",
      ": x",
      "< x",
      " x ",
      "x\ndn: CN=y",
      "\u202Ex",
      "x\u2028y",
      "'; Remove-Item C:\\ #",
    ),
  )
  .map((text) => text.toWellFormed());

/** One change of every kind, the texts in it from outside. */
export function everyKind(texts: readonly string[]): readonly Change[] {
  const [
    name = "",
    reason = "",
    old = "",
    now = "",
    value = "",
    member = "",
    mail = "",
    ou = "",
    account = "",
  ] = texts;
  const common = { anchor, name, reason };
  const [before, after] = [childDn("CN", `old ${old}`, target), childDn("CN", `new ${now}`, target)];
  const elsewhere = childDn("CN", `new ${now}`, childDn("OU", `x${ou}`, target));
  const members = [
    { reference: { by: "sid" as const, sid }, name: member },
    { reference: { by: "guid" as const, guid }, name: member },
    { reference: { by: "anchor" as const, anchor: nested }, name: member },
    { reference: { by: "mail" as const, mail }, name: member },
  ];
  const attributes = {
    sAMAccountName: [account],
    groupType: ["-2147483640"],
    displayName: [name],
    proxyAddresses: [value, mail],
  };
  const edits = [
    { attribute: "displayName", before: [old], after: [value] },
    { attribute: "description", before: [value], after: [] },
    { attribute: "groupType", before: ["8"], after: ["-2147483640"] },
  ];
  return [
    { kind: "create", ...common, dn: before, attributes },
    { kind: "create", ...common, anchor: nested, dn: elsewhere, attributes, restores: true },
    { kind: "update", ...common, guid, dn: before, edits },
    { kind: "rename", ...common, guid, before, after },
    { kind: "move", ...common, guid, before, after: elsewhere },
    { kind: "addMembers", ...common, dn: before, members },
    { kind: "removeMembers", ...common, dn: before, members },
    { kind: "delete", ...common, guid, dn: before, attributes, members },
  ];
}

export const nastyTexts = fc.array(nasty, { minLength: 9, maxLength: 9 });
