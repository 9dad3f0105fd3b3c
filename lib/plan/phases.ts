import type { ChangeKind } from "#lib/model/plan.ts";

/**
 * The order in which a plan's changes are made: creations and new names before memberships, deletions last, so that
 * every name that a change uses exists when it is used.
 */
export const phases: readonly (readonly ChangeKind[])[] = [
  ["create", "update", "rename", "move"],
  ["removeMembers", "addMembers"],
  ["delete"],
];
