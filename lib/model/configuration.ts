import { z } from "zod";
import { dn } from "#lib/model/dn.ts";

/** How the groups' distinguished names are formed: `Group_<object id>` or `<display name>_<last 12 of id>`. */
export const naming = z.enum(["objectId", "displayName"]);
export type Naming = z.infer<typeof naming>;

/** Which cloud groups are written back. */
export const scope = z.object({
  /** Written as universal distribution groups, as Entra Connect does. */
  microsoft365Groups: z.boolean(),
  /** Written as universal security groups. */
  securityGroups: z.boolean(),
});
export type Scope = z.infer<typeof scope>;

/** What becomes of an AD group whose cloud group went out of scope or was deleted. Keeping is the safe default. */
export const withdrawal = z.enum(["keep", "delete"]);
export type Withdrawal = z.infer<typeof withdrawal>;

/** Everything that the wizard decides and a cycle needs; secrets are not part of it. */
export const configuration = z.object({
  version: z.literal(1),
  scope,
  /** The OU that the groups are written to. */
  target: dn,
  naming,
  withdrawal,
  /** A plan that deletes more groups than this is held (500, as in Entra Connect; facts.md 2.11). */
  deletionThreshold: z.int().min(0).default(500),
});
export type Configuration = z.infer<typeof configuration>;
