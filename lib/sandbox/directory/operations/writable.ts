import { build, Refusal } from "../refusal.ts";
import { type Attribute, allowedAttributes, findAttribute } from "../schema/schema.ts";
import { constraint } from "../schema/value.ts";
import { classViolation } from "./account.ts";
import { unwilling } from "./session.ts";

/** What AD keeps for its account manager (ERROR_DS_ATTRIBUTE_OWNED_BY_SAM, MS-ADTS 3.1.1.5.1.3). */
const ownedBySam = new Set([
  "objectSid",
  "sAMAccountType",
  "primaryGroupToken",
  "rid",
  "badPwdCount",
  "lastLogon",
]);

/** The attribute with this name. Throws Refusal (16) when the schema has none. */
export function knownAttribute(name: string): Attribute {
  const attribute = findAttribute(name);
  if (attribute !== undefined) return attribute;
  throw new Refusal(
    "noSuchAttribute",
    `00000057: LdapErr: DSID-0C090FA4, comment: Error in attribute conversion operation, data 0, ${build}`,
  );
}

/** Throws Refusal unless clients may write the attribute on objects of the class. */
export function checkWritable(attribute: Attribute, className: string): void {
  const { name, linkId } = attribute;
  if (ownedBySam.has(name)) throw unwilling("0000209A");
  if (linkId !== undefined && linkId % 2 === 1) throw unwilling("000020B8");
  if (!allowedAttributes(className).has(name.toLowerCase())) throw classViolation();
  if (attribute.systemOnly || attribute.constructed || name === "distinguishedName") {
    throw constraint(attribute, "000020B1");
  }
}

/** Whether only one value may be there; `description` of accounts is single-valued by MS-SAMR 3.1.1.6 alone. */
export function isSingleValued(attribute: Attribute, className: string): boolean {
  return (
    attribute.single ||
    (attribute.name === "description" && ["group", "user", "computer"].includes(className))
  );
}
