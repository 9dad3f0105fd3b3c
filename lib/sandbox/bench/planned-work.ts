import type { Dn } from "#lib/model/dn.ts";
import { childDn } from "#lib/model/dn.ts";
import type { CloudGroup, Principal } from "#lib/model/group.ts";
import type { Guid, ObjectId, Sid } from "#lib/model/identifier.ts";
import { stableId } from "#lib/sandbox/tenant/identity.ts";

/** A user as both sides know it. */
export type Member = { readonly id: ObjectId; readonly sid: Sid; readonly guid: Guid; readonly dn: Dn };

/** Every thousandth group is large; together with the others that makes 50 members a group. */
const largeEvery = 1000;
const largeSize = 5045;
const usualSize = 45;

/** Primes: multiplied by one, numbers below a count that it does not divide come in another order. */
const cloudOrder = 7919;
const directoryOrder = 104_729;
const memberOrder = 1031;

/** Groups and memberships that tenant and directory agree on: 200,000 and 10,000,000 at scale 1. */
export class PlannedWork {
  readonly target = "OU=Groups,DC=contoso,DC=test" as Dn;
  readonly groupCount: number;
  readonly members: readonly Member[];
  readonly anchors: readonly ObjectId[];

  constructor(scale: number) {
    this.groupCount = Math.max(1, Math.round(200_000 * scale));
    const people = childDn("OU", "People", "DC=contoso,DC=test" as Dn);
    // Fewer could not fill a large group.
    this.members = Array.from({ length: Math.max(6000, Math.round(100_000 * scale)) }, (_, index) => ({
      id: stableId(`bench/user/${index}`) as ObjectId,
      sid: `S-1-5-21-1004336348-1177238915-682003330-${10_000 + index}` as Sid,
      guid: stableId(`bench/user/${index}/guid`) as Guid,
      dn: childDn("CN", `User ${index}`, people),
    }));
    this.anchors = Array.from(
      { length: this.groupCount },
      (_, index) => stableId(`bench/group/${index}`) as ObjectId,
    );
  }

  /** The groups' numbers in the order in which the tenant or the directory tells them, which is never the same. */
  *order(side: "cloud" | "directory"): Generator<number> {
    const prime = side === "cloud" ? cloudOrder : directoryOrder;
    for (let index = 0; index < this.groupCount; index++) yield (index * prime) % this.groupCount;
  }

  group(number: number): CloudGroup {
    return {
      id: this.#anchor(number),
      displayName: `Group ${number}`,
      description: `A group of the benchmark, number ${number}.`,
      kind: "security",
      dynamic: false,
      synced: false,
      roleAssignable: false,
      mail: null,
      mailNickname: `group-${number}`,
      proxyAddresses: [],
      sid: null,
      cloudManaged: false,
      writeback: null,
      extensions: {},
    };
  }

  /** The members of a group, in the order of a side. */
  *membersOf(number: number, side: "cloud" | "directory"): Generator<Member> {
    const size = number % largeEvery === 0 ? largeSize : usualSize;
    for (let index = 0; index < size; index++) {
      const step = side === "cloud" ? index : size - 1 - index;
      const member = this.members[(number * 31 + step * memberOrder) % this.members.length];
      if (member !== undefined) yield member;
    }
  }

  /** The memberships of a side as text, a line each, in pieces. */
  *text(side: "cloud" | "directory"): Generator<string> {
    for (const number of this.order(side)) {
      const anchor = this.#anchor(number);
      let lines = "";
      for (const { sid } of this.membersOf(number, side)) lines += `${anchor} ${sid}\n`;
      yield lines;
    }
  }

  #anchor(number: number): ObjectId {
    const anchor = this.anchors[number];
    if (anchor === undefined) throw new RangeError(`there is no group ${number}`);
    return anchor;
  }
}

export function principalOf({ id, sid }: Member): Principal {
  return { id, kind: "user", displayName: `User ${id}`, synced: true, sid, guid: null, mail: null };
}
