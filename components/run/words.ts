import type { ChangeKind, SkipReason } from "#lib/model/plan.ts";
import type { GroupResult, Run, RunState, StepName } from "#lib/model/run.ts";

export const stepWords: Record<StepName, string> = {
  save: "Save the configuration",
  importTenant: "Import from Microsoft Entra ID",
  importDirectory: "Import from Active Directory",
  synchronize: "Synchronize: plan the changes",
  export: "Export to Active Directory",
};

export const stepStateWords: Record<Run["steps"][number]["state"], string> = {
  waiting: "Waiting",
  running: "Running",
  done: "Done",
  failed: "Failed",
};

export const runStateWords: Record<RunState, string> = {
  running: "Running",
  completed: "Completed",
  completedWithErrors: "Completed with errors",
  held: "Held",
  failed: "Failed",
  cancelled: "Cancelled",
  interrupted: "Interrupted",
};

export const changeWords: Record<ChangeKind, string> = {
  create: "Create",
  update: "Update",
  rename: "Rename",
  move: "Move",
  addMembers: "Add members",
  removeMembers: "Remove members",
  delete: "Delete",
};

export const outcomeWords: Record<GroupResult["outcome"], string> = {
  created: "Created",
  updated: "Updated",
  unchanged: "Unchanged",
  deleted: "Deleted",
  skipped: "Left out",
  failed: "Failed",
  planned: "Planned",
};

export const skipWords: Record<SkipReason, string> = {
  "group-synced-from-directory": "It comes from Active Directory itself.",
  "group-kind-out-of-scope": "Its kind was not chosen for writeback.",
  "group-kind-not-supported": "Its kind is written back only where a selection takes it.",
  "group-role-assignable": "Entra roles can be assigned to it, so it is kept out of Active Directory.",
  "group-outside-target": "Its AD group lies outside the target OU, so it is left as it is.",
  "group-kept-out-of-scope": "It is out of scope; its AD group is kept as it is.",
  "group-writeback-disabled": "Writeback is switched off for it in the tenant.",
  "group-writeback-not-set": "Writeback is not set for it in the tenant.",
  "group-writeback-type-invalid": "The tenant asks for a type that a group of its kind cannot become.",
  "group-not-selected": "No selection takes it, and its kind was not chosen for writeback.",
  "group-name-not-unique": "Another group or object has the name that it would get.",
  "group-privileged": "Its AD group gives rights over the directory, so it is left as it is.",
  "group-joined-not-found": "The AD group that it once was is not in this directory.",
  "group-soft-deleted": "It was deleted in the cloud and can be restored; its AD group is kept as it is.",
  "group-quarantined": "Its last changes failed; it waits for its next try.",
  "member-cloud-only": "It exists in the cloud only.",
  "member-group-not-written-back": "That group is not written back.",
  "member-kind-not-supported": "Members of this kind cannot be in an AD group.",
  "member-not-in-directory": "It was not found in this directory.",
  "member-unknown": "The tenant does not tell what it is.",
};

/** What kind of run it is, in a word or two. */
export function kindOf({ purpose, mode, policyType, only }: Run): string {
  const kind = { cycle: only === null ? policyType : "One group", undo: "Undo", disable: "Disable" }[purpose];
  return mode === "preview" ? `${kind}, preview` : kind;
}

export const takenOverWords: Record<NonNullable<GroupResult["takenOverFrom"]>, string> = {
  entraConnect: "Taken over in place from Entra Connect.",
  cloudSync: "Taken over in place from Cloud Sync.",
  script: "Taken over in place from a script.",
  sourceOfAuthority: "Taken over in place: its source of authority was moved to the cloud.",
};
