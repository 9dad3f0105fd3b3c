import type { Caller } from "#lib/sandbox/graph/caller.ts";
import { permissions } from "#lib/sandbox/graph/permissions.ts";
import { shape } from "#lib/sandbox/graph/shape.ts";
import type { DirectoryObject, ObjectKind } from "#lib/sandbox/tenant/objects.ts";

const needs: Readonly<Record<ObjectKind, readonly string[]>> = {
  user: permissions.readUsers,
  group: permissions.readGroups,
  device: permissions.readDevices,
  orgContact: permissions.readContacts,
};

export function mayRead(caller: Caller, kind: ObjectKind): boolean {
  return needs[kind].some((name) => caller.permissions.has(name));
}

/**
 * An object in a collection of mixed types: of a type that the caller may not read, only the id is told and the rest is
 * null (graph-docs: permissions-overview.md, "Limited information returned for inaccessible member objects").
 */
export function present(
  caller: Caller,
  object: DirectoryObject,
  select: readonly string[] | undefined,
): Record<string, unknown> {
  const shaped = shape("v1.0", object, select);
  if (mayRead(caller, object.kind)) return shaped;
  return Object.fromEntries(
    Object.entries(shaped).map(([name, value]) => [name, name === "id" ? value : null]),
  );
}
