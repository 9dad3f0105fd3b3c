import { isExtension } from "#lib/sandbox/graph/metadata.ts";
import { defaultProperties, shape } from "#lib/sandbox/graph/shape.ts";
import type { Group, User } from "#lib/sandbox/tenant/objects.ts";

/** What a delta query tells of one object. */
type Telling = {
  /** undefined: the object is told for the first time. */
  readonly change: { readonly created: boolean; readonly properties: ReadonlySet<string> } | undefined;
  /** Changed properties alone (`Prefer: return=minimal`). */
  readonly minimal: boolean;
  /** Told even where no property changed, since members did. */
  readonly anyway: boolean;
};

/** The object's own properties in a delta answer; undefined when nothing that was asked for has changed. */
export function deltaEntry(
  question: { readonly select?: readonly string[] | undefined },
  object: Group | User,
  { change, minimal, anyway }: Telling,
): Record<string, unknown> | undefined {
  const asked = question.select ?? defaultProperties(object);
  const whole = change === undefined || change.created;
  const has = (name: string) =>
    whole || change.properties.has(isExtension(name) ? "directoryExtensions" : name);
  const changed = asked.filter(has);
  if (!whole && changed.length === 0 && !anyway) return undefined;
  const shaped = shape("v1.0", object, minimal ? changed : asked);
  // A property that never had a value is left out (graph-docs: delta-query-overview.md).
  for (const [name, value] of Object.entries(shaped)) {
    if (value === null && (whole || !changed.includes(name))) delete shaped[name];
  }
  return { ...shaped, id: object.id };
}
