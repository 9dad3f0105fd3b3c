import { hasProperty, isExtension, type Version } from "#lib/sandbox/graph/metadata.ts";
import type { DirectoryObject, ObjectKind } from "#lib/sandbox/tenant/objects.ts";

/** What Graph returns without `$select`, where that is not everything (graph-docs: resources/user.md, Properties). */
const userDefaults = [
  "id",
  "businessPhones",
  "displayName",
  "givenName",
  "jobTitle",
  "mail",
  "mobilePhone",
  "officeLocation",
  "preferredLanguage",
  "surname",
  "userPrincipalName",
];

/** Properties of a group that Graph only returns when they are selected. */
const onlyOnSelect = new Set([
  "accessType",
  "allowExternalSenders",
  "assignedLabels",
  "assignedLicenses",
  "autoSubscribeNewMembers",
  "hasMembersWithLicenseErrors",
  "hideFromAddressLists",
  "hideFromOutlookClients",
  "isArchived",
  "isFavorite",
  "isManagementRestricted",
  "isSubscribedByMail",
  "unseenConversationsCount",
  "unseenCount",
  "unseenMessagesCount",
]);

/** Collections that are empty, not null, where an object has none. */
const collections = new Set([
  "businessPhones",
  "groupTypes",
  "proxyAddresses",
  "onPremisesProvisioningErrors",
  "assignedLabels",
  "assignedLicenses",
  "serviceProvisioningErrors",
]);

/**
 * An object as Graph returns it: the selected properties that its type has, or its type's default ones. What the tenant
 * holds no value for is null, or empty for a collection.
 */
export function shape(
  version: Version,
  object: DirectoryObject,
  select: readonly string[] | undefined,
): Record<string, unknown> {
  const shaped = shapeAs(version, object.kind, object, select ?? defaultProperties(object));
  if (object.kind !== "group") return shaped;
  // An extension without a value is left out, unlike a property.
  const asked = (select ?? []).filter((name) => isExtension(name) && name in object.directoryExtensions);
  return { ...shaped, ...Object.fromEntries(asked.map((name) => [name, object.directoryExtensions[name]])) };
}

/** The same for an entity that is no directory object of the tenant's; all its properties when nothing is selected. */
export function shapeAs(
  version: Version,
  type: string,
  values: Readonly<Record<string, unknown>>,
  names: readonly string[] = Object.keys(values),
): Record<string, unknown> {
  const shaped: Record<string, unknown> = {};
  for (const name of names) {
    if (hasProperty(version, type, name)) shaped[name] = values[name] ?? (collections.has(name) ? [] : null);
  }
  return shaped;
}

/** `@odata.type` of an object in a collection of mixed types. */
export function odataType(kind: ObjectKind): string {
  return `#microsoft.graph.${kind}`;
}

/** The names that Graph returns for the object when none is selected. */
export function defaultProperties(object: DirectoryObject): readonly string[] {
  if (object.kind === "user") return userDefaults;
  return Object.keys(object).filter((name) => !onlyOnSelect.has(name) && name !== "writebackConfiguration");
}
