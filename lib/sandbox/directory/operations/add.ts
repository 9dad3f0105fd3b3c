import { parseDn, rdnKey } from "../names/dn.ts";
import { newGuid } from "../names/guid.ts";
import { Refusal } from "../refusal.ts";
import { attributeNamed, classChain, findClass, type ObjectClass } from "../schema/schema.ts";
import { constraint, readValue, type Value, valueKey } from "../schema/value.ts";
import { decodeDescriptor, rights } from "../security/descriptor.ts";
import { create } from "../tree/create.ts";
import { type Entry, plainDescriptor } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";
import type { AttributeValues } from "../wire/request.ts";
import {
  accountBits,
  accountTypeOfUser,
  checkAccountName,
  checkPrincipalName,
  classViolation,
  randomAccountName,
} from "./account.ts";
import { Draft } from "./draft.ts";
import { accountTypeOfGroup, checkGroupType, groupBits } from "./group.ts";
import { addLinks } from "./links.ts";
import { alreadyExists, noSuchObject, requireRight, type Session, signedIn, unwilling } from "./session.ts";
import { setPassword } from "./special.ts";
import { checkWritable, isSingleValued, knownAttribute } from "./writable.ts";

/** Classes whose objects are accounts: they have a SID and an account name. */
const accountClasses = new Set(["group", "user", "computer"]);

/** Add (RFC 4511, 4.7; MS-ADTS 3.1.1.5.2). Throws Refusal. */
export function add(session: Session, dnText: string, given: readonly AttributeValues[]): Entry {
  const { tree } = session;
  const token = signedIn(session);
  const dn = parseDn(dnText);
  const [rdn, ...parentDn] = dn;
  const { entry: parent, nearest } = tree.walk(parentDn);
  if (rdn === undefined || parent === undefined || parent.deleted) throw noSuchObject(tree, nearest);
  const own = structuralClass(given);
  requireRight(token, parent, rights.createChild, [own.guid]);
  if (rdn.type.toLowerCase() !== own.rdnType) throw naming("00002079");
  checkPlace(own, parent);
  if (parent.children.has(rdnKey(rdn))) throw alreadyExists("00002071");
  const rdnAttribute = attributeNamed(own.rdnType);
  const name = readValue(rdnAttribute, Buffer.from(rdn.value)) as string;
  const values = readAttributes(given, own.name, own.rdnType, name);
  if (accountClasses.has(own.name)) completeAccount(tree, own.name, values);
  const owner = session.account?.sid ?? "S-1-5-18";
  const draft = draftOf(own, rdn.value, parent);
  for (const { attribute, values: written } of given) {
    if (knownAttribute(attribute).linkId !== undefined && written.length > 0) {
      draft.values.set("grouptype", values.get("groupType") ?? []);
      addLinks(tree, draft, attribute, written);
    }
  }
  const password = bytesOf(given, "unicodePwd");
  if (password !== undefined) {
    if (!session.isSecure) throw unwilling("0000001F");
    setPassword(draft, password);
    values.set("pwdLastSet", draft.valuesOf("pwdLastSet"));
  }
  if (needsPassword(values) && password === undefined) throw unwilling("0000052D");
  const descriptor = plainDescriptor(
    owner,
    decodeDescriptor(bytesOf(given, "nTSecurityDescriptor") ?? Buffer.alloc(0))?.aces,
  );
  const sid = accountClasses.has(own.name) ? { sid: tree.newSid() } : {};
  const entry = create(tree, { parent, className: own.name, name, attributes: values, descriptor, ...sid });
  for (const [link, targets] of draft.links) tree.setLinks(entry, link, targets);
  entry.password = draft.password;
  return entry;
}

/** A draft of an object that is not in the tree yet, for its links and its password. */
function draftOf(own: ObjectClass, name: string, parent: Entry): Draft {
  return new Draft({
    guid: newGuid(),
    sid: undefined,
    className: own.name,
    rdn: { type: own.rdnType, value: name },
    rdnText: "",
    parent,
    children: new Map(),
    attributes: new Map(),
    links: new Map(),
    backLinks: new Map(),
    descriptor: plainDescriptor("S-1-5-18"),
    password: undefined,
    partition: false,
    deleted: false,
  });
}

function bytesOf(given: readonly AttributeValues[], name: string): Buffer | undefined {
  return given.find(({ attribute }) => attribute.toLowerCase() === name.toLowerCase())?.values[0];
}

