import { z } from "zod";
import { dn } from "#lib/model/dn.ts";
import { guid, objectId, sid } from "#lib/model/identifier.ts";

/**
 * How a member is named to the directory: by SID, by objectGUID, for a group that is itself written back and
 * may not exist yet by its anchor, or for a contact by its mail address.
 */
export const memberReference = z.discriminatedUnion("by", [
  z.object({ by: z.literal("sid"), sid }),
  z.object({ by: z.literal("guid"), guid }),
  z.object({ by: z.literal("anchor"), anchor: objectId }),
  /** A contact, which has neither of them in Graph. */
  z.object({ by: z.literal("mail"), mail: z.string() }),
]);
export type MemberReference = z.infer<typeof memberReference>;

/** A member as a change names it: the reference, and the name that a person knows it by. */
export const plannedMember = z.object({ reference: memberReference, name: z.string() });
export type PlannedMember = z.infer<typeof plannedMember>;

/** An attribute's values; an empty list means that it is not set. */
const values = z.array(z.string());
const edit = z.object({ attribute: z.string(), before: values, after: values });

const common = {
  /** The cloud object id of the group that the change is for. */
  anchor: objectId,
  /** The cloud group's display name, or the AD group's where the cloud group is gone. */
  name: z.string(),
  /** Why the change is in the plan, in words for a person. */
  reason: z.string(),
};

/** One thing that a cycle would do to the directory. Before and after together give its inverse. */
export const change = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("create"),
    ...common,
    dn,
    attributes: z.record(z.string(), values),
    /** The group was in the directory before: it is brought back from the Recycle Bin with its SID, if it is there. */
    restores: z.boolean().optional(),
  }),
  z.object({ kind: z.literal("update"), ...common, guid, dn, edits: z.array(edit) }),
  z.object({ kind: z.literal("rename"), ...common, guid, before: dn, after: dn }),
  z.object({ kind: z.literal("move"), ...common, guid, before: dn, after: dn }),
  z.object({ kind: z.literal("addMembers"), ...common, dn, members: z.array(plannedMember) }),
  z.object({ kind: z.literal("removeMembers"), ...common, dn, members: z.array(plannedMember) }),
  z.object({
    kind: z.literal("delete"),
    ...common,
    guid,
    dn,
    attributes: z.record(z.string(), values),
    /** The members that it had, for an undo. */
    members: z.array(plannedMember).optional(),
  }),
]);
export type Change = z.infer<typeof change>;

/** The kinds of change, as the vocabulary names them. */
export type ChangeKind = Change["kind"];

/** Why a group or a member is left out of the plan. The words are in `components/run/words.ts`. */
export const skipReason = z.enum([
  "group-synced-from-directory",
  "group-kind-out-of-scope",
  "group-kind-not-supported",
  "group-role-assignable",
  "group-outside-target",
  "group-kept-out-of-scope",
  "group-writeback-disabled",
  "group-writeback-not-set",
  "group-writeback-type-invalid",
  "group-not-selected",
  "group-name-not-unique",
  "group-privileged",
  "group-joined-not-found",
  "group-soft-deleted",
  "group-quarantined",
  "member-cloud-only",
  "member-group-not-written-back",
  "member-kind-not-supported",
  "member-not-in-directory",
  "member-unknown",
]);
export type SkipReason = z.infer<typeof skipReason>;

/** A group or a member of a group that the plan leaves out, with the reason. */
export const skip = z.object({
  anchor: objectId,
  name: z.string(),
  reason: skipReason,
  /** Set when it is a member that is left out; `anchor` and `name` are then the group's. */
  member: z.object({ id: objectId, name: z.string() }).nullable(),
});
export type Skip = z.infer<typeof skip>;
