import { z } from "zod";
import { dn } from "#lib/model/dn.ts";
import { cloudGroupKind, onPremisesGroupType } from "#lib/model/group.ts";
import { objectId } from "#lib/model/identifier.ts";

/** Something of the tenant that a person picked, with the name that it had then. */
const picked = z.object({ id: objectId, displayName: z.string() });

const text = z.string().trim().min(1, "Enter a value.").max(256);

/** What a cloud group must be like. A pattern's `*` stands for any text, `?` for one character; case does not count. */
export const condition = z.discriminatedUnion("by", [
  z.object({ by: z.literal("groups"), groups: z.array(picked).min(1, "Choose at least one group.") }),
  z.object({ by: z.literal("displayName"), pattern: text }),
  z.object({ by: z.literal("kind"), kinds: z.array(cloudGroupKind).min(1, "Choose at least one kind.") }),
  z.object({ by: z.literal("mailEnabled"), value: z.boolean() }),
  z.object({ by: z.literal("dynamic"), value: z.boolean() }),
  z.object({ by: z.literal("roleAssignable"), value: z.boolean() }),
  z.object({ by: z.literal("owner"), owner: picked }),
  z.object({ by: z.literal("administrativeUnit"), unit: picked }),
  /** Direct members of a “pilot” group. */
  z.object({ by: z.literal("memberOf"), group: picked }),
  /** A directory extension, by its full name `extension_<app id without hyphens>_<name>`. */
  z.object({
    by: z.literal("extensionAttribute"),
    attribute: z.string().regex(/^extension_[0-9a-fA-F]{32}_\w+$/, "Enter the extension's full name."),
    pattern: text,
  }),
]);
export type Condition = z.infer<typeof condition>;

/** What becomes of an AD group whose cloud group went out of scope or was deleted. Keeping is the safe default. */
export const withdrawal = z.enum(["keep", "convertToDistribution", "delete"]);
export type Withdrawal = z.infer<typeof withdrawal>;

/** A rule of the admin's own: which groups are written back, as what, and to which OU. */
export const selection = z.object({
  id: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  name: text,
  /** All of them must hold; without any, every group is meant. */
  include: z.array(condition),
  /** None of them may hold. */
  exclude: z.array(condition),
  /** What the groups become in AD; null: Entra Connect's choice by kind. */
  becomes: onPremisesGroupType.nullable(),
  target: dn,
  withdrawal,
});
export type Selection = z.infer<typeof selection>;
