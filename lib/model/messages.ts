import { z } from "zod";
import type { OperationName } from "#lib/model/api.ts";
import { configuration } from "#lib/model/configuration.ts";
import { directoryCredentials, directoryDescription, organizationalUnit } from "#lib/model/directory.ts";
import { dn } from "#lib/model/dn.ts";
import { objectId } from "#lib/model/identifier.ts";
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

const startRun = z.object({ mode: runMode, policyType, configuration });
const page = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
const runParameter = z.object({ id: z.string().regex(/^[A-Za-z0-9-]{1,64}$/) });

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
