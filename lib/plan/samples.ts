import fc from "fast-check";
import { type Configuration, configuration } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import { type CloudGroup, cloudGroupKind, onPremisesGroupType } from "#lib/model/group.ts";
import type { ObjectId, Sid } from "#lib/model/identifier.ts";
import { type Condition, type Selection, withdrawal } from "#lib/model/selection.ts";
import type { ScopeFacts } from "#lib/plan/scope.ts";

/** The nth object id, and the nth SID of a domain. */
export function idOf(n: number): ObjectId {
  return `00000000-0000-4000-8000-${String(n).padStart(12, "0")}` as ObjectId;
}
export function sidOf(n: number): Sid {
  return `S-1-5-21-1-2-3-${1000 + n}` as Sid;
}

/** A cloud-only security group with an assigned membership, but for what is said otherwise. */
export function sampleGroup(fields: Partial<CloudGroup> = {}): CloudGroup {
  return {
    id: idOf(1),
    displayName: "Sales",
    description: null,
    kind: "security",
    dynamic: false,
    synced: false,
    roleAssignable: false,
    mail: null,
    mailNickname: null,
    proxyAddresses: [],
    sid: null,
    cloudManaged: false,
    writeback: null,
    extensions: {},
    ...fields,
  };
}

export function sampleSelection(fields: Partial<Selection> = {}): Selection {
  return {
    id: "pilot",
    name: "Pilot",
    include: [],
    exclude: [],
    becomes: null,
    target: "OU=Pilot,DC=contoso,DC=com" as Dn,
    withdrawal: "keep",
    ...fields,
  };
}

/** Both kinds are written back to OU=Cloud, but for what is said otherwise. */
export function sampleConfiguration(
  fields: Partial<Omit<Configuration, "scope">> & { scope?: Partial<Configuration["scope"]> } = {},
): Configuration {
  const { scope, ...rest } = fields;
  const base = configuration.parse({
    version: 1,
    scope: { microsoft365Groups: true, securityGroups: true, ...scope },
    target: "OU=Cloud,DC=contoso,DC=com",
    naming: "displayName",
    withdrawal: "keep",
  });
  return { ...base, ...rest };
}

export function sampleFacts(fields: Partial<ScopeFacts> = {}): ScopeFacts {
  return {
    newUnifiedGroupWritebackDefault: true,
    owns: () => false,
    inUnit: () => false,
    memberOf: () => false,
    ...fields,
  };
}

const ids = fc.integer({ min: 1, max: 3 }).map(idOf);
const picks = ids.map((id) => ({ id, displayName: `Object ${id.slice(-1)}` }));
const extension = `extension_${"a".repeat(32)}_costCentre`;
const shortText = fc.string({ unit: fc.constantFrom("a", "B", "*", "?", "é"), minLength: 1, maxLength: 4 });

export const groups: fc.Arbitrary<CloudGroup> = fc
  .record({
    id: ids,
    displayName: shortText,
    kind: fc.constantFrom(...cloudGroupKind.options),
    dynamic: fc.boolean(),
    synced: fc.boolean(),
    roleAssignable: fc.boolean(),
    sid: fc.constantFrom(null, sidOf(1)),
    cloudManaged: fc.boolean(),
    writeback: fc.option(
      fc.record({
        isEnabled: fc.constantFrom(null, true, false),
        onPremisesGroupType: fc.constantFrom(null, "somethingElse", ...onPremisesGroupType.options),
      }),
    ),
    extensions: fc.constantFrom<Record<string, string>>({}, { [extension]: "a" }),
  })
  .map(sampleGroup);

export const conditions: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ by: fc.constant("groups" as const), groups: fc.array(picks, { minLength: 1, maxLength: 2 }) }),
  fc.record({ by: fc.constant("displayName" as const), pattern: shortText }),
  fc.record({
    by: fc.constant("kind" as const),
    kinds: fc.subarray([...cloudGroupKind.options], { minLength: 1 }),
  }),
  fc.record({
    by: fc.constantFrom("mailEnabled" as const, "dynamic" as const, "roleAssignable" as const),
    value: fc.boolean(),
  }),
  fc.record({ by: fc.constant("owner" as const), owner: picks }),
  fc.record({ by: fc.constant("administrativeUnit" as const), unit: picks }),
  fc.record({ by: fc.constant("memberOf" as const), group: picks }),
  fc.record({
    by: fc.constant("extensionAttribute" as const),
    attribute: fc.constant(extension),
    pattern: shortText,
  }),
);

export const selections: fc.Arbitrary<Selection> = fc
  .record({
    name: shortText,
    include: fc.array(conditions, { maxLength: 2 }),
    exclude: fc.array(conditions, { maxLength: 1 }),
    becomes: fc.option(fc.constantFrom(...onPremisesGroupType.options)),
    withdrawal: fc.constantFrom(...withdrawal.options),
  })
  .map(sampleSelection);

export const configurations: fc.Arbitrary<Configuration> = fc
  .record({
    scope: fc.record({
      decidedBy: fc.constantFrom("kinds" as const, "writebackConfiguration" as const),
      microsoft365Groups: fc.boolean(),
      securityGroups: fc.boolean(),
      roleAssignableGroups: fc.boolean(),
    }),
    selections: fc.array(selections, { maxLength: 3 }),
    withdrawal: fc.constantFrom(...withdrawal.options),
  })
  .map(sampleConfiguration);

export const facts: fc.Arbitrary<ScopeFacts> = fc
  .record({
    newUnifiedGroupWritebackDefault: fc.boolean(),
    owners: fc.subarray([1, 2, 3].map(idOf)),
    units: fc.subarray([1, 2, 3].map(idOf)),
    pilots: fc.subarray([1, 2, 3].map(idOf)),
  })
  .map(({ newUnifiedGroupWritebackDefault, owners, units, pilots }) => ({
    newUnifiedGroupWritebackDefault,
    owns: (owner) => owners.includes(owner),
    inUnit: (unit) => units.includes(unit),
    memberOf: (group) => pilots.includes(group),
  }));
