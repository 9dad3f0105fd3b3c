import type { Configuration } from "#lib/model/configuration.ts";
import { parseExpression } from "#lib/plan/expression/syntax.ts";
import { checkMapping } from "#lib/plan/mapping.ts";
import { checkNamingPattern } from "#lib/plan/naming.ts";

/**
 * Throws what is wrong with a configuration that its schema can't tell: E5009 for a mapping of an attribute that must
 * not be set or an expression that can't be read, E5010 for a naming pattern.
 */
export function checkConfiguration({ mapping, naming, namingPattern }: Configuration): void {
  if (naming === "pattern") checkNamingPattern(namingPattern);
  for (const entry of mapping) {
    checkMapping(entry);
    if (entry.source.from === "expression") parseExpression(entry.source.expression);
  }
}
