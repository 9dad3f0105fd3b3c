import { findAttribute, partnerOf } from "../schema/schema.ts";
import { assertionKey } from "../schema/value.ts";
import type { Entry } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";
import type { Filter } from "../wire/filter.ts";
import { linkOf, named } from "./match.ts";

/**
 * Entries among which all matches of the filter are, taken from an index; undefined when no index helps and the tree
 * must be walked.
 */
export function candidates(tree: Tree, filter: Filter): readonly Entry[] | undefined {
  switch (filter.kind) {
    case "and": {
      const sets = filter.parts.flatMap((part) => {
        const set = candidates(tree, part);
        return set === undefined ? [] : [set];
      });
      return sets.toSorted((a, b) => a.length - b.length)[0];
    }
    case "or": {
      const all = new Set<Entry>();
      for (const part of filter.parts) {
        const set = candidates(tree, part);
        if (set === undefined) return undefined;
        for (const entry of set) all.add(entry);
      }
      return [...all];
    }
    case "equal":
      return byEquality(tree, filter.attribute, filter.value);
    default:
      return undefined;
  }
}

function byEquality(tree: Tree, name: string, value: Buffer): readonly Entry[] | undefined {
  const attribute = findAttribute(name);
  if (attribute === undefined) return undefined;
  if (tree.isIndexed(attribute.name)) {
    const key = assertionKey(attribute, value);
    return key === undefined ? [] : tree.findByKey(attribute.name, key);
  }
  const partner = partnerOf(attribute);
  const back = partner === undefined ? undefined : linkOf(partner);
  if (back === undefined) return undefined;
  const other = named(tree, value);
  return other === undefined ? [] : [...back(other)];
}
