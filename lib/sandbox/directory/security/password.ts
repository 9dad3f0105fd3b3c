import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { Refusal } from "../refusal.ts";
import type { PasswordRecord } from "../tree/entry.ts";

function digest(salt: string, password: string): Buffer {
  return createHash("sha256").update(salt).update(password).digest();
}

export function recordOf(password: string): PasswordRecord {
  const salt = randomBytes(16).toString("hex");
  return { salt, hash: digest(salt, password).toString("hex") };
}

export function fits(record: PasswordRecord | undefined, password: string): boolean {
  if (record === undefined) return false;
  return timingSafeEqual(Buffer.from(record.hash, "hex"), digest(record.salt, password));
}

/** The password in a value of unicodePwd: UTF-16LE, in double quotes (MS-ADTS 3.1.1.3.1.5.1). Throws Refusal (53). */
export function readUnicodePwd(value: Buffer): string {
  const text = value.toString("utf16le");
  if (value.length % 2 !== 0 || !/^".*"$/s.test(text)) throw weak("0000001F");
  return text.slice(1, -1);
}

/** The value of unicodePwd for a password. */
export function unicodePwd(password: string): Buffer {
  return Buffer.from(`"${password}"`, "utf16le");
}

/**
 * Checks the domain's default policy: seven characters, of three kinds out of upper case, lower case, digits and
 * others (MS-SAMR 3.1.1.7.2). Throws Refusal (53; Samba gives 19).
 */
export function checkStrength(password: string): void {
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password));
  if (password.length < 7 || kinds.length < 3) throw weak("0000052D");
}

function weak(windowsCode: string): Refusal {
  return new Refusal(
    "unwillingToPerform",
    `${windowsCode}: SvcErr: DSID-031A124C, problem 5003 (WILL_NOT_PERFORM), data 0\n`,
  );
}
