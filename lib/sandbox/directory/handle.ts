import { add } from "./operations/add.ts";
import { bind } from "./operations/bind.ts";
import { compare } from "./operations/compare.ts";
import { modify } from "./operations/modify.ts";
import { remove } from "./operations/remove.ts";
import { rename } from "./operations/rename.ts";
import type { Session } from "./operations/session.ts";
import { build, Refusal, type ResultName, resultCodes } from "./refusal.ts";
import { type Entry, text } from "./tree/entry.ts";
import { MalformedError } from "./wire/ber.ts";
import { type Control, controlOids, readFlags } from "./wire/controls.ts";
import type { Operation } from "./wire/request.ts";
import type { Result } from "./wire/response.ts";

export const success: Result = { code: resultCodes.success, diagnostic: "" };

export function failed(name: ResultName, diagnostic: string): Result {
  return { code: resultCodes[name], diagnostic };
}

/** The result that an error of an operation is. Errors that are no refusal are the server's own faults. */
export function resultOf(error: unknown): Result {
  if (error instanceof Refusal) {
    return { code: error.code, diagnostic: error.message, matchedDn: error.matchedDn };
  }
  if (error instanceof MalformedError) {
    return failed(
      "protocolError",
      `00000057: LdapErr: DSID-0C090CA5, comment: Error decoding ldap message (${error.message}), data 0, ${build}`,
    );
  }
  throw error;
}

export function controlValue(controls: readonly Control[], oid: string): Control | undefined {
  return controls.find((control) => control.oid === oid);
}

/** The number in the control; `absent` when the control has no value, undefined when it is not there. */
export function controlFlags(controls: readonly Control[], oid: string, absent: number): number | undefined {
  const control = controlValue(controls, oid);
  if (control === undefined) return undefined;
  return control.value === undefined ? absent : readFlags(control.value);
}

type Change = Extract<Operation, { kind: "add" | "modify" | "modifyDn" | "delete" | "compare" }>;

/** Does a change or a comparison. Throws Refusal. */
export function change(session: Session, operation: Change, controls: readonly Control[]): Result {
  switch (operation.kind) {
    case "add":
      add(session, operation.dn, operation.attributes);
      return success;
    case "modify":
      modify(session, operation.dn, operation.modifications, {
        isPermissive: controlValue(controls, controlOids.permissiveModify) !== undefined,
        sdFlags: controlFlags(controls, controlOids.sdFlags, 15) ?? 15,
      });
      return success;
    case "modifyDn":
      rename(session, operation.dn, operation);
      return success;
    case "delete":
      remove(session, operation.dn, controlValue(controls, controlOids.treeDelete) !== undefined);
      return success;
    case "compare": {
      const isEqual = compare(session, operation.dn, operation.attribute, operation.value);
      return { code: isEqual ? resultCodes.compareTrue : resultCodes.compareFalse, diagnostic: "" };
    }
  }
}

/** Signs in. Throws Refusal. */
export function signIn(session: Session, operation: Extract<Operation, { kind: "bind" }>): Entry | undefined {
  if (operation.version !== 3 && operation.version !== 2) {
    throw new Refusal(
      "protocolError",
      `00000057: LdapErr: DSID-0C090D7C, comment: unsupported version, data 0, ${build}`,
    );
  }
  if (operation.password === undefined) {
    throw new Refusal(
      "authMethodNotSupported",
      "00002027: The sandbox's directory offers simple binds alone.",
    );
  }
  return bind(session.tree, operation.name, operation.password, session.isSecure);
}

/** The answer to “Who am I?” (RFC 4532), as AD writes it. */
export function whoAmI({ tree, account }: Session): string {
  return account === undefined ? "" : `u:${tree.netbiosName}\\${text(account, "sAMAccountName") ?? ""}`;
}

/** Throws Refusal (12) for a critical control that the server does not know (RFC 4511, 4.1.11). */
export function checkControls(controls: readonly Control[], known: ReadonlySet<string>): void {
  if (controls.every(({ oid, critical }) => !critical || known.has(oid))) return;
  throw new Refusal(
    "unavailableCriticalExtension",
    `00002040: SvcErr: DSID-031401E7, problem 5010 (UNAVAIL_EXTENSION), data 0\n`,
  );
}
