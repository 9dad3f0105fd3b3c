import { build, Refusal } from "../refusal.ts";
import { dnsName } from "../tree/controller.ts";
import { type Entry, isWithin } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";
import type { SearchRequest } from "../wire/request.ts";
import { candidates } from "./candidates.ts";
import { matcher } from "./match.ts";
import { target } from "./session.ts";

/** Entries that AD gives in one answer (MaxPageSize, MS-ADTS 3.1.1.3.4.6); Samba has no such limit. */
export const maximumPage = 1000;

/** The entries that the search finds, in the tree's order. Throws Refusal. */
export function* find(tree: Tree, request: SearchRequest, showDeleted: boolean): Generator<Entry> {
  const base = target(tree, request.base, showDeleted);
  const matches = matcher(tree, request.filter);
  for (const entry of inScope(tree, base, request)) {
    if (entry.deleted && !showDeleted) continue;
    if (matches(entry) === true) yield entry;
  }
}

function inScope(tree: Tree, base: Entry, { scope, filter }: SearchRequest): Iterable<Entry> {
  if (scope === "base") return [base];
  if (scope === "one") return [...base.children.values()].filter((child) => !child.partition);
  const few = candidates(tree, filter);
  return few === undefined ? tree.below(base) : few.filter((entry) => isSamePartition(entry, base));
}

function isSamePartition(entry: Entry, base: Entry): boolean {
  if (!isWithin(entry, base)) return false;
  for (let one = entry; one !== base; one = one.parent as Entry) if (one.partition) return false;
  return true;
}

/** References to the partitions that lie in the search's scope and are not searched (RFC 4511, 4.5.3). */
export function references(tree: Tree, request: SearchRequest): string[] {
  if (request.scope === "base") return [];
  const base = target(tree, request.base, true);
  return tree
    .partitionsBelow(base)
    .filter((one) => request.scope === "sub" || one.parent === base)
    .map(
      (one) =>
        `ldap://${dnsName(tree.base)}/${encodeURI(tree.dnOf(one))}${request.scope === "one" ? "??base" : ""}`,
    );
}

/** What is left of a search that is given out page by page. */
export type Rest = { readonly key: string; readonly entries: readonly Entry[]; readonly from: number };

/** Result sets that AD keeps for a connection (MaxResultSetsPerConn, MS-ADTS 3.1.1.3.4.6). */
const maximumSets = 10;

/** Searches of which pages are left, by cookie: for one connection alone, as in AD. */
export class Pages {
  readonly #open = new Map<string, Rest>();
  #last = 0;

  /** The rest of the search that the cookie stands for. Throws Refusal (12) for a cookie that was not given out. */
  take(cookie: string, key: string): Rest {
    const rest = this.#open.get(cookie);
    this.#open.delete(cookie);
    if (rest?.key === key) return rest;
    throw new Refusal(
      "unavailableCriticalExtension",
      `00000057: LdapErr: DSID-0C090886, comment: Error processing control, data 0, ${build}`,
    );
  }

  /** Keeps the rest and gives its cookie; the oldest one is given up when there are too many. */
  keep(rest: Rest): string {
    this.#last += 1;
    const cookie = `page-${this.#last}`;
    this.#open.set(cookie, rest);
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= maximumSets) break;
      this.#open.delete(oldest);
    }
    return cookie;
  }
}