/** The class that is the object's own: the most derived structural one of objectClass. */
function structuralClass(given: readonly AttributeValues[]): ObjectClass {
  const named = given.find(({ attribute }) => attribute.toLowerCase() === "objectclass")?.values ?? [];
  if (named.length === 0) throw classViolation("00002014");
  const classes = named.map((value) => {
    const found = findClass(value.toString("utf8"));
    if (found === undefined) {
      throw new Refusal(
        "noSuchAttribute",
        "0000200A: AtrErr: DSID-0315199D, #1:\n\t0: 0000200A: DSID-0315199D, problem 1001 (NO_ATTRIBUTE_OR_VAL), data 0, Att 0 (objectClass)\n",
      );
    }
    return found;
  });
  const structural = classes.filter(({ category }) => category === 1 || category === 0);
  const own = structural.toSorted((a, b) => classChain(b.name).length - classChain(a.name).length)[0];
  if (own === undefined || own.category !== 1) throw classViolation("0000207D");
  const chain = new Set(classChain(own.name));
  if (classes.some((one) => !chain.has(one))) throw classViolation("00002089");
  return own;
}

function naming(windowsCode: string): Refusal {
  return new Refusal(
    "namingViolation",
    `${windowsCode}: NameErr: DSID-03050DAC, problem 2005 (NAMING_VIOLATION), data 0, best match of:\n\t''\n`,
  );
}

/** Throws Refusal (64) unless objects of the class may lie below the parent (possSuperiors). */
export function checkPlace(own: ObjectClass, parent: Entry): void {
  const superiors = classChain(own.name).flatMap((one) => one.superiors);
  if (!classChain(parent.className).some((one) => superiors.includes(one.name))) throw naming("00002099");
}

function readAttributes(
  given: readonly AttributeValues[],
  className: string,
  rdnType: string,
  name: string,
): Map<string, readonly Value[]> {
  const read = new Map<string, readonly Value[]>();
  for (const { attribute: written, values } of given) {
    const attribute = knownAttribute(written);
    const lower = attribute.name.toLowerCase();
    if (["objectclass", "objectcategory", "unicodepwd", "ntsecuritydescriptor"].includes(lower)) continue;
    if (lower === rdnType.toLowerCase() || lower === "name") {
      if (values.length !== 1 || valueKey(attribute, String(values[0])) !== valueKey(attribute, name)) {
        throw naming("00002073");
      }
      continue;
    }
    checkWritable(attribute, className);
    if (attribute.linkId !== undefined) continue;
    if (values.length === 0) throw unwilling("00002082");
    if (isSingleValued(attribute, className) && values.length > 1) throw constraint(attribute, "00002081");
    const keyed = new Map(
      values.map((value) => readValue(attribute, value)).map((value) => [valueKey(attribute, value), value]),
    );
    read.set(attribute.name, [...keyed.values()]);
  }
  return read;
}

function completeAccount(tree: Tree, className: string, values: Map<string, readonly Value[]>): void {
  const text = (name: string) => values.get(name)?.[0] as string | undefined;
  const set = (name: string, value: string | number) => values.set(name, [String(value)]);
  const accountName = text("sAMAccountName") ?? randomAccountName();
  checkAccountName(tree, accountName, className);
  set("sAMAccountName", accountName);
  if (className === "group") {
    const groupType = Number(text("groupType") ?? groupBits.global | groupBits.security);
    checkGroupType(groupType);
    set("groupType", groupType);
    set("sAMAccountType", accountTypeOfGroup(groupType));
    return;
  }
  const principalName = text("userPrincipalName");
  if (principalName !== undefined) checkPrincipalName(tree, principalName);
  const kind = className === "computer" ? accountBits.workstation : accountBits.normal;
  const control = Number(
    text("userAccountControl") ?? kind | accountBits.disabled | accountBits.passwordNotRequired,
  );
  set("userAccountControl", control);
  set("sAMAccountType", accountTypeOfUser(control));
  set("primaryGroupID", className === "computer" ? 515 : 513);
  if (!values.has("pwdLastSet")) set("pwdLastSet", 0);
  if (!values.has("accountExpires")) set("accountExpires", "9223372036854775807");
}

function needsPassword(values: ReadonlyMap<string, readonly Value[]>): boolean {
  const control = values.get("userAccountControl")?.[0];
  if (control === undefined) return false;
  return (Number(control) & (accountBits.disabled | accountBits.passwordNotRequired)) === 0;
}
