import type { Change, PlannedMember } from "#lib/model/plan.ts";
import { Failure } from "#lib/model/problem.ts";
import type { RecordedChange } from "#lib/model/run.ts";

/** As many as a cycle puts into one change: the 5,000 values that AD takes in one modify on old forests. */
const membersPerChange = 5000;

type Of<Kind extends Change["kind"]> = Extract<Change, { kind: Kind }>;

/**
 * The changes that take back what a run did with this one: none unless it was applied. A run is undone by the inverses
 * of all its changes, the last one first, exported in the usual phases. Throws E2011 for a creation of which the
 * objectGUID was not recorded.
 */
export function undoOf({ change, state, created }: RecordedChange): Change[] {
  if (state !== "applied") return [];
  const { anchor, name } = change;
  const common = (what: string) => ({ anchor, name, reason: `Undoes ${what} “${name}”.` });
  switch (change.kind) {
    case "create": {
      if (created === null)
        throw new Failure("E2011", { why: `It was not recorded which object was created for “${name}”.` });
      const { dn, attributes } = change;
      return [{ kind: "delete", ...common("the creation of"), guid: created, dn, attributes }];
    }
    case "update": {
      const { guid, dn } = change;
      const edits = change.edits.map(({ attribute, before, after }) => ({
        attribute,
        before: after,
        after: before,
      }));
      return [{ kind: "update", ...common("the update of"), guid, dn, edits }];
    }
    case "rename":
    case "move": {
      const { kind, guid, before, after } = change;
      return [{ kind, ...common(`the ${kind} of`), guid, before: after, after: before }];
    }
    case "addMembers": {
      const { dn, members } = change;
      return [{ kind: "removeMembers", ...common("the adding of members to"), dn, members }];
    }
    case "removeMembers": {
      const { dn, members } = change;
      return [{ kind: "addMembers", ...common("the removal of members from"), dn, members }];
    }
    case "delete":
      return [recreation(change), ...membership(change)];
  }
}

/** The group comes back with its SID only where the Recycle Bin still has it; nothing else can give it that SID. */
function recreation({ anchor, name, dn, attributes }: Of<"delete">): Change {
  // AD sets cn itself from the DN, and refuses to have it written (MS-ADTS 3.1.1.5.3.2, notAllowedOnRDN).
  const { cn: _, ...settable } = attributes;
  const reason = `Undoes the deletion of “${name}”. It is restored from the Recycle Bin with its SID if it is still there; if not, it becomes a new group with a new SID, and access rights given to the old one do not come back.`;
  return { kind: "create", anchor, name, reason, dn, attributes: settable, restores: true };
}

function membership({ anchor, name, dn, members = [] }: Of<"delete">): Change[] {
  const changes: Change[] = [];
  for (let from = 0; from < members.length; from += membersPerChange) {
    const page: PlannedMember[] = members.slice(from, from + membersPerChange);
    const reason = `Undoes the deletion of “${name}”, which had these members.`;
    changes.push({ kind: "addMembers", anchor, name, reason, dn, members: page });
  }
  return changes;
}
