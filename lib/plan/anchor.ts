import { type ObjectId, objectId } from "#lib/model/identifier.ts";
import type { TakenOverFrom } from "#lib/model/run.ts";

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

/** The object ids that these attributes name; values of another form are somebody else's and do not count. */
function idsIn(values: readonly string[], prefix: string): ObjectId[] {
  return values
    .filter((value) => value.startsWith(prefix))
    .map((value) => objectId.safeParse(value.slice(prefix.length).replace(/^\{(.*)\}$/, "$1")))
    .flatMap((parsed) => (parsed.success ? [parsed.data] : []));
}

type Attributes = Readonly<Record<string, readonly string[]>>;

/**
 * Reads the anchor from a group's attributes. Where none of the usual ones has it, the object id in the attribute
 * that another tool wrote to counts (AAD-Group-Writeback-Script: the bare object id).
 */
export function readAnchor(attributes: Attributes, takeOverAttribute: string | null): Anchor {
  const own = anchorAttributes.flatMap((attribute) => idsIn(attributes[attribute] ?? [], "Group_"));
  const others = takeOverAttribute === null ? [] : idsIn(attributes[takeOverAttribute] ?? [], "");
  const [id, ...more] = new Set(own.length > 0 ? own : others);
  if (id === undefined) return { state: "none" };
  return more.length === 0 ? { state: "one", id } : { state: "disagree", ids: [id, ...more] };
}

/** Which tool wrote a group, as far as its anchors tell; null for one that this product wrote, or none did. */
export function writtenBy(attributes: Attributes, takeOverAttribute: string | null): TakenOverFrom | null {
  const [connect, cloudSync] = anchorAttributes.map(
    (attribute) => idsIn(attributes[attribute] ?? [], "Group_").length > 0,
  );
  if (connect && !cloudSync) return "entraConnect";
  if (cloudSync && !connect) return "cloudSync";
  if (connect && cloudSync) return null;
  return readAnchor(attributes, takeOverAttribute).state === "none" ? null : "script";
}
