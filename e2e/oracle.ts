import type { CloudGroup, CloudState } from "#e2e/cloud.ts";
import { type Entry, ldapsearch } from "#e2e/ldap.ts";
import type { World } from "#lib/sandbox/world.ts";

/** A written-back group as it should be, or is: what the product promises, said without the product's code. */
export type Expected = {
  readonly name: string;
  readonly displayName: string;
  readonly groupType: string;
  readonly anchor: string;
  /** SIDs of users and anchors of nested groups, sorted. */
  readonly members: readonly string[];
};

const isWritten = (group: CloudGroup) =>
  group.onPremisesSyncEnabled !== true &&
  (group.groupTypes.includes("Unified") || (group.securityEnabled && !group.mailEnabled));

/** The AD state that follows from the tenant, with display names in the distinguished names. */
export function expectedFrom({ groups, users }: CloudState): Expected[] {
  const written = new Map(groups.filter(isWritten).map((group) => [group.id, group]));
  const sids = new Map(
    users.map(({ id, onPremisesSecurityIdentifier }) => [id, onPremisesSecurityIdentifier]),
  );
  return [...written.values()]
    .map((group) => ({
      name: `${group.displayName.trim().slice(0, 51).trim()}_${group.id.slice(-12)}`,
      displayName: group.displayName.trim(),
      groupType: group.groupTypes.includes("Unified") ? "8" : "-2147483640",
      anchor: `Group_${group.id}`,
      members: group.members
        .flatMap((id) => (written.has(id) ? [`Group_${id}`] : (sids.get(id) ?? [])))
        .sort(),
    }))
    .sort((left, right) => (left.anchor < right.anchor ? -1 : 1));
}

const first = (entry: Entry | undefined, attribute: string): string => String(entry?.[attribute]?.[0] ?? "");

/** The written-back groups below `ou`, as the directory itself tells them. */
export async function actualIn(world: World, ou: string, state: CloudState): Promise<Expected[]> {
  const entries = await ldapsearch(
    world,
    ou,
    "(adminDescription=Group_*)",
    "cn",
    "displayName",
    "groupType",
    "adminDescription",
    "member",
  );
  const anchors = new Map(entries.map((entry) => [entry.dn, first(entry, "admindescription")]));
  const people = await ldapsearch(
    world,
    world.forest.baseDn,
    "(&(objectCategory=person)(displayName=*))",
    "displayName",
  );
  const names = new Map(people.map((entry) => [entry.dn, first(entry, "displayname")]));
  const sids = new Map(
    state.users.map(({ displayName, onPremisesSecurityIdentifier }) => [
      displayName,
      onPremisesSecurityIdentifier,
    ]),
  );
  const member = (dn: string) => anchors.get(dn) ?? sids.get(names.get(dn) ?? "") ?? dn;
  return entries
    .map((entry) => ({
      name: first(entry, "cn"),
      displayName: first(entry, "displayname"),
      groupType: first(entry, "grouptype"),
      anchor: first(entry, "admindescription"),
      members: [...(entry.member ?? [])].map(member).sort(),
    }))
    .sort((left, right) => (left.anchor < right.anchor ? -1 : 1));
}
