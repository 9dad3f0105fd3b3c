import type { CloudGroup } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Condition, Selection } from "#lib/model/selection.ts";

/** What is known of one group beside its own properties. */
export type GroupFacts = {
  /** Whether the group has this owner, is in this administrative unit, is a direct member of this group. */
  owns(owner: ObjectId): boolean;
  inUnit(unit: ObjectId): boolean;
  memberOf(group: ObjectId): boolean;
};

/** The characters (code points) of a text, so that those that differ in case alone are equal. */
function folded(text: string): ArrayLike<string> {
  // Most names are plain, and there may be hundreds of thousands of them.
  if (/^[ -~]*$/.test(text)) return text.toUpperCase();
  // One by one: lower case of a whole text depends on its neighbours (a final sigma) and may have more characters.
  return Array.from(text.normalize("NFC"), (character) => character.toLowerCase().toUpperCase());
}

/** Whether a text has the form of a pattern: `*` is any text, `?` one character; case does not count. */
export function hasForm(text: string, pattern: string): boolean {
  const characters = folded(text);
  const form = folded(pattern);
  let at = 0;
  let star = -1;
  let resume = 0;
  let position = 0;
  // Going back only ever to the last star keeps the time within the product of both lengths.
  while (position < characters.length) {
    if (form[at] === "*") {
      star = at++;
      resume = position;
    } else if (at < form.length && (form[at] === "?" || form[at] === characters[position])) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++resume;
    } else return false;
  }
  while (form[at] === "*") at++;
  return at === form.length;
}

/** Whether a group is as a condition says. */
export function matches(condition: Condition, group: CloudGroup, facts: GroupFacts): boolean {
  switch (condition.by) {
    case "groups":
      return condition.groups.some(({ id }) => id === group.id);
    case "displayName":
      return hasForm(group.displayName, condition.pattern);
    case "kind":
      return condition.kinds.includes(group.kind);
    case "mailEnabled":
      return (group.kind !== "security") === condition.value;
    case "dynamic":
      return group.dynamic === condition.value;
    case "roleAssignable":
      return group.roleAssignable === condition.value;
    case "owner":
      return facts.owns(condition.owner.id);
    case "administrativeUnit":
      return facts.inUnit(condition.unit.id);
    case "memberOf":
      return facts.memberOf(condition.group.id);
    case "extensionAttribute": {
      const value = group.extensions[condition.attribute];
      return value !== undefined && hasForm(value, condition.pattern);
    }
  }
}

/** The condition for which a selection does not take a group, and whether it holds although it is excluded. */
export type Refusal = { readonly condition: Condition; readonly excluded: boolean };

/** Why a selection does not take a group; null: it takes it, since all it includes holds and nothing it excludes. */
export function refusalOf(selection: Selection, group: CloudGroup, facts: GroupFacts): Refusal | null {
  const missing = selection.include.find((condition) => !matches(condition, group, facts));
  if (missing !== undefined) return { condition: missing, excluded: false };
  const excluding = selection.exclude.find((condition) => matches(condition, group, facts));
  return excluding === undefined ? null : { condition: excluding, excluded: true };
}

/** Whether a selection takes a group. */
export function selects(selection: Selection, group: CloudGroup, facts: GroupFacts): boolean {
  return refusalOf(selection, group, facts) === null;
}
