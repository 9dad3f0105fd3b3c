import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configuration as configurationSchema } from "#lib/model/configuration.ts";
import type { Dn } from "#lib/model/dn.ts";
import type { CloudGroup, Principal } from "#lib/model/group.ts";
import type { Guid, ObjectId, Sid } from "#lib/model/identifier.ts";
import { anchorValue, readAnchor } from "#lib/plan/anchor.ts";
import { attributesOf } from "#lib/plan/attributes.ts";
import { compareGroup, deletion } from "#lib/plan/difference.ts";
import { samAccountName } from "#lib/plan/naming.ts";
import { referenceOf } from "#lib/plan/reference.ts";
import { sampleGroup } from "#lib/plan/samples.ts";
import { decideScope } from "#lib/plan/scope.ts";

const id = "3a5c3221-c465-48c0-95b8-e9305786a271" as ObjectId;
const other = "4b6d4332-d576-49d1-a6c9-fa416897b382" as ObjectId;
const guid = "11111111-2222-3333-4444-555555555555" as Guid;
const configuration = configurationSchema.parse({
  version: 1,
  scope: { microsoft365Groups: true, securityGroups: true },
  target: "OU=Cloud,DC=contoso,DC=com",
  naming: "displayName",
  withdrawal: "keep",
});
const comparison = { externalDirectoryObjectId: true, onlyDirectoryChanged: false, wasLost: false };
const cloud = (fields: Partial<CloudGroup> = {}) => sampleGroup({ id, ...fields });
const desired = (fields: Partial<CloudGroup> = {}) =>
  ({
    group: cloud(fields),
    type: "universalSecurityGroup",
    target: configuration.target,
    inPlace: false,
  }) as const;
const attributes = Object.fromEntries(
  Object.entries(attributesOf(cloud(), "universalSecurityGroup", [], comparison)).map(
    ([name, { values }]) => [name, values],
  ),
);
const actual = { guid, dn: "CN=Sales_e9305786a271,OU=Cloud,DC=contoso,DC=com" as Dn, attributes };

describe("the scope", () => {
  const both = { microsoft365Groups: true, securityGroups: true };
  const facts = {
    newUnifiedGroupWritebackDefault: true,
    owns: () => false,
    inUnit: () => false,
    memberOf: () => false,
  };
  test.each([
    [both, cloud(), { inScope: true, type: "universalSecurityGroup" }],
    [both, cloud({ kind: "microsoft365" }), { inScope: true, type: "universalDistributionGroup" }],
    [both, cloud({ dynamic: true }), { inScope: true, type: "universalSecurityGroup" }],
    [both, cloud({ kind: "distribution" }), { inScope: false, reason: "group-kind-not-supported" }],
    [both, cloud({ kind: "mailEnabledSecurity" }), { inScope: false, reason: "group-kind-not-supported" }],
    [both, cloud({ synced: true }), { inScope: false, reason: "group-synced-from-directory" }],
    [both, cloud({ roleAssignable: true }), { inScope: false, reason: "group-role-assignable" }],
    [{ ...both, securityGroups: false }, cloud(), { inScope: false, reason: "group-kind-out-of-scope" }],
    [
      { ...both, microsoft365Groups: false },
      cloud({ kind: "microsoft365" }),
      { inScope: false, reason: "group-kind-out-of-scope" },
    ],
  ])("%j decides about %j", (scope, group, verdict) =>
    expect(
      decideScope({ ...configuration, scope: { ...configuration.scope, ...scope } }, group, facts),
    ).toMatchObject(verdict),
  );
});

describe("the anchor", () => {
  test.each([
    [{ adminDescription: [anchorValue(id)] }, { state: "one", id }],
    [
      { "msDS-ExternalDirectoryObjectId": [anchorValue(id).toUpperCase().replace("GROUP_", "Group_")] },
      { state: "one", id },
    ],
    [
      { adminDescription: [anchorValue(id)], "msDS-ExternalDirectoryObjectId": [anchorValue(id)] },
      { state: "one", id },
    ],
    [
      { adminDescription: [anchorValue(id)], "msDS-ExternalDirectoryObjectId": [anchorValue(other)] },
      { state: "disagree", ids: [id, other] },
    ],
    [{ adminDescription: ["Group_of_sales"] }, { state: "none" }],
    [{ "msDS-ExternalDirectoryObjectId": [`User_${id}`] }, { state: "none" }],
    [{}, { state: "none" }],
  ])("of %j is read", (values, expected) => expect(readAnchor(values, null)).toEqual(expected));
});

