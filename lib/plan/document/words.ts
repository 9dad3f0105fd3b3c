import type { Change, ChangeKind } from "#lib/model/plan.ts";
import type { Run } from "#lib/model/run.ts";

/** What a change does, followed by the group. */
export const actions: Record<ChangeKind, string> = {
  create: "Create",
  update: "Update",
  rename: "Rename",
  move: "Move",
  addMembers: "Add members to",
  removeMembers: "Remove members from",
  delete: "Delete",
};

/**
 * The text on one line, as a comment shows it: line breaks and control characters would end the comment, and
 * characters that turn the direction of writing would show another line than the one that is there.
 */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
}

/** The lines above a change, for a comment: what it does to which group, and why. */
export function explained(change: Change): readonly string[] {
  const { kind, name, anchor, reason } = change;
  const dn = "dn" in change ? change.dn : `${change.before} → ${change.after}`;
  return [`${actions[kind]} “${name}”, cloud group ${anchor}: ${dn}`, reason].map(oneLine);
}

/** The first lines of a document that makes changes. */
export function introduced(run: Run): readonly string[] {
  return [
    `The plan of the group writeback run ${run.id}, started at ${run.startedAt} by ${run.startedBy}.`,
    "Changes that the run has applied are left out. After an error in the middle, take a new plan for what is left.",
  ].map(oneLine);
}
