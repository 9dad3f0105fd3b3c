import { z } from "zod";
import { dn } from "#lib/model/dn.ts";
import { attributeMapping } from "#lib/model/mapping.ts";
import { selection, withdrawal } from "#lib/model/selection.ts";

/**
 * How the groups' common names are formed: `Group_<object id>`, `<display name>_<last 12 of id>`, or by the
 * admin's own pattern.
 */
export const naming = z.enum(["objectId", "displayName", "pattern"]);
export type Naming = z.infer<typeof naming>;

/** Which cloud groups are written back where no selection speaks of them. */
export const scope = z.object({
  /**
   * `kinds`: the two switches below alone. `writebackConfiguration`: each group's own setting in the tenant too,
   * as Entra Connect decides (facts.md 1.4).
   */
  decidedBy: z.enum(["kinds", "writebackConfiguration"]).default("kinds"),
  /** Written as universal distribution groups, as Entra Connect does. */
  microsoft365Groups: z.boolean(),
  /** Written as universal security groups. */
  securityGroups: z.boolean(),
  /** Role-assignable groups are left out unless this is switched on, whatever else selects them. */
  roleAssignableGroups: z.boolean().default(false),
});

/** A number that a plan must not exceed without a person's release; null switches the guard off. */
const threshold = z.int().min(0).nullable();

/** Everything that the wizard decides and a cycle needs; secrets are not part of it. */
export const configuration = z.object({
  version: z.literal(1),
  scope,
  /** The admin's own rules, asked in order before `scope`; the first that matches decides. */
  selections: z.array(selection).max(100).default([]),
  /** The OU that the groups are written to. */
  target: dn,
  naming,
  /** For naming `pattern`: text with {displayName}, {mailNickname}, {objectId} and {shortId}. */
  namingPattern: z.string().max(256).default("{displayName}_{shortId}"),
  /** What AD attributes get, beside or instead of the product's own mapping. */
  mapping: z.array(attributeMapping).max(100).default([]),
  withdrawal,
  /** The AD attribute in which another tool (AAD-Group-Writeback-Script) kept the object id; null: none. */
  takeOverAttribute: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, "Enter an attribute's LDAP name.")
    .nullable()
    .default(null),
  /** Plans are made and shown and never exported, as with Entra Connect's staging mode (facts.md 2.10). */
  stagingMode: z.boolean().default(false),
  /** A plan that deletes more groups than this is held (500, as in Entra Connect; facts.md 2.11). */
  deletionThreshold: z.int().min(0).default(500),
  /** The same in percent of the written-back groups. */
  deletionPercentage: z.number().min(0).max(100).nullable().default(null),
  /** A plan that removes more memberships than this is held. */
  membershipRemovalThreshold: threshold.default(null),
  /** A plan with more changes than this is held. */
  changeThreshold: threshold.default(null),
});
export type Configuration = z.infer<typeof configuration>;
