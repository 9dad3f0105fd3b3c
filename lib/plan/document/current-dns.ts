import type { Dn } from "#lib/model/dn.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Change } from "#lib/model/plan.ts";

/** The DN of the AD group of a cloud group, where it is known. */
export type DnOf = (anchor: ObjectId) => Dn | undefined;

type Membership = Extract<Change, { kind: "addMembers" | "removeMembers" }>;

/** Which DN each group has at a point of the plan: a group is named by its new DN once it was created, renamed or moved. */
export class CurrentDns {
  readonly #dnOf: DnOf;
  readonly #placed = new Map<ObjectId, Dn>();
  readonly #mentioned = new Map<ObjectId, Dn>();

  constructor(dnOf: DnOf = () => undefined) {
    this.#dnOf = dnOf;
  }

  /** The change names the group; where nothing else is known of it, that is its DN. */
  mention(change: Change): void {
    if ("dn" in change) this.#mentioned.set(change.anchor, change.dn);
  }

  /** The change is made at this point of the plan. */
  make(change: Change): void {
    if (change.kind === "create") this.#placed.set(change.anchor, change.dn);
    if (change.kind === "rename" || change.kind === "move") this.#placed.set(change.anchor, change.after);
  }

  ofGroup({ anchor, dn }: Membership): Dn {
    return this.#placed.get(anchor) ?? dn;
  }

  ofAnchor(anchor: ObjectId): Dn | undefined {
    return this.#placed.get(anchor) ?? this.#dnOf(anchor) ?? this.#mentioned.get(anchor);
  }
}
