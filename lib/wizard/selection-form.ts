import type { Dn } from "#lib/model/dn.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Condition, Selection } from "#lib/model/selection.ts";

/** Something of the tenant that a person picks; without an id while nothing is picked. */
export type Picked = { readonly id: ObjectId; readonly displayName: string };

const nobody: Picked = { id: "" as ObjectId, displayName: "" };

/** A condition as it begins when it is added. */
export const newConditions: { readonly [By in Condition["by"]]: Extract<Condition, { by: By }> } = {
  groups: { by: "groups", groups: [] },
  displayName: { by: "displayName", pattern: "" },
  kind: { by: "kind", kinds: [] },
  mailEnabled: { by: "mailEnabled", value: true },
  dynamic: { by: "dynamic", value: true },
  roleAssignable: { by: "roleAssignable", value: true },
  owner: { by: "owner", owner: nobody },
  administrativeUnit: { by: "administrativeUnit", unit: nobody },
  memberOf: { by: "memberOf", group: nobody },
  extensionAttribute: { by: "extensionAttribute", attribute: "", pattern: "" },
};

/** A selection as it begins: every group, as Entra Connect would write it, to the OU of page W6. */
export function newSelection(name: string, target: Dn): Selection {
  return {
    id: crypto.randomUUID(),
    name,
    include: [newConditions.displayName],
    exclude: [],
    becomes: null,
    target,
    withdrawal: "keep",
  };
}

/** What a condition still lacks, in words; undefined when it is complete. */
export function lackOf(condition: Condition): string | undefined {
  switch (condition.by) {
    case "groups":
      return condition.groups.length === 0 ? "Choose at least one group." : undefined;
    case "displayName":
      return condition.pattern.trim() === "" ? "Enter a pattern, such as Sales*." : undefined;
    case "kind":
      return condition.kinds.length === 0 ? "Tick at least one kind." : undefined;
    case "owner":
      return condition.owner.id === "" ? "Choose the owner." : undefined;
    case "administrativeUnit":
      return condition.unit.id === "" ? "Choose the administrative unit." : undefined;
    case "memberOf":
      return condition.group.id === "" ? "Choose the pilot group." : undefined;
    case "extensionAttribute":
      if (!/^extension_[0-9a-fA-F]{32}_\w+$/.test(condition.attribute))
        return "Enter the extension's full name: extension_, the app's id without hyphens, _ and its name.";
      return condition.pattern.trim() === "" ? "Enter a pattern, such as yes or *." : undefined;
    case "mailEnabled":
    case "dynamic":
    case "roleAssignable":
      return undefined;
  }
}

type Selected = {
  readonly ownSelections: boolean;
  readonly selections: readonly Selection[];
};

/** What keeps page W6a from being complete, by field id; nothing while selections are not used. */
export function selectionErrors({ ownSelections, selections }: Selected): Record<string, string> {
  if (!ownSelections) return {};
  if (selections.length === 0)
    return { "add-selection": "Add a selection, or untick “Groups that my own selections take” on page W5." };
  const errors: Record<string, string> = {};
  for (const selection of selections) {
    if (selection.name.trim() === "") errors[`name-${selection.id}`] = "Enter a name for the selection.";
    for (const side of ["include", "exclude"] as const) {
      selection[side].forEach((condition, index) => {
        const lack = lackOf(condition);
        if (lack !== undefined) errors[`${side}-${index}-${selection.id}`] = lack;
      });
    }
  }
  return errors;
}
