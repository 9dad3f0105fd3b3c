import { type Entry, number } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";
import type { Token } from "./access.ts";

/** Everyone and Authenticated Users. */
const everyone = ["S-1-1-0", "S-1-5-11"];

/** The groups that the entry is a member of, directly and through others. */
export function groupsOf(entry: Entry): ReadonlySet<Entry> {
  const found = new Set<Entry>();
  const queue = [entry];
  for (let one = queue.pop(); one !== undefined; one = queue.pop()) {
    for (const group of one.backLinks.get("member") ?? []) {
      if (found.has(group)) continue;
      found.add(group);
      queue.push(group);
    }
  }
  return found;
}

/** The SIDs of the account's groups, its primary group among them. */
export function groupSids(tree: Tree, account: Entry): ReadonlySet<string> {
  const sids = new Set<string>();
  const groups = [...groupsOf(account)];
  const primary = number(account, "primaryGroupID");
  const [primaryGroup] =
    primary === undefined ? [] : [tree.find({ kind: "sid", sid: `${tree.domainSid}-${primary}` })];
  if (primaryGroup !== undefined) groups.push(primaryGroup, ...groupsOf(primaryGroup));
  for (const group of groups) if (group.sid !== undefined) sids.add(group.sid);
  return sids;
}

/** The token of an account that has signed in. */
export function tokenOf(tree: Tree, account: Entry): Token {
  const own = account.sid === undefined ? [] : [account.sid];
  return new Set([...own, ...everyone, ...groupSids(tree, account)]);
}
