import { namedExtensions } from "#lib/agent/decisions.ts";
import type { Configuration } from "#lib/model/configuration.ts";
import type { CloudGroup } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { AttributeMapping } from "#lib/model/mapping.ts";
import type { Answer } from "#lib/model/messages.ts";
import { Failure, failureOf } from "#lib/model/problem.ts";
import { checkMapping, mappedValues } from "#lib/plan/mapping.ts";
import { checkNamingPattern, groupDn } from "#lib/plan/naming.ts";
import type { Tenant } from "#lib/tenant/tenant.ts";

type Tried = Answer<"tryMapping">["values"][number];

function tried(mapping: AttributeMapping, group: CloudGroup): Tried {
  const { attribute } = mapping;
  try {
    checkMapping(mapping);
    return { attribute, values: [...mappedValues(mapping, group)], problem: null };
  } catch (thrown) {
    // What is wrong with one attribute is its result; the others are tried all the same.
    if (!(thrown instanceof Failure)) throw failureOf(thrown);
    return { attribute, values: [], problem: thrown.problem };
  }
}

/** What a configuration's mapping and naming give for one real group. E3008 when the tenant has no such group. */
export async function tryMapping(
  tenant: Tenant,
  configuration: Configuration,
  id: ObjectId,
  signal: AbortSignal,
): Promise<Answer<"tryMapping">> {
  const group = await tenant.group(id, signal, namedExtensions(configuration));
  if (group === null)
    throw new Failure("E3008", { why: `The tenant has no group with the object id ${id}.` });
  if (configuration.naming === "pattern") checkNamingPattern(configuration.namingPattern);
  return {
    dn: groupDn(configuration, group, configuration.target),
    values: configuration.mapping.map((mapping) => tried(mapping, group)),
  };
}