describe("comparing a group", () => {
  test("that is missing gives a create with everything the cloud owns", () => {
    expect(compareGroup(desired({ description: " Sells " }), undefined, configuration, comparison)).toEqual([
      {
        kind: "create",
        anchor: id,
        name: "Sales",
        reason: expect.any(String),
        dn: actual.dn,
        attributes: {
          sAMAccountName: ["Sales_e9305786a271"],
          displayName: ["Sales"],
          description: ["Sells"],
          groupType: ["-2147483640"],
          adminDescription: [`Group_${id}`],
          "msDS-ExternalDirectoryObjectId": [`Group_${id}`],
        },
      },
    ]);
  });
  test("that is the same gives nothing, whatever the names' spelling", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.string({ maxLength: 600 }),
        fc.boolean(),
        (displayName, description, externalDirectoryObjectId) => {
          const schema = { ...comparison, externalDirectoryObjectId };
          const group = desired({ displayName, description });
          const [create] = compareGroup(group, undefined, configuration, schema);
          if (create?.kind !== "create") throw new Error("a missing group is created");
          expect(
            compareGroup(
              group,
              { guid, dn: create.dn, attributes: create.attributes },
              configuration,
              schema,
            ),
          ).toEqual([]);
          expect(create.attributes.sAMAccountName).toEqual([samAccountName(configuration, group.group)]);
        },
      ),
    );
  });
  test("that was renamed in the cloud gives an update and a rename, not a new group", () => {
    const changes = compareGroup(desired({ displayName: "Sellers" }), actual, configuration, comparison);
    expect(changes.map(({ kind }) => kind)).toEqual(["update", "rename"]);
    expect(changes).toMatchObject([
      { edits: [{ attribute: "displayName", before: ["Sales"], after: ["Sellers"] }] },
      { before: actual.dn, after: "CN=Sellers_e9305786a271,OU=Cloud,DC=contoso,DC=com" },
    ]);
  });
  test("that lies deeper than the target gives a move", () => {
    const deeper = { ...actual, dn: "CN=Sales_e9305786a271,OU=Old,OU=Cloud,DC=contoso,DC=com" as Dn };
    expect(compareGroup(desired(), deeper, configuration, comparison)).toMatchObject([
      { kind: "move", after: actual.dn },
    ]);
  });
  test("whose description is gone in the cloud clears it", () => {
    const described = { ...actual, attributes: { ...attributes, description: ["old"] } };
    expect(compareGroup(desired(), described, configuration, comparison)).toMatchObject([
      { kind: "update", edits: [{ attribute: "description", before: ["old"], after: [] }] },
    ]);
  });
  test("a deletion keeps what was there, for its inverse", () => {
    expect(deletion(id, actual, "gone", [])).toMatchObject({
      kind: "delete",
      name: "Sales",
      guid,
      attributes: { displayName: ["Sales"] },
    });
  });
});

describe("a member's reference", () => {
  const user: Principal = {
    id: other,
    kind: "user",
    displayName: "Ana",
    synced: true,
    sid: "S-1-5-21-1-2-3-1104" as Sid,
    guid,
    mail: "ana@contoso.com",
  };
  const never = () => false;
  test.each([
    [user, never, { found: true, reference: { by: "sid", sid: user.sid } }],
    [{ ...user, sid: null }, never, { found: true, reference: { by: "guid", guid } }],
    [{ ...user, synced: false }, never, { found: false, reason: "member-cloud-only" }],
    [{ ...user, sid: null, guid: null }, never, { found: false, reason: "member-cloud-only" }],
    [{ ...user, kind: "group" as const }, never, { found: true, reference: { by: "sid", sid: user.sid } }],
    [
      { ...user, kind: "group" as const, synced: false },
      never,
      { found: false, reason: "member-group-not-written-back" },
    ],
    [
      { ...user, kind: "group" as const, synced: false },
      () => true,
      { found: true, reference: { by: "anchor", anchor: other } },
    ],
    [{ ...user, kind: "device" as const }, never, { found: true, reference: { by: "sid", sid: user.sid } }],
    [
      { ...user, kind: "contact" as const, sid: null, guid: null },
      never,
      { found: true, reference: { by: "mail", mail: "ana@contoso.com" } },
    ],
    [
      { ...user, kind: "servicePrincipal" as const },
      never,
      { found: false, reason: "member-kind-not-supported" },
    ],
  ])("of %j", (member, isWrittenBack, expected) =>
    expect(referenceOf(member, isWrittenBack)).toEqual(expected),
  );
});
