import type { CloudGroup, Principal, PrincipalKind } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";

/** One page of what the tenant tells about its groups. A group may stand on several pages, with some members on each. */
export type GroupPage = {
  readonly groups: readonly CloudGroup[];
  readonly removedGroups: readonly ObjectId[];
  readonly members: readonly {
    readonly group: ObjectId;
    readonly member: ObjectId;
    readonly kind: PrincipalKind;
  }[];
  readonly removedMembers: readonly { readonly group: ObjectId; readonly member: ObjectId }[];
};

export type TenantDescription = {
  readonly id: ObjectId;
  readonly displayName: string;
  readonly defaultDomain: string;
  readonly sampleGroups: readonly { readonly id: ObjectId; readonly displayName: string }[];
};

/** The port to the tenant. Every method throws a `Failure` with a code of E3…; none writes. */
export interface Tenant {
  /** The organisation, with a few groups to show names by. */
  describe(): Promise<TenantDescription>;
  /** Every group with its members, page by page. */
  groups(signal: AbortSignal): AsyncIterable<GroupPage>;
  /** Everybody who can be a member and stand on premises, page by page. */
  principals(signal: AbortSignal): AsyncIterable<readonly Principal[]>;
}
