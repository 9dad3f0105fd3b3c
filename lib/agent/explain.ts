import { factsOf } from "#lib/agent/decisions.ts";
import type { Configuration } from "#lib/model/configuration.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Answer } from "#lib/model/messages.ts";
import { Failure } from "#lib/model/problem.ts";
import { explainGroup, type GroupInput } from "#lib/plan/explain.ts";
import { explainMember } from "#lib/plan/explainMember.ts";
import type { Snapshot } from "#lib/store/snapshot.ts";
import type { Store } from "#lib/store/store.ts";

type Ports = { readonly snapshot: Snapshot; readonly store: Store };

async function groupInput({ snapshot, store }: Ports, configuration: Configuration, id: ObjectId) {
  const stored = snapshot.storedGroup(id);
  if (stored === undefined) return undefined;
  const quarantined = (await store.quarantine()).find(({ anchor }) => anchor === id) ?? null;
  const input: GroupInput = {
    configuration,
    group: stored.group,
    facts: factsOf(snapshot, id),
    softDeleted: snapshot.isSoftDeleted(id),
    found: snapshot.directoryGroupsOf(id),
    quarantined,
    nameIsTaken: null,
    isOurs: snapshot.isOurs(id),
  };
  return input;
}

/**
 * Why a group, or one member of it, is or is not in the directory, as of the last cycle. E2013 before any cycle has
 * read both sides, E3008 for a group that the tenant does not have.
 */
export async function explain(
  ports: Ports,
  configuration: Configuration,
  group: ObjectId,
  member: ObjectId | undefined,
): Promise<Answer<"explain">> {
  const { snapshot } = ports;
  if (snapshot.countCloudGroups() === 0)
    throw new Failure("E2013", { why: "No cycle has read the tenant and the directory yet." });
  const input = await groupInput(ports, configuration, group);
  if (input === undefined)
    throw new Failure("E3008", {
      why: `At the last cycle the tenant had no group with the object id ${group}: it was deleted, or is newer.`,
    });
  if (member === undefined) {
    const { verdict, steps } = explainGroup(input);
    return { name: input.group.displayName, verdict, steps };
  }
  const nested = await groupInput(ports, configuration, member);
  const principal = snapshot.principal(member) ?? (nested === undefined ? null : principalOf(nested));
  const isDirectoryMember = input.found.length === 0 ? null : snapshot.isDirectoryMember(group, member);
  const { verdict, steps } = explainMember({
    group: input,
    name: principal?.displayName ?? member,
    member: principal,
    isCloudMember: snapshot.isCloudMember(group, member),
    isWrittenBack: () => nested !== undefined && explainGroup(nested).isWritten,
    foundInDirectory: nested === undefined ? snapshot.isInDirectory(member) : nested.found.length > 0,
    isDirectoryMember,
  });
  return { name: input.group.displayName, verdict, steps };
}

function principalOf({ group: { id, displayName, synced, sid } }: GroupInput) {
  return { id, kind: "group", displayName, synced, sid, guid: null, mail: null } as const;
}
