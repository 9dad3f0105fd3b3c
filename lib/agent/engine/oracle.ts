import type { Engine } from "#lib/agent/engine/stand.ts";
import { target } from "#lib/agent/engine/stand.ts";
import { type CloudGroup, cloudState, search } from "#lib/agent/engine/views.ts";

/** The state of one written-back group, in words that neither the planner nor the exporter uses. */
export type Told = readonly [
  anchor: string,
  name: string,
  type: string,
  description: string,
  members: string,
];

const isWritten = (group: CloudGroup) =>
  group.onPremisesSyncEnabled !== true &&
  group.isAssignableToRole !== true &&
  (group.groupTypes.includes("Unified") || (group.securityEnabled && !group.mailEnabled));

const sorted = (told: Told[]) => told.sort(([left], [right]) => (left < right ? -1 : 1));

/** What the directory should hold, straight from the tenant: names by display name, everything in one OU. */
export async function expectedState(engine: Engine): Promise<Told[]> {
  const { groups, users } = await cloudState(engine);
  const ids = new Set(groups.filter(isWritten).map(({ id }) => id));
  const accounts = new Map(
    users
      .filter((user) => user.onPremisesSecurityIdentifier !== null)
      .map((user) => [user.id, user.displayName]),
  );
  const member = (id: string) => (ids.has(id) ? `Group_${id}` : (accounts.get(id) ?? []));
  return sorted(
    groups
      .filter(isWritten)
      .map((group) => [
        `Group_${group.id}`,
        `${group.displayName.trim().slice(0, 51).trim()}_${group.id.slice(-12)}`,
        group.groupTypes.includes("Unified") ? "8" : "-2147483640",
        (group.description ?? "").trim(),
        group.members.flatMap(member).sort().join("; "),
      ]),
  );
}

/** What the directory holds, as `ldapsearch` tells it; an unknown member stands as its DN. */
export async function actualState(engine: Engine): Promise<Told[]> {
  const names = ["cn", "groupType", "description", "adminDescription", "member"];
  const groups = await search(engine, "(adminDescription=Group_*)", names, target);
  const people = await search(engine, "(objectClass=user)", ["displayName"]);
  const one = (values: readonly string[] | undefined) => values?.[0] ?? "";
  const known = new Map([
    ...people.map((entry) => [one(entry.dn), one(entry.displayName)] as const),
    ...groups.map((entry) => [one(entry.dn), one(entry.adminDescription)] as const),
  ]);
  return sorted(
    groups.map((entry) => [
      one(entry.adminDescription),
      one(entry.cn),
      one(entry.groupType),
      one(entry.description),
      (entry.member ?? [])
        .map((dn) => known.get(dn) || dn)
        .sort()
        .join("; "),
    ]),
  );
}
