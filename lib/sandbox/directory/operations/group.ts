import { type Entry, isGroup, number } from "../tree/entry.ts";
import { unwilling } from "./session.ts";

/** Bits of groupType (MS-ADTS 2.2.12). */
export const groupBits = {
  builtin: 0x1,
  global: 0x2,
  domainLocal: 0x4,
  universal: 0x8,
  security: -2147483648,
} as const;

export type Scope = "global" | "domainLocal" | "universal";

/** The scope that a groupType says; undefined when it says none or several. */
export function scopeOf(groupType: number): Scope | undefined {
  const scopes = (["global", "domainLocal", "universal"] as const).filter(
    (scope) => groupType & groupBits[scope],
  );
  return scopes.length === 1 ? scopes[0] : undefined;
}

function scopeOfGroup(entry: Entry): Scope | undefined {
  return isGroup(entry) ? scopeOf(number(entry, "groupType") ?? 0) : undefined;
}

/** sAMAccountType of a group (MS-ADTS 2.2.12, MS-SAMR 3.1.1.8.4). */
export function accountTypeOfGroup(groupType: number): number {
  const base = scopeOf(groupType) === "domainLocal" ? 0x20000000 : 0x10000000;
  return groupType & groupBits.security ? base : base + 1;
}

/** Throws Refusal (53) unless the value is one that a group can be created with. */
export function checkGroupType(groupType: number): void {
  const known = groupBits.global | groupBits.domainLocal | groupBits.universal | groupBits.security | 0x30;
  if (scopeOf(groupType) === undefined || (groupType & ~known) !== 0) throw unwilling("00002141");
}

/**
 * Whether a group may have the member (MS-SAMR 3.1.1.8.3): a universal group no domain-local one (Windows: “A
 * universal group cannot have a local group as a member.”), a global group no universal or domain-local one.
 * Samba does not check this. Throws Refusal (53).
 */
export function checkNesting(groupType: number, member: Entry): void {
  const inner = scopeOfGroup(member);
  if (inner === undefined) return;
  const outer = scopeOf(groupType);
  if (outer === "universal" && inner === "domainLocal") throw unwilling("00002146");
  if (outer === "global" && inner === "domainLocal") throw unwilling("00002144");
  if (outer === "global" && inner === "universal") throw unwilling("00002145");
}

/**
 * Whether a group's type may change so (MS-SAMR 3.1.1.8.3, MS-ADTS 3.1.1.5.3.3): scopes only by way of universal, and
 * only where what the group holds and what holds it may stay as it is. Throws Refusal (53).
 */
export function checkGroupTypeChange(
  group: Entry,
  before: number,
  after: number,
  members: Iterable<Entry>,
): void {
  checkGroupType(after);
  const [from, to] = [scopeOf(before), scopeOf(after)];
  if (before & groupBits.builtin) throw unwilling("00002141");
  if (from === to) return;
  if (from !== "universal" && to !== "universal") throw unwilling("00002141");
  for (const member of members) checkNesting(after, member);
  for (const holder of group.backLinks.get("member") ?? []) {
    const outer = scopeOfGroup(holder);
    if (to === "universal" && outer === "global") throw unwilling("00002145");
    if (to === "domainLocal" && outer !== "domainLocal") {
      throw unwilling(outer === "universal" ? "00002146" : "00002144");
    }
  }
}
