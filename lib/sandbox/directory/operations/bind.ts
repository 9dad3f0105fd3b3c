import { parseReference } from "../names/reference.ts";
import { build, Refusal } from "../refusal.ts";
import { fits } from "../security/password.ts";
import { dnsName } from "../tree/controller.ts";
import { type Entry, number, text } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";

/** Bits of userAccountControl (MS-ADTS 2.2.16). */
const disabled = 0x2;
const passwordNeverExpires = 0x10000;

/** 100-nanosecond intervals between 1601, where AD's times begin, and 1970. */
const epoch = 116_444_736_000_000_000n;

/** The moment as AD writes it in pwdLastSet and accountExpires. */
export function fileTime(date: Date): bigint {
  return BigInt(date.getTime()) * 10_000n + epoch;
}

/**
 * Simple bind (RFC 4511, 4.2; MS-ADTS 5.1.1.1.1): the account that signs in, or undefined for an anonymous bind,
 * which AD also sees in an empty password. Throws Refusal: 8 without TLS, 49 with AD's reason.
 */
export function bind(tree: Tree, name: string, password: string, isSecure: boolean): Entry | undefined {
  if (name === "" || password === "") return undefined;
  if (!isSecure) {
    throw new Refusal(
      "strongerAuthRequired",
      `00002028: LdapErr: DSID-0C090259, comment: The server requires binds to turn on integrity checking if SSL\\TLS are not already active on the connection, data 0, ${build}`,
    );
  }
  const account = findAccount(tree, name);
  if (account === undefined) throw refused("525");
  if (!fits(account.password, password)) throw refused("52e");
  const reason = lock(tree, account);
  if (reason !== undefined) throw refused(reason);
  return account;
}

/** `data` is the Windows error: 525 no such user, 52e wrong password, 532 expired, 533 disabled, 701, 773, 775. */
function refused(data: string): Refusal {
  return new Refusal(
    "invalidCredentials",
    `80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data ${data}, v4563`,
  );
}

/** Why an account may not sign in although its password is right; undefined when it may. */
function lock(tree: Tree, account: Entry): string | undefined {
  const control = number(account, "userAccountControl") ?? 0;
  if (control & disabled) return "533";
  if (BigInt(text(account, "lockoutTime") ?? "0") > 0n) return "775";
  const now = fileTime(new Date());
  const expires = BigInt(text(account, "accountExpires") ?? "0");
  if (expires !== 0n && expires <= now) return "701";
  if (control & passwordNeverExpires) return undefined;
  const lastSet = BigInt(text(account, "pwdLastSet") ?? "0");
  if (lastSet === 0n) return "773";
  const maximumAge = -BigInt(text(tree.domain, "maxPwdAge") ?? "0");
  if (maximumAge > 0n && lastSet + maximumAge <= now) return "532";
  return undefined;
}

/** Finds an account by DN, `user@domain` or `DOMAIN\user` (MS-ADTS 5.1.1.1.1). */
export function findAccount(tree: Tree, name: string): Entry | undefined {
  const live = (entries: readonly Entry[]) => entries.find((entry) => !entry.deleted);
  const slash = name.indexOf("\\");
  if (slash > 0 && !name.includes("=")) {
    const domain = name.slice(0, slash).toLowerCase();
    const names = [tree.netbiosName.toLowerCase(), dnsName(tree.base).toLowerCase()];
    return names.includes(domain) ? live(tree.findBy("sAMAccountName", name.slice(slash + 1))) : undefined;
  }
  if (name.includes("@") && !name.includes("=")) {
    const byName = live(tree.findBy("userPrincipalName", name));
    if (byName !== undefined) return byName;
    const at = name.lastIndexOf("@");
    const isOurs = name.slice(at + 1).toLowerCase() === dnsName(tree.base).toLowerCase();
    return isOurs ? live(tree.findBy("sAMAccountName", name.slice(0, at))) : undefined;
  }
  try {
    const entry = tree.find(parseReference(name));
    return entry?.deleted ? undefined : entry;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
