import { newGroupObject } from "#lib/sandbox/tenant/groupObject.ts";
import { initialDomain, stableId } from "#lib/sandbox/tenant/identity.ts";
import { immutableId, newUserObject, type SyncedPerson, syncedUser } from "#lib/sandbox/tenant/people.ts";
import { Tenant } from "#lib/sandbox/tenant/tenant.ts";

type TenantSize = {
  readonly groups: number;
  readonly membersPerGroup: number;
  readonly users: number;
  /** The same seed gives the same ids and names. */
  readonly seed: number;
};

const created = "2026-03-02T08:00:00Z";

/**
 * A tenant of any size for benches: synced users (`people` first, so that a directory can know them, then made-up
 * ones up to `users`), and security groups with every fifth a Microsoft 365 group. A group's members are a run of the
 * users beginning anywhere, computed when asked for: 200,000 groups with 50 members each take no memory for their
 * 10 million memberships.
 */
export function generateTenant(size: TenantSize, people: readonly SyncedPerson[] = []): Tenant {
  const users = makeUsers(size, people);
  const userIds = users.map(({ id }) => id).sort();
  const groupIds = Array.from({ length: size.groups }, (_, index) =>
    stableId(`generated/${size.seed}/group/${index}`),
  );
  const numbers = new Map(groupIds.map((id, index) => [id, index]));
  const count = Math.min(size.membersPerGroup, userIds.length);
  const tenant = new Tenant(initialDomain, {
    keys: () => numbers.keys(),
    get(group) {
      const number = numbers.get(group);
      return number === undefined ? undefined : run(userIds, number * 7919 + size.seed, count);
    },
  });
  for (const user of users) tenant.enter(user);
  groupIds.forEach((id, index) => {
    const microsoft365 = index % 5 === 4;
    tenant.enter(
      newGroupObject(initialDomain, {
        id,
        displayName: `Group ${index} of ${size.seed}`,
        description: `Generated group ${index}`,
        groupTypes: microsoft365 ? ["Unified"] : [],
        mailEnabled: microsoft365,
        mailNickname: `group-${index}`,
        securityEnabled: !microsoft365,
        createdDateTime: created,
        renewedDateTime: created,
      }),
    );
  });
  return tenant;
}

function makeUsers({ users, seed }: TenantSize, people: readonly SyncedPerson[]) {
  const known = people.slice(0, users).map(syncedUser);
  const madeUp = Array.from({ length: users - known.length }, (_, index) =>
    newUserObject({
      id: stableId(`generated/${seed}/user/${index}`),
      displayName: `User ${index} of ${seed}`,
      userPrincipalName: `user${index}@${initialDomain}`,
      onPremisesSyncEnabled: true,
      onPremisesLastSyncDateTime: created,
      onPremisesSecurityIdentifier: `S-1-5-21-1004336348-1177238915-${1_000_000 + seed}-${1_000_000 + index}`,
      onPremisesImmutableId: immutableId(stableId(`generated/${seed}/objectGuid/${index}`)),
    }),
  );
  return [...known, ...madeUp];
}

/** `count` neighbours in the ring of ids, beginning at `start`, in ascending order. */
function run(ids: readonly string[], start: number, count: number): readonly string[] {
  const first = start % ids.length;
  const over = first + count - ids.length;
  return over <= 0 ? ids.slice(first, first + count) : [...ids.slice(0, over), ...ids.slice(first)];
}
