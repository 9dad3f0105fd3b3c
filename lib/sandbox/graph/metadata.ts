import { readFileSync } from "node:fs";

const source = readFileSync(new URL("./metadata/v1.0.csdl.xml", import.meta.url), "utf8");

type EntityType = {
  readonly base: string | undefined;
  readonly properties: ReadonlySet<string>;
  readonly navigation: ReadonlySet<string>;
};

const entityTypes = new Map<string, EntityType>(
  [...source.matchAll(/<EntityType Name="(\w+)"([^>]*)>(.*?)<\/EntityType>/gs)].map(
    ([, name, attributes, body]) => [
      name ?? "",
      {
        base: /BaseType="graph\.(\w+)"/.exec(attributes ?? "")?.[1],
        properties: names(body ?? "", "Property"),
        navigation: names(body ?? "", "NavigationProperty"),
      },
    ],
  ),
);

function names(body: string, element: string): ReadonlySet<string> {
  return new Set(
    [...body.matchAll(new RegExp(`<${element} Name="(\\w+)"`, "g"))].map(([, name]) => name ?? ""),
  );
}

export type Version = "v1.0" | "beta";

/** Whether Graph's metadata has this structural property on the entity type or on one that it derives from. */
export function hasProperty(version: Version, type: string, property: string): boolean {
  // Beta's metadata is not here; this is the one name of it that we use (facts.md 6.5).
  if (version === "beta" && type === "group" && property === "writebackConfiguration") return true;
  for (let name: string | undefined = type; name !== undefined; name = entityTypes.get(name)?.base) {
    if (entityTypes.get(name)?.properties.has(property)) return true;
  }
  return false;
}

/** Whether the entity type has this navigation property itself. */
export function hasNavigation(type: string, property: string): boolean {
  return entityTypes.get(type)?.navigation.has(property) ?? false;
}

/** Whether this is a directory extension's full name: the registering app's id without hyphens, and its own name. */
export function isExtension(name: string): boolean {
  return /^extension_[0-9a-f]{32}_\w+$/i.test(name);
}
