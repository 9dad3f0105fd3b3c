import { functions } from "#lib/plan/expression/functions.ts";
import { type Expression, expressionFailure } from "#lib/plan/expression/syntax.ts";

/** No value of an AD attribute that is written here is longer; it also bounds what nested functions can make. */
const longest = 32_768;

/**
 * What an expression gives for a group with these properties; one that is not set counts as empty. E5009 for a
 * function or property that does not exist, or a parameter that a function can't use.
 */
export function evaluate(expression: Expression, properties: Readonly<Record<string, string>>): string {
  if (expression.kind === "text") return expression.text;
  const { name, column } = expression;
  if (expression.kind === "property") {
    const value = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (value === undefined && !name.startsWith("extension_"))
      throw expressionFailure(
        column,
        `a group has no property [${name}]; it has ${Object.keys(properties).join(", ")}.`,
      );
    return value ?? "";
  }
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (known === undefined)
    throw expressionFailure(
      column,
      `there is no function ${name}; there are ${Object.keys(functions).join(", ")}.`,
    );
  const { least, most, call } = known;
  const count = expression.parameters.length;
  if (count < least || count > most)
    throw expressionFailure(
      column,
      `${name} takes ${least === most ? least : `${least} to ${most}`} parameters, not ${count}.`,
    );
  const parameters = expression.parameters.map((parameter) => evaluate(parameter, properties));
  try {
    const text = call(...parameters);
    if (text.length > longest) throw new RangeError("the text becomes too long.");
    return text;
  } catch (cause) {
    if (cause instanceof RangeError) throw expressionFailure(column, `${name}: ${cause.message}`);
    throw cause;
  }
}
