import { type ObjectId, objectId } from "#lib/model/identifier.ts";

/** The attributes that hold the anchor: Entra Connect's, and Cloud Sync's (Windows Server 2016 schema). */
export const anchorAttributes = ["adminDescription", "msDS-ExternalDirectoryObjectId"] as const;

/**
 * The value of an anchor attribute. Entra Connect's inbound rules leave out every AD group whose
 * adminDescription starts with `Group_` (facts.md 4.3), so the group is not synchronised up again.
 */
export function anchorValue(id: ObjectId): string {
  return `Group_${id}`;
}

/** What the anchor attributes of an AD group say. */
export type Anchor =
  | { readonly state: "one"; readonly id: ObjectId }
  | { readonly state: "none" }
  | { readonly state: "disagree"; readonly ids: readonly ObjectId[] };

/** Reads the anchor from a group's attributes; values of another form are somebody else's and do not count. */
export function readAnchor(attributes: Readonly<Record<string, readonly string[]>>): Anchor {
  const ids = anchorAttributes
    .flatMap((attribute) => attributes[attribute] ?? [])
    .filter((value) => value.startsWith("Group_"))
    .map((value) => objectId.safeParse(value.slice("Group_".length)))
    .flatMap((parsed) => (parsed.success ? [parsed.data] : []));
  const [id, ...others] = new Set(ids);
  if (id === undefined) return { state: "none" };
  return others.length === 0 ? { state: "one", id } : { state: "disagree", ids: [id, ...others] };
}
