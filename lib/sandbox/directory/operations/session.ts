import { formatDn } from "../names/dn.ts";
import { parseReference } from "../names/reference.ts";
import { build, Refusal } from "../refusal.ts";
import { mayDo, type Token } from "../security/access.ts";
import { tokenOf } from "../security/token.ts";
import type { Entry } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";

/** What an operation knows of the connection that it came on. */
export type Session = {
  readonly tree: Tree;
  /** Who has signed in; undefined for no one. */
  readonly account: Entry | undefined;
  /** The connection is under TLS. */
  readonly isSecure: boolean;
};

/** The token of the signed-in account. Throws Refusal (1) with AD's text when no one has signed in. */
export function signedIn({ tree, account }: Session): Token {
  if (account !== undefined && !account.deleted) return tokenOf(tree, account);
  throw new Refusal(
    "operationsError",
    `000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed on the connection., data 0, ${build}`,
  );
}

/** AD's answer that there is no such object, with the nearest one above it (MS-ADTS 3.1.1.3.1.2.4). */
export function noSuchObject(tree: Tree, nearest: Entry | undefined): Refusal {
  const matched = nearest === undefined ? "" : tree.dnOf(nearest);
  return new Refusal(
    "noSuchObject",
    `0000208D: NameErr: DSID-0310028B, problem 2001 (NO_OBJECT), data 0, best match of:\n\t'${matched}'\n`,
    matched,
  );
}

/** The entry that the client names. Throws Refusal (10, 32, 34). Tombstones are found only when `deleted` is set. */
export function target(tree: Tree, name: string, deleted = false): Entry {
  const reference = parseReference(name);
  const entry = tree.find(reference);
  if (entry !== undefined && (deleted || !entry.deleted)) return entry;
  const nearest = reference.kind === "dn" ? tree.walk(reference.dn).nearest : undefined;
  if (nearest === undefined && reference.kind === "dn") {
    const host = reference.dn.map(({ value }) => value).join(".");
    throw new Refusal(
      "referral",
      `0000202B: RefErr: DSID-0310082F, data 0, 1 access points\n\tref 1: '${host}' (${formatDn(reference.dn)})\n`,
    );
  }
  throw noSuchObject(tree, nearest);
}

/** Throws Refusal (50) unless the token may do it; see mayDo. */
export function requireRight(
  token: Token,
  entry: Entry,
  right: number,
  objectTypes: readonly string[] = [],
): void {
  if (!mayDo(token, entry, right, objectTypes)) throw noRights();
}

export function noRights(): Refusal {
  return new Refusal(
    "insufficientAccessRights",
    "00002098: SecErr: DSID-031514A0, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0\n",
  );
}

/** AD's answer to what it will not do for a reason of its own. */
export function unwilling(windowsCode: string): Refusal {
  return new Refusal(
    "unwillingToPerform",
    `${windowsCode}: SvcErr: DSID-031A1236, problem 5003 (WILL_NOT_PERFORM), data 0\n`,
  );
}

export function alreadyExists(windowsCode: string): Refusal {
  return new Refusal(
    "entryAlreadyExists",
    `${windowsCode}: UpdErr: DSID-031A11E2, problem 6005 (ENTRY_EXISTS), data 0\n`,
  );
}
