/**
 * Who may call an operation: anyone (what the sign-in itself needs), anyone of the tenant who is signed in,
 * a reader (Global Reader, Helpdesk Administrator, or an admin), or an admin (Hybrid Identity Administrator
 * or Global Administrator).
 */
export type Access = "anyone" | "signedIn" | "reader" | "admin";

type Operation = {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path below `/api` of the web app and below the agent's root; `:name` stands for a parameter. */
  readonly path: string;
  readonly access: Access;
  /** Where it is answered: by the web app itself, or by the agent, to which the web app passes it on. */
  readonly by: "web" | "agent";
  readonly purpose: string;
};

/** Every operation that the product's HTTP interfaces have: the one list that routing, checks and tests walk. */
export const operations = {
  settings: {
    method: "GET",
    path: "/settings",
    access: "anyone",
    by: "web",
    purpose: "What the sign-in needs to know: authority, client id, scope.",
  },
  me: {
    method: "GET",
    path: "/me",
    access: "signedIn",
    by: "web",
    purpose: "Who is signed in, with which roles, and what they may do.",
  },
  status: {
    method: "GET",
    path: "/status",
    access: "reader",
    by: "agent",
    purpose: "The agent's version, what it is connected to, its configuration and the active run.",
  },
  tenant: {
    method: "GET",
    path: "/tenant",
    access: "reader",
    by: "agent",
    purpose: "The tenant as the agent reads it, with sample groups.",
  },
  connectDirectory: {
    method: "POST",
    path: "/directory/connection",
    access: "admin",
    by: "agent",
    purpose: "Checks an account against a domain controller and keeps it for this agent.",
  },
  directoryUnits: {
    method: "GET",
    path: "/directory/units",
    access: "reader",
    by: "agent",
    purpose: "The OUs and containers directly below one, or the domain itself.",
  },
  startRun: {
    method: "POST",
    path: "/runs",
    access: "admin",
    by: "agent",
    purpose: "Starts a cycle: a preview, or one that applies its plan.",
  },
  runs: { method: "GET", path: "/runs", access: "reader", by: "agent", purpose: "The runs, newest first." },
  run: { method: "GET", path: "/runs/:id", access: "reader", by: "agent", purpose: "One run." },
  runEvents: {
    method: "GET",
    path: "/runs/:id/events",
    access: "reader",
    by: "agent",
    purpose: "One run, sent anew at each change, as server-sent events.",
  },
  runChanges: {
    method: "GET",
    path: "/runs/:id/changes",
    access: "reader",
    by: "agent",
    purpose: "A page of the changes of a run's plan.",
  },
  runGroups: {
    method: "GET",
    path: "/runs/:id/groups",
    access: "reader",
    by: "agent",
    purpose: "A page of what a run did, group by group.",
  },
  cancelRun: {
    method: "POST",
    path: "/runs/:id/cancel",
    access: "admin",
    by: "agent",
    purpose: "Cancels a run; what was exported stays.",
  },
  releaseRun: {
    method: "POST",
    path: "/runs/:id/release",
    access: "admin",
    by: "agent",
    purpose: "Releases the plan that a guard holds, which is then exported; who and why are recorded.",
  },
  undoRun: {
    method: "POST",
    path: "/runs/:id/undo",
    access: "admin",
    by: "agent",
    purpose: "Plans the undo of a run, or applies it.",
  },
  runPlan: {
    method: "GET",
    path: "/runs/:id/plan",
    access: "reader",
    by: "agent",
    purpose: "The plan as a document: JSON, CSV, LDIF or PowerShell.",
  },
  disableWriteback: {
    method: "POST",
    path: "/disable",
    access: "admin",
    by: "agent",
    purpose: "Ends group writeback: plans or applies the release or deletion of the written groups.",
  },
  schedule: {
    method: "GET",
    path: "/schedule",
    access: "reader",
    by: "agent",
    purpose: "When cycles run, and the next one.",
  },
  setSchedule: {
    method: "PUT",
    path: "/schedule",
    access: "admin",
    by: "agent",
    purpose: "Changes when cycles run, or suspends them.",
  },
  quarantine: {
    method: "GET",
    path: "/quarantine",
    access: "reader",
    by: "agent",
    purpose: "The groups that failed and wait for their next try, with the cause.",
  },
  explain: {
    method: "GET",
    path: "/explain",
    access: "reader",
    by: "agent",
    purpose: "Why a group, or one member of it, is or is not written back, step by step.",
  },
  previewScope: {
    method: "POST",
    path: "/scope/preview",
    access: "reader",
    by: "agent",
    purpose: "Which groups a configuration would write back: the number, and the first of them.",
  },
  tryMapping: {
    method: "POST",
    path: "/mapping/try",
    access: "reader",
    by: "agent",
    purpose: "What a configuration would write for one real group.",
  },
  findObjects: {
    method: "GET",
    path: "/tenant/objects",
    access: "reader",
    by: "agent",
    purpose: "Groups, users or administrative units of the tenant whose name contains a text.",
  },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;

/** The path of an operation with its parameters filled in; the query's empty values are left out. */
export function pathOf(
  name: OperationName,
  parameters: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const path = operations[name].path.replace(/:([a-z]+)/g, (_, key: string) => {
    const value = parameters[key];
    if (value === undefined) throw new RangeError(`the operation ${name} needs the parameter ${key}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  ).toString();
  return search === "" ? path : `${path}?${search}`;
}
