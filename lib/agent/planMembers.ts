import type { CyclePorts } from "#lib/agent/cycle.ts";
import type { DirectoryReference } from "#lib/directory/directory.ts";
import { nameOf } from "#lib/model/dn.ts";
import type { CloudGroup, Principal } from "#lib/model/group.ts";
import type { Guid, ObjectId } from "#lib/model/identifier.ts";
import type { Change, MemberReference, PlannedMember, Skip, SkipReason } from "#lib/model/plan.ts";
import { referenceOf } from "#lib/plan/reference.ts";
import type { MissingMember } from "#lib/store/snapshot.ts";

type Wanted = { readonly id: ObjectId; readonly name: string; readonly reference: MemberReference };

/** Reasons that can go away without a change that a Delta cycle is told of for this group. */
const waits: ReadonlySet<SkipReason> = new Set(["member-not-in-directory", "member-group-not-written-back"]);

/** What became of the members that a plan looked at. */
export type MemberCounts = { added: number; removed: number; skips: Skip[]; absent: boolean };

function principalOf({ snapshot }: CyclePorts, { id, kind, principal }: MissingMember): Principal {
  if (principal !== null) return principal;
  const nested = kind === "group" ? snapshot.cloudGroup(id) : undefined;
  const displayName = nested?.displayName ?? id;
  return { id, kind, displayName, synced: nested?.synced ?? false, sid: null, guid: null, mail: null };
}

/**
 * The changes that give the AD group the members of its cloud group, in pages of at most 5,000 members (AD takes
 * no more values in one modify; MS-ADTS 3.1.1.3.4.6). `counts` tells at the end what was added, removed and skipped.
 */
export async function* planMembers(
  ports: CyclePorts,
  group: CloudGroup,
  common: Pick<Extract<Change, { kind: "addMembers" }>, "anchor" | "name" | "dn">,
  exists: boolean,
  isWrittenBack: (group: ObjectId) => boolean,
  counts: MemberCounts,
): AsyncGenerator<Change> {
  const { snapshot, signal } = ports;
  const seen = new Set<ObjectId>();
  const leaveOut = (id: ObjectId, name: string, reason: SkipReason) => {
    if (waits.has(reason)) counts.absent = true;
    counts.skips.push({ anchor: group.id, name: group.displayName, reason, member: { id, name } });
  };
  for (const page of snapshot.membersMissing(group.id)) {
    signal.throwIfAborted();
    const wanted: (Wanted & { readonly guid: Guid | null })[] = [];
    for (const member of page) {
      const principal = principalOf(ports, member);
      if (member.kind === "user" && member.principal === null) {
        leaveOut(member.id, principal.displayName, "member-unknown");
        continue;
      }
      const verdict = referenceOf(principal, isWrittenBack);
      const { id, displayName: name } = principal;
      if (verdict.found) wanted.push({ id, name, reference: verdict.reference, guid: member.guid });
      else leaveOut(id, name, verdict.reason);
    }
    const found = await lookUp(ports, wanted);
    const members = found.flatMap(({ id, name, reference }): PlannedMember[] => {
      if (reference === null) leaveOut(id, name, "member-not-in-directory");
      // Looking one up may give it another number, so that a later page has it again.
      if (reference === null || seen.has(id) || snapshot.isDirectoryMember(group.id, id)) return [];
      if (reference.by !== "anchor") seen.add(id);
      return [{ reference, name }];
    });
    counts.added += members.length;
    if (members.length > 0)
      yield { kind: "addMembers", reason: "They are members of the cloud group.", ...common, members };
  }
  if (!exists) return;
  for (const page of snapshot.membersUnwanted(group.id)) {
    signal.throwIfAborted();
    const members = page.map(
      ({ guid, dn }): PlannedMember => ({
        reference: { by: "guid", guid },
        name: nameOf(dn),
      }),
    );
    counts.removed += members.length;
    yield { kind: "removeMembers", reason: "They are not members of the cloud group.", ...common, members };
  }
}

/** The references as the directory has them; null where it has none. Who was found once is not asked for again. */
async function lookUp(
  { directory, snapshot }: CyclePorts,
  wanted: readonly (Wanted & { readonly guid: Guid | null })[],
): Promise<{ id: ObjectId; name: string; reference: MemberReference | null }[]> {
  const unknown = wanted.flatMap(({ id, guid, reference }) =>
    reference.by === "anchor" || guid !== null ? [] : [{ id, reference: reference as DirectoryReference }],
  );
  const answers =
    unknown.length === 0 ? [] : await directory.resolve(unknown.map(({ reference }) => reference));
  const absent = new Set<ObjectId>();
  for (const [index, { id }] of unknown.entries()) {
    const answer = answers[index] ?? null;
    if (answer === null) absent.add(id);
    else snapshot.link(id, answer);
  }
  return wanted.map(({ id, name, reference }) => ({
    id,
    name,
    reference: absent.has(id) ? null : reference,
  }));
}
