import { attributeNamed } from "../schema/schema.ts";
import type { Token } from "../security/access.ts";
import { aceFlags, decodeDescriptor, parts, rights } from "../security/descriptor.ts";
import { checkStrength, fits, readUnicodePwd, recordOf } from "../security/password.ts";
import { isGroup, number } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";
import type { Modification } from "../wire/request.ts";
import { accountBits, accountTypeOfUser, checkAccountName, checkPrincipalName } from "./account.ts";
import { fileTime } from "./bind.ts";
import type { Draft } from "./draft.ts";
import { accountTypeOfGroup, checkGroupTypeChange } from "./group.ts";
import { requireRight, type Session, unwilling } from "./session.ts";

/** The extended right “Reset Password” (MS-ADTS 5.1.3.2.1). */
const resetPassword = "00299570-246d-11d0-a768-00aa006e0529";

/**
 * Writes unicodePwd (MS-ADTS 3.1.1.3.1.5): a replace sets the password, a delete with an add changes it and must name
 * the old one. Only under TLS. Throws Refusal (50, 53).
 */
export function modifyPassword(
  session: Session,
  token: Token,
  draft: Draft,
  modifications: readonly Modification[],
): void {
  if (!session.isSecure) throw unwilling("0000001F");
  const value = (type: Modification["type"]) => modifications.find((one) => one.type === type)?.values[0];
  const [old, added, replaced] = [value("delete"), value("add"), value("replace")];
  const fresh = replaced ?? added;
  if (fresh === undefined) throw unwilling("0000001F");
  if (replaced === undefined && old !== undefined) {
    if (!fits(draft.entry.password, readUnicodePwd(old))) throw unwilling("00000056");
  } else {
    requireRight(token, draft.entry, rights.controlAccess, [resetPassword]);
  }
  setPassword(draft, fresh);
}

/** Gives the draft the password in a value of unicodePwd. Throws Refusal (53). */
export function setPassword(draft: Draft, value: Buffer): void {
  const password = readUnicodePwd(value);
  checkStrength(password);
  draft.password = recordOf(password);
  draft.set("pwdLastSet", [String(fileTime(new Date()))]);
}

/** Replaces the selected parts of the security descriptor. Throws Refusal (21, 50). */
export function writeDescriptor(token: Token, draft: Draft, value: Buffer, selected: number): void {
  const written = decodeDescriptor(value);
  if (written === undefined) throw unwilling("0000053A");
  const before = draft.entry.descriptor;
  if (selected & parts.dacl) requireRight(token, draft.entry, rights.writeDacl);
  if (selected & (parts.owner | parts.group)) requireRight(token, draft.entry, rights.writeOwner);
  const takesAces = (selected & parts.dacl) !== 0;
  draft.descriptor = {
    owner: selected & parts.owner ? (written.owner ?? before.owner) : before.owner,
    group: selected & parts.group ? (written.group ?? before.group) : before.group,
    protected: takesAces ? (written.protected ?? false) : before.protected,
    // What is marked as inherited comes from above anyway, and is computed.
    aces: takesAces
      ? (written.aces ?? []).filter((ace) => written.protected || !(ace.flags & aceFlags.inherited))
      : before.aces,
  };
}

/** Checks and completes what AD's account manager watches over, once all changes are in the draft. */
export function settleAccount(tree: Tree, draft: Draft): void {
  const { entry, values } = draft;
  if (values.has("samaccountname")) {
    const name = draft.textOf("sAMAccountName");
    if (name === undefined) throw unwilling("0000209A");
    checkAccountName(tree, name, entry.className, entry);
  }
  const principalName = values.has("userprincipalname") ? draft.textOf("userPrincipalName") : undefined;
  if (principalName !== undefined) checkPrincipalName(tree, principalName, entry);
  if (values.has("grouptype") && isGroup(entry)) settleGroupType(draft);
  if (values.has("useraccountcontrol")) settleUserAccountControl(draft);
  if (values.has("pwdlastset") && draft.textOf("pwdLastSet") === "-1") {
    draft.set("pwdLastSet", [String(fileTime(new Date()))]);
  }
}

function settleGroupType(draft: Draft): void {
  const after = Number(draft.textOf("groupType") ?? "0");
  const members = draft.linksOf(attributeNamed("member"));
  checkGroupTypeChange(draft.entry, number(draft.entry, "groupType") ?? 0, after, members);
  draft.set("sAMAccountType", [String(accountTypeOfGroup(after))]);
}

function settleUserAccountControl(draft: Draft): void {
  const control = Number(draft.textOf("userAccountControl") ?? "0");
  const needsPassword = !(control & (accountBits.disabled | accountBits.passwordNotRequired));
  const hasPassword = (draft.password ?? draft.entry.password) !== undefined;
  if (needsPassword && !hasPassword) throw unwilling("0000052D");
  draft.set("sAMAccountType", [String(accountTypeOfUser(control))]);
}
