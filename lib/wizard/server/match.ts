import { type OperationName, operations } from "#lib/model/api.ts";

/** An operation that a request names, with its parameters, still to be validated. */
export type Match = { readonly name: OperationName; readonly parameters: Readonly<Record<string, string>> };

/** The operation at this method and path below `/api`, or undefined. */
export function match(method: string, path: string): Match | undefined {
  const segments = path.split("/");
  for (const name of Object.keys(operations) as OperationName[]) {
    if (operations[name].method !== method) continue;
    const parameters = parametersOf(operations[name].path.split("/"), segments);
    if (parameters !== undefined) return { name, parameters };
  }
  return undefined;
}

function parametersOf(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (part.startsWith(":") && segment !== "") parameters[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  return parameters;
}
