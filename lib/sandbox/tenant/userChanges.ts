import type { RemovalReason } from "#lib/sandbox/tenant/changes.ts";

/** One entry of the log of the users' changes; its place in the log is its sequence number. */
export type UserChange = { readonly user: string } & (
  | { readonly what: "created" }
  | { readonly what: "patched"; readonly properties: readonly string[] }
  | { readonly what: "removed"; readonly reason: RemovalReason }
);

/** What a user went through between two points of the log, all in all. */
type NetUserChange = {
  created: boolean;
  removed: RemovalReason | undefined;
  readonly properties: Set<string>;
};

/** Sums up the log from `since` (inclusive) by user. */
export function netUserChanges(log: readonly UserChange[], since: number): Map<string, NetUserChange> {
  const users = new Map<string, NetUserChange>();
  for (const change of log.slice(since)) {
    const net = users.get(change.user) ?? { created: false, removed: undefined, properties: new Set() };
    users.set(change.user, net);
    if (change.what === "created") net.created = true;
    else if (change.what === "removed") net.removed = change.reason;
    else for (const property of change.properties) net.properties.add(property);
  }
  return users;
}
