import type { ObjectKind } from "#lib/sandbox/tenant/objects.ts";

/** `changed`: soft-deleted, can be restored; `deleted`: gone for good (facts.md 6.4). */
export type RemovalReason = "changed" | "deleted";

/** One entry of the tenant's change log; its place in the log is its sequence number. */
export type Change = { readonly group: string } & (
  | { readonly what: "created" }
  | { readonly what: "patched"; readonly properties: readonly string[] }
  | { readonly what: "removed"; readonly reason: RemovalReason }
  | {
      readonly what: "memberAdded" | "memberRemoved";
      readonly member: string;
      readonly memberKind: ObjectKind;
    }
);

/** What a group went through between two points of the log, all in all. */
export type NetChange = {
  created: boolean;
  removed: RemovalReason | undefined;
  readonly properties: Set<string>;
  /** Members that are there now and were not, or the other way round, by id. */
  readonly members: Map<
    string,
    { readonly kind: ObjectKind; readonly wasMember: boolean; isMember: boolean }
  >;
};

/** Sums up the log from `since` (inclusive) by group: a member that came and went again is no change. */
export function netChanges(log: readonly Change[], since: number): Map<string, NetChange> {
  const groups = new Map<string, NetChange>();
  for (let index = since; index < log.length; index += 1) {
    const change = log[index] as Change;
    let net = groups.get(change.group);
    if (net === undefined) {
      net = { created: false, removed: undefined, properties: new Set(), members: new Map() };
      groups.set(change.group, net);
    }
    note(net, change);
  }
  for (const net of groups.values()) {
    for (const [id, member] of net.members) if (member.wasMember === member.isMember) net.members.delete(id);
  }
  return groups;
}

function note(net: NetChange, change: Change): void {
  switch (change.what) {
    case "created":
      net.created = true;
      net.removed = undefined;
      return;
    case "patched":
      for (const property of change.properties) net.properties.add(property);
      return;
    case "removed":
      net.removed = change.reason;
      return;
    case "memberAdded":
    case "memberRemoved": {
      const isMember = change.what === "memberAdded";
      const member = net.members.get(change.member);
      // The first entry about a member tells what it was before.
      if (member === undefined)
        net.members.set(change.member, { kind: change.memberKind, wasMember: !isMember, isMember });
      else member.isMember = isMember;
    }
  }
}
