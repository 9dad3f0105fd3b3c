import { Attribute, Change, type Client, Control } from "ldapts";
import { base } from "./directories.ts";

/** Result codes: of both kinds, or where Samba differs from AD, which the simulated directory follows. */
export type Codes = number | { readonly ad: number; readonly samba: number };

export type RefusalCase = readonly [
  title: string,
  codes: Codes,
  act: (client: Client, unit: string) => Promise<unknown>,
];

/** A change of one attribute. */
export function change(operation: "add" | "delete" | "replace", type: string, ...values: string[]): Change {
  return new Change({ operation, modification: new Attribute({ type, values }) });
}

const group = (rest: Record<string, string | string[]> = {}) => ({ objectClass: "group", ...rest });

/**
 * Requests that the directory refuses. The unit holds: universal groups `u1` (member `person`), `u2` and `u3`, global group
 * `g1`, domain-local group `dl1`, user `person`, and `OU=Inner` with a group in it.
 */
export const refusals: readonly RefusalCase[] = [
  ["add: the DN is taken", 68, (c, ou) => c.add(`CN=u1,${ou}`, group())],
  ["add: the DN is taken in another case", 68, (c, ou) => c.add(`cn=U1,${ou.toLowerCase()}`, group())],
  ["add: sAMAccountName is taken", 68, (c, ou) => c.add(`CN=new,${ou}`, group({ sAMAccountName: "U1" }))],
  ["add: no parent", 32, (c, ou) => c.add(`CN=new,OU=None,${ou}`, group())],
  ["add: no object class", 65, (c, ou) => c.add(`CN=new,${ou}`, { description: "x" })],
  ["add: unknown object class", 16, (c, ou) => c.add(`CN=new,${ou}`, { objectClass: "nonsense" })],
  ["add: unknown attribute", 16, (c, ou) => c.add(`CN=new,${ou}`, group({ nonsense: "x" }))],
  ["add: a group named by OU=", 64, (c, ou) => c.add(`OU=new,${ou}`, group())],
  [
    "add: an OU below a group",
    64,
    (c, ou) => c.add(`OU=new,CN=u1,${ou}`, { objectClass: "organizationalUnit" }),
  ],
  ["add: attribute of another class", 65, (c, ou) => c.add(`CN=new,${ou}`, group({ givenName: "x" }))],
  [
    "add: member that does not exist",
    32,
    (c, ou) => c.add(`CN=new,${ou}`, group({ member: `CN=none,${ou}` })),
  ],
  // AD caps cn at 64 characters, the schema's rangeUpper; Samba takes longer ones.
  ["add: cn of 65 characters", { ad: 19, samba: 0 }, (c, ou) => c.add(`CN=${"x".repeat(65)},${ou}`, group())],
  // AD compares without accents (MS-ADTS 3.1.1.2.2.4.13), Samba with them.
  [
    "add: the name is taken but for an accent",
    { ad: 68, samba: 0 },
    (c, ou) => c.add(`CN=Ú2,${ou}`, group()),
  ],
  // AD: ERROR_INVALID_ACCOUNT_NAME as unwillingToPerform.
  [
    "sAMAccountName with a bracket",
    { ad: 53, samba: 19 },
    (c, ou) => c.modify(`CN=u1,${ou}`, change("replace", "sAMAccountName", "a[b]")),
  ],
  ["modify: no such object", 32, (c, ou) => c.modify(`CN=none,${ou}`, change("replace", "info", "x"))],
  ["modify: malformed DN", 34, (c) => c.modify("nonsense", change("replace", "info", "x"))],
  ["modify: unknown attribute", 16, (c, ou) => c.modify(`CN=u1,${ou}`, change("replace", "nonsense", "x"))],
  [
    "modify: attribute of another class",
    65,
    (c, ou) => c.modify(`CN=u1,${ou}`, change("replace", "givenName", "x")),
  ],
  [
    "modify: two values of a single-valued attribute",
    { ad: 19, samba: 20 },
    (c, ou) => c.modify(`CN=u1,${ou}`, change("replace", "displayName", "x", "y")),
  ],
  [
    "modify: two descriptions of a group",
    { ad: 19, samba: 20 },
    (c, ou) => c.modify(`CN=u1,${ou}`, change("replace", "description", "x", "y")),
  ],
  [
    "modify: description of 1,025 characters",
    { ad: 19, samba: 21 },
    (c, ou) => c.modify(`CN=u1,${ou}`, change("replace", "description", "x".repeat(1025))),
  ],
  ["modify: empty value", 21, (c, ou) => c.modify(`CN=u1,${ou}`, change("replace", "description", ""))],
  [
    "modify: removes an attribute that is absent",
    16,
    (c, ou) => c.modify(`CN=u1,${ou}`, change("delete", "info")),
  ],
  [
    "modify: removes a value that is absent",
    16,
    (c, ou) => c.modify(`CN=u1,${ou}`, change("delete", "info", "x")),
  ],
  ["modify: the RDN", 67, (c, ou) => c.modify(`CN=u1,${ou}`, change("replace", "cn", "x"))],
  [
    "modify: a system-only attribute",
    19,
    (c, ou) => c.modify(`CN=u1,${ou}`, change("replace", "whenCreated", "20260101000000.0Z")),
  ],
  [
    "modify: sAMAccountType",
    53,
    (c, ou) => c.modify(`CN=u1,${ou}`, change("replace", "sAMAccountType", "5")),
  ],
  ["modify: memberOf", 53, (c, ou) => c.modify(`CN=u1,${ou}`, change("add", "memberOf", `CN=u2,${ou}`))],
  [
    "member: adds one that is there",
    68,
    (c, ou) => c.modify(`CN=u1,${ou}`, change("add", "member", `CN=person,${ou}`)),
  ],
  [
    "member: removes one that is absent",
    53,
    (c, ou) => c.modify(`CN=u1,${ou}`, change("delete", "member", `CN=u2,${ou}`)),
  ],
  // Samba treats a group without members as one without the attribute.
  [
    "member: removes one from an empty group",
    { ad: 53, samba: 16 },
    (c, ou) => c.modify(`CN=u2,${ou}`, change("delete", "member", `CN=person,${ou}`)),
  ],
  [
    "member: does not exist",
    32,
    (c, ou) => c.modify(`CN=u1,${ou}`, change("add", "member", `CN=none,${ou}`)),
  ],
  [
    "member: GUID that does not exist",
    32,
    (c, ou) =>
      c.modify(`CN=u1,${ou}`, change("add", "member", "<GUID=00000000-0000-4000-8000-000000000000>")),
  ],
  ["member: is no DN", 34, (c, ou) => c.modify(`CN=u1,${ou}`, change("add", "member", "nonsense"))],
  // Samba takes the two for one when they are added (and refuses them in a replace).
  [
    "member: named twice in one request",
    { ad: 68, samba: 0 },
    (c, ou) => c.modify(`CN=u3,${ou}`, change("add", "member", `CN=person,${ou}`, `CN=person,${ou}`)),
  ],
  // Samba does not check what scopes may hold.
  [
    "member: domain-local in a universal group",
    { ad: 53, samba: 0 },
    (c, ou) => c.modify(`CN=u2,${ou}`, change("add", "member", `CN=dl1,${ou}`)),
  ],
  [
    "member: universal in a global group",
    { ad: 53, samba: 0 },
    (c, ou) => c.modify(`CN=g1,${ou}`, change("add", "member", `CN=u2,${ou}`)),
  ],
  [
    "groupType: global to domain local in one step",
    53,
    (c, ou) => c.modify(`CN=g1,${ou}`, change("replace", "groupType", "-2147483644")),
  ],
  ["groupType: nonsense", 53, (c, ou) => c.modify(`CN=u1,${ou}`, change("replace", "groupType", "77"))],
  ["rename: the DN is taken", 68, (c, ou) => c.modifyDN(`CN=u2,${ou}`, "CN=u1")],
  ["rename: no such object", 32, (c, ou) => c.modifyDN(`CN=none,${ou}`, "CN=other")],
  ["rename: a group to OU=", { ad: 64, samba: 53 }, (c, ou) => c.modifyDN(`CN=u2,${ou}`, "OU=u2")],
  // Samba answers 80 (other).
  [
    "move: no such parent",
    { ad: 32, samba: 80 },
    (c, ou) => c.modifyDN(`CN=u2,${ou}`, `CN=u2,OU=None,${ou}`),
  ],
  ["move: below itself", 53, (c, ou) => c.modifyDN(ou, `${ou.split(",")[0]},OU=Inner,${ou}`)],
  ["delete: no such object", 32, (c, ou) => c.del(`CN=none,${ou}`)],
  ["delete: not a leaf", 66, (c, ou) => c.del(`OU=Inner,${ou}`)],
  // Samba answers 80 (other).
  ["delete: Domain Admins", { ad: 53, samba: 80 }, (c) => c.del(`CN=Domain Admins,CN=Users,${base}`)],
  ["delete: CN=Users", 53, (c) => c.del(`CN=Users,${base}`)],
  ["search: no such base", 32, (c, ou) => c.search(`OU=None,${ou}`)],
  ["search: malformed base", 34, (c) => c.search("nonsense")],
  ["compare: unknown attribute", { ad: 16, samba: 0 }, (c, ou) => c.compare(`CN=u1,${ou}`, "nonsense", "x")],
  [
    "a critical control that is unknown",
    12,
    (c, ou) =>
      c.modify(`CN=u1,${ou}`, change("replace", "info", "x"), new Control("1.2.3.4", { critical: true })),
  ],
];
