import { Refusal } from "../refusal.ts";
import type { Attribute } from "../schema/schema.ts";
import { constraint, readValue, type Value, valueKey } from "../schema/value.ts";
import { rights } from "../security/descriptor.ts";
import type { Modification } from "../wire/request.ts";
import { classViolation } from "./account.ts";
import { Draft } from "./draft.ts";
import { modifyLink } from "./links.ts";
import { requireRight, type Session, signedIn, target, unwilling } from "./session.ts";
import { modifyPassword, settleAccount, writeDescriptor } from "./special.ts";
import { checkWritable, isSingleValued, knownAttribute } from "./writable.ts";

export type ModifyOptions = {
  /** Adding what is there and removing what is not is no error (MS-ADTS 3.1.1.3.4.1.8). */
  readonly isPermissive: boolean;
  /** The parts of nTSecurityDescriptor that are written. */
  readonly sdFlags: number;
};

/** Modify (RFC 4511, 4.6), as a whole or not at all. Throws Refusal. */
export function modify(
  session: Session,
  dn: string,
  modifications: readonly Modification[],
  options: ModifyOptions,
): void {
  const token = signedIn(session);
  const entry = target(session.tree, dn);
  if (modifications.length === 0) throw unwilling("00002027");
  const draft = new Draft(entry);
  for (const modification of modifications) {
    const attribute = knownAttribute(modification.attribute);
    checkChangeable(attribute, entry.rdn.type, entry.className);
    if (attribute.name === "nTSecurityDescriptor") {
      const [value] = modification.values;
      if (value === undefined || modification.type === "delete") throw unwilling("0000053A");
      writeDescriptor(token, draft, value, options.sdFlags);
      continue;
    }
    if (attribute.name === "unicodePwd") {
      const all = modifications.filter((one) => one.attribute.toLowerCase() === "unicodepwd");
      if (modification === all[0]) modifyPassword(session, token, draft, all);
      continue;
    }
    const types = attribute.securityGuid === undefined ? [] : [attribute.securityGuid];
    requireRight(token, entry, rights.writeProperty, [attribute.guid, ...types]);
    if (attribute.linkId !== undefined) {
      modifyLink(session.tree, draft, attribute, modification, options.isPermissive);
    } else {
      modifyValues(draft, attribute, modification, options.isPermissive);
    }
  }
  for (const name of draft.values.keys()) {
    const attribute = knownAttribute(name);
    if (isSingleValued(attribute, entry.className) && draft.valuesOf(name).length > 1) {
      throw constraint(attribute, "00002081");
    }
  }
  settleAccount(session.tree, draft);
  draft.commit(session.tree);
}

function checkChangeable(attribute: Attribute, rdnType: string, className: string): void {
  const name = attribute.name.toLowerCase();
  if (name === rdnType.toLowerCase() || name === "name") {
    throw new Refusal(
      "notAllowedOnRdn",
      "00002016: UpdErr: DSID-031A0F4F, problem 6004 (CANT_ON_RDN), data 0\n",
    );
  }
  if (name === "objectclass") throw classViolation("00002085");
  checkWritable(attribute, className);
}

function modifyValues(
  draft: Draft,
  attribute: Attribute,
  modification: Modification,
  isPermissive: boolean,
): void {
  const values = modification.values.map((value) => readValue(attribute, value));
  const keyed = keyedValues(attribute, modification.type === "replace" ? [] : draft.valuesOf(attribute));
  switch (modification.type) {
    case "add":
    case "replace":
      for (const value of values) {
        const key = valueKey(attribute, value);
        if (keyed.has(key) && !isPermissive) throw valueExists(attribute);
        keyed.set(key, value);
      }
      break;
    case "delete":
      if (keyed.size === 0 && !isPermissive) throw noValue(attribute);
      if (values.length === 0) keyed.clear();
      for (const value of values) {
        if (!keyed.delete(valueKey(attribute, value)) && !isPermissive) throw noValue(attribute);
      }
  }
  draft.set(attribute.name, [...keyed.values()]);
}

function keyedValues(attribute: Attribute, values: readonly Value[]): Map<string, Value> {
  return new Map(values.map((value) => [valueKey(attribute, value), value]));
}

function valueExists(attribute: Attribute): Refusal {
  return new Refusal(
    "attributeOrValueExists",
    `00002083: AtrErr: DSID-031519F2, #1:\n\t0: 00002083: DSID-031519F2, problem 1006 (ATT_OR_VALUE_EXISTS), data 0, Att ${attribute.oid} (${attribute.name})\n`,
  );
}

function noValue(attribute: Attribute): Refusal {
  return new Refusal(
    "noSuchAttribute",
    `00002085: AtrErr: DSID-03152392, #1:\n\t0: 00002085: DSID-03152392, problem 1001 (NO_ATTRIBUTE_OR_VAL), data 0, Att ${attribute.oid} (${attribute.name})\n`,
  );
}
