import type { CloudGroup } from "#lib/model/group.ts";
import type { AttributeMapping } from "#lib/model/mapping.ts";
import { Failure } from "#lib/model/problem.ts";
import { evaluate } from "#lib/plan/expression/evaluate.ts";
import { parseExpression } from "#lib/plan/expression/syntax.ts";

/** Attributes that make a group what it is, or give rights; in lower case. No mapping may set them. */
const refused: ReadonlySet<string> = new Set(
  [
    ...[
      "objectClass",
      "objectCategory",
      "objectGUID",
      "objectSid",
      "sIDHistory",
      "sAMAccountType",
      "groupType",
    ],
    ...["cn", "name", "distinguishedName", "sAMAccountName", "member", "memberOf", "adminCount"],
    ...["nTSecurityDescriptor", "msDS-AllowedToActOnBehalfOfOtherIdentity", "msDS-KeyCredentialLink"],
    ...["adminDescription", "msDS-ExternalDirectoryObjectId", "isCriticalSystemObject", "systemFlags"],
    ...["userAccountControl", "unicodePwd", "servicePrincipalName", "scriptPath", "gPLink", "managedBy"],
  ].map((name) => name.toLowerCase()),
);

/** What expressions can name of a group; a property that is not set is empty. */
export function groupProperties(group: CloudGroup): Readonly<Record<string, string>> {
  return {
    objectId: group.id,
    displayName: group.displayName,
    description: group.description ?? "",
    mail: group.mail ?? "",
    mailNickname: group.mailNickname ?? "",
    mailEnabled: String(group.kind !== "security"),
    securityEnabled: String(group.kind === "security" || group.kind === "mailEnabledSecurity"),
    ...group.extensions,
  };
}

/** The values that a mapping gives an attribute; none when the text is empty. E5009 for a wrong expression. */
export function mappedValues({ source }: AttributeMapping, group: CloudGroup): readonly string[] {
  const text = textOf(source, group).toWellFormed().trim();
  return text === "" ? [] : [text];
}

function textOf(source: AttributeMapping["source"], group: CloudGroup): string {
  switch (source.from) {
    case "constant":
      return source.value;
    case "property":
      return evaluate({ kind: "property", name: source.property, column: 1 }, groupProperties(group));
    case "expression":
      return evaluate(parseExpression(source.expression), groupProperties(group));
  }
}

/** Throws E5009 when the attribute must not be set by a mapping. */
export function checkMapping({ attribute }: AttributeMapping): void {
  if (refused.has(attribute.toLowerCase()))
    throw new Failure("E5009", {
      why: `The attribute ${attribute} belongs to the product or to the directory, or gives rights: no mapping may set it.`,
    });
}
