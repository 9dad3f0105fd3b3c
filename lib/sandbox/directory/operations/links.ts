import { parseReference } from "../names/reference.ts";
import { Refusal } from "../refusal.ts";
import { type Attribute, attributeNamed } from "../schema/schema.ts";
import { constraint } from "../schema/value.ts";
import { create } from "../tree/create.ts";
import { type Entry, isGroup } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";
import type { Modification } from "../wire/request.ts";
import type { Draft } from "./draft.ts";
import { checkNesting } from "./group.ts";
import { alreadyExists, unwilling } from "./session.ts";

/** The object that a link's value names; a SID of elsewhere gets a stand-in (foreign security principal). */
function linkTarget(tree: Tree, attribute: Attribute, value: Buffer): Entry {
  const reference = parseReference(value.toString("utf8"));
  const found = tree.find(reference);
  if (found !== undefined && !found.deleted) return found;
  const isForeign = reference.kind === "sid" && !reference.sid.startsWith(`${tree.domainSid}-`);
  if (isForeign && attribute.name === "member") return standIn(tree, reference.sid);
  throw new Refusal(
    "noSuchObject",
    `00000525: NameErr: DSID-031A120A, problem 2001 (NO_OBJECT), data 0, best match of:\n\t'${value.toString("utf8")}'\n`,
  );
}

function standIn(tree: Tree, sid: string): Entry {
  const parent = [...tree.domain.children.values()].find(
    (one) => one.rdn.value === "ForeignSecurityPrincipals",
  );
  return create(tree, { parent, className: "foreignSecurityPrincipal", name: sid, sid });
}

/**
 * Changes a link of the draft. AD's answers differ from those for plain attributes: 68 for a member that is there,
 * 53 for one that is not, 32 for one that does not exist; permissive modify forgives the first two.
 */
export function modifyLink(
  tree: Tree,
  draft: Draft,
  attribute: Attribute,
  modification: Modification,
  isPermissive: boolean,
): void {
  const current = draft.linksOf(attribute);
  const { type, values } = modification;
  if (type === "delete" && values.length === 0) {
    if (current.size === 0 && !isPermissive) throw unwilling("00000561");
    current.clear();
    return;
  }
  const targets = values.map((value) => linkTarget(tree, attribute, value));
  if (type === "delete") {
    for (const target of targets) if (!current.delete(target) && !isPermissive) throw unwilling("00000561");
    return;
  }
  const before = new Set(current);
  if (type === "replace") current.clear();
  for (const target of targets) {
    if (current.has(target)) {
      if (isPermissive && type === "add") continue;
      throw alreadyExists("00000562");
    }
    current.add(target);
    if (attribute.name === "member" && !before.has(target)) checkMember(draft, target);
  }
  if (attribute.single && current.size > 1) throw constraint(attribute, "00002081");
}

function checkMember(draft: Draft, member: Entry): void {
  if (isGroup(draft.entry)) checkNesting(Number(draft.textOf("groupType")), member);
}

/** Gives a new object its links, with the same checks. */
export function addLinks(tree: Tree, draft: Draft, name: string, values: readonly Buffer[]): void {
  const attribute = attributeNamed(name);
  modifyLink(tree, draft, attribute, { type: "add", attribute: name, values }, false);
}
