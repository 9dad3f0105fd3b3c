import { randomBytes } from "node:crypto";
import { Refusal } from "../refusal.ts";
import { attributeNamed } from "../schema/schema.ts";
import { constraint } from "../schema/value.ts";
import type { Entry } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";
import { alreadyExists, unwilling } from "./session.ts";

/** Bits of userAccountControl (MS-ADTS 2.2.16). */
export const accountBits = {
  disabled: 0x2,
  passwordNotRequired: 0x20,
  normal: 0x200,
  workstation: 0x1000,
  server: 0x2000,
};

/** sAMAccountType of a user or computer by userAccountControl (MS-SAMR 3.1.1.8.10). */
export function accountTypeOfUser(userAccountControl: number): number {
  return userAccountControl & (accountBits.workstation | accountBits.server) ? 0x30000001 : 0x30000000;
}

/** The name that AD makes up when none is given (MS-ADTS 3.1.1.5.2.2). */
export function randomAccountName(): string {
  const hex = (bytes: number) => randomBytes(bytes).toString("hex").toUpperCase();
  return `$${hex(3)}-${hex(6)}`;
}

/** Characters that AD refuses in an account name (MS-SAMR 3.1.1.6, constraint 2; control characters too). */
const forbidden = /["/\\[\]:;|=,+*?<>\p{Cc}]|\.$|^[. ]+$/u;

/** Throws Refusal: 53 for a malformed name (Samba: 19), 68 for one that another account has. */
export function checkAccountName(tree: Tree, name: string, className: string, self?: Entry): void {
  const limit = className === "group" ? 256 : 20;
  if (forbidden.test(name) || name.length > limit) throw unwilling("00000523");
  const other = tree.findBy("sAMAccountName", name).find((entry) => entry !== self && !entry.deleted);
  if (other !== undefined) throw alreadyExists(other.className === "group" ? "00000526" : "00000524");
}

/** Throws Refusal (19) when another account of the forest has the name (AD checks it since Windows Server 2012 R2). */
export function checkPrincipalName(tree: Tree, name: string, self?: Entry): void {
  const other = tree.findBy("userPrincipalName", name).find((entry) => entry !== self && !entry.deleted);
  if (other !== undefined) throw constraint(attributeNamed("userPrincipalName"), "000021C8");
}

/** AD's refusal of an attribute that the object's class does not have, or of a wrong class. */
export function classViolation(windowsCode = "0000207D"): Refusal {
  return new Refusal(
    "objectClassViolation",
    `${windowsCode}: UpdErr: DSID-0315166D, problem 6002 (OBJ_CLASS_VIOLATION), data -2054643804\n`,
  );
}
