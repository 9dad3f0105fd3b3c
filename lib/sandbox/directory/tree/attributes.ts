import type { Value } from "../schema/value.ts";

export type Attributes = Readonly<Record<string, Value | number | readonly Value[]>>;

/** Attributes as the tree takes them. */
export function map(attributes: Attributes): Map<string, readonly Value[]> {
  const entries = Object.entries(attributes).map(([name, value]) => {
    const values =
      typeof value === "number" ? [String(value)] : Array.isArray(value) ? value : [value as Value];
    return [name, values] as const;
  });
  return new Map(entries);
}

/** systemFlags: the object cannot be deleted, renamed or moved (MS-ADTS 2.2.10). */
export const cannotBeChanged = -1946157056;
/** systemFlags: the object cannot be deleted. */
export const cannotBeDeleted = -2147483648;
