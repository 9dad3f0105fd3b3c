import { z } from "zod";
import type { OperationName } from "#lib/model/api.ts";
import { configuration } from "#lib/model/configuration.ts";
import { directoryCredentials, directoryDescription, organizationalUnit } from "#lib/model/directory.ts";
import { dn } from "#lib/model/dn.ts";
import { cloudGroupKind, onPremisesGroupType } from "#lib/model/group.ts";
import { objectId } from "#lib/model/identifier.ts";
import { skipReason } from "#lib/model/plan.ts";
import { problem } from "#lib/model/problem.ts";
import { groupResult, policyType, recordedChange, run, runMode } from "#lib/model/run.ts";

/** What the browser needs before anybody is signed in. Nothing in it is secret. */
const settings = z.object({
  tenantId: objectId,
  clientId: z.string(),
  /** The authority's address, https. */
  authority: z.url(),
  /** The authority's OpenID configuration, so that the browser need not fetch it. */
  authorityMetadata: z.string(),
  /** The scope of this application's own API. */
  apiScope: z.string(),
});

const me = z.object({
  name: z.string(),
  userPrincipalName: z.string(),
  /** Names of the directory roles that matter here. */
  roles: z.array(z.string()),
  access: z.enum(["signedIn", "reader", "admin"]),
});

const status = z.object({
  version: z.string(),
  machine: z.string(),
  directory: directoryDescription.nullable(),
  /** The server and port that the start command suggests; not secret. */
  suggestedDirectory: z.object({ server: z.string(), port: z.int(), account: z.string() }).nullable(),
  configuration: configuration.nullable(),
  activeRun: z.string().nullable(),
});

const tenant = z.object({
  id: objectId,
  displayName: z.string(),
  defaultDomain: z.string(),
  sampleGroups: z.array(z.object({ id: objectId, displayName: z.string() })),
});

const startRun = z.object({
  mode: runMode,
  policyType,
  /** The configuration to run with, kept when the plan is applied; without it the one that is kept already. */
  configuration: configuration.optional(),
  /** Write this one group only. */
  only: objectId.optional(),
});

/** How often cycles run: every 30 minutes, as in Entra Connect; not more often than every 2 minutes. */
export const schedule = z.object({
  enabled: z.boolean(),
  intervalMinutes: z
    .int("Enter a whole number.")
    .min(2, "Enter 2 or more minutes.")
    .max(10_080, "Enter at most 10080 minutes (7 days): Graph forgets where a Delta cycle left off."),
});
export type Schedule = z.infer<typeof schedule>;
const scheduleState = schedule.extend({
  nextAt: z.iso.datetime().nullable(),
  lastRun: z.string().nullable(),
  /** What the next cycle will be. */
  nextPolicyType: policyType,
});

/** A group whose changes failed: left out of cycles until its next try. */
export const quarantinedGroup = z.object({
  anchor: objectId,
  name: z.string(),
  failures: z.int(),
  since: z.iso.datetime(),
  nextTryAt: z.iso.datetime(),
  problem,
});
export type QuarantinedGroup = z.infer<typeof quarantinedGroup>;

/** One step of an explanation, in words for a person; the step that decided says so. */
export const explanationStep = z.object({
  question: z.string(),
  answer: z.string(),
  outcome: z.enum(["yes", "no", "notAsked"]),
  decided: z.boolean(),
});
export type ExplanationStep = z.infer<typeof explanationStep>;

const scopePreview = z.object({
  total: z.int(),
  examined: z.int(),
  groups: z.array(
    z.object({
      id: objectId,
      displayName: z.string(),
      kind: cloudGroupKind,
      becomes: onPremisesGroupType,
      dn,
      /** The name of the selection that took it; null: the general rule. */
      selection: z.string().nullable(),
    }),
  ),
  /** How many are left out, by reason. */
  leftOut: z.array(z.object({ reason: skipReason, count: z.int() })),
  /** Groups that would get the same name, which a cycle leaves out. */
  sameName: z.array(z.object({ dn, groups: z.array(z.string()) })),
});
const page = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
const runParameter = z.object({ id: z.string().regex(/^[A-Za-z0-9-]{1,64}$/) });

/** The forms that a plan is given in as a document. */
export const planFormat = z.enum(["json", "csv", "ldif", "powershell"]);
export type PlanFormat = z.infer<typeof planFormat>;

const none = z.undefined();

/**
 * The form of each operation's request body, query and parameters, and of its answer. A list's `next` is the
 * `after` of its next page, or null at the end.
 */
export const messages = {
  settings: { response: settings },
  me: { response: me },
  status: { response: status },
  tenant: { response: tenant },
  connectDirectory: { body: directoryCredentials, response: directoryDescription },
  directoryUnits: {
    query: z.object({ parent: dn.optional() }),
    response: z.object({ units: z.array(organizationalUnit) }),
  },
  startRun: { body: startRun, response: run },
  runs: { query: page, response: z.object({ runs: z.array(run), next: z.int().nullable() }) },
  run: { parameters: runParameter, response: run },
  runEvents: { parameters: runParameter, response: run },
  runChanges: {
    parameters: runParameter,
    query: page,
    response: z.object({ changes: z.array(recordedChange), total: z.int(), next: z.int().nullable() }),
  },
  runGroups: {
    parameters: runParameter,
    query: page,
    response: z.object({ groups: z.array(groupResult), total: z.int(), next: z.int().nullable() }),
  },
  cancelRun: { parameters: runParameter, body: none, response: run },
  releaseRun: {
    parameters: runParameter,
    body: z.object({ reason: z.string().trim().min(1, "Say why the plan may be exported.").max(500) }),
    response: run,
  },
  undoRun: { parameters: runParameter, body: z.object({ mode: runMode }), response: run },
  runPlan: {
    parameters: runParameter,
    query: z.object({ format: planFormat.default("json") }),
    /** A document of that format, sent as a file. */
    response: z.string(),
  },
  disableWriteback: {
    body: z.object({ mode: runMode, groups: z.enum(["release", "delete"]) }),
    response: run,
  },
  schedule: { response: scheduleState },
  setSchedule: { body: schedule, response: scheduleState },
  quarantine: { response: z.object({ groups: z.array(quarantinedGroup) }) },
  explain: {
    query: z.object({ group: objectId, member: objectId.optional() }),
    response: z.object({ name: z.string(), verdict: z.string(), steps: z.array(explanationStep) }),
  },
  previewScope: { body: z.object({ configuration }), response: scopePreview },
  tryMapping: {
    body: z.object({ configuration, group: objectId }),
    response: z.object({
      dn: dn.nullable(),
      values: z.array(
        z.object({ attribute: z.string(), values: z.array(z.string()), problem: problem.nullable() }),
      ),
    }),
  },
  findObjects: {
    query: z.object({
      kind: z.enum(["group", "user", "administrativeUnit"]),
      search: z.string().trim().max(256).default(""),
    }),
    response: z.object({
      objects: z.array(z.object({ id: objectId, displayName: z.string(), detail: z.string() })),
    }),
  },
} as const satisfies Record<
  OperationName,
  { body?: z.ZodType; query?: z.ZodType; parameters?: z.ZodType; response: z.ZodType }
>;

export type Messages = typeof messages;
/** The answer of an operation, as its caller gets it. */
export type Answer<Name extends OperationName> = z.infer<Messages[Name]["response"]>;
/** The request body of an operation, as its caller writes it. */
export type Body<Name extends OperationName> = Messages[Name] extends { body: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : undefined;
