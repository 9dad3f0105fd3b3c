import type { CloudGroup, Principal, PrincipalKind, WritebackConfiguration } from "#lib/model/group.ts";
import type { ObjectId } from "#lib/model/identifier.ts";

/** Where a delta query left off: Graph's delta link, to be kept and given back as it is. Valid for 7 days. */
export type DeltaLink = string & { readonly brand: "DeltaLink" };

/** One page of what the tenant tells about its groups. A group may stand on several pages, with some members on each. */
export type GroupPage = {
  readonly groups: readonly CloudGroup[];
  readonly removedGroups: readonly RemovedGroup[];
  readonly members: readonly {
    readonly group: ObjectId;
    readonly member: ObjectId;
    readonly kind: PrincipalKind;
  }[];
  readonly removedMembers: readonly { readonly group: ObjectId; readonly member: ObjectId }[];
  /** Set on the last page. */
  readonly deltaLink: DeltaLink | null;
};

/** `soft`: deleted and restorable for 30 days (Graph's reason `changed`); otherwise gone for good (facts.md 6.4). */
export type RemovedGroup = { readonly id: ObjectId; readonly soft: boolean };

/** One page of principals; `deltaLink` is set on the last page of the users, which is the last of all. */
export type PrincipalPage = {
  readonly principals: readonly Principal[];
  readonly removed: readonly ObjectId[];
  readonly deltaLink: DeltaLink | null;
};

/** Something of the tenant that a person can pick. */
export type FoundObject = { readonly id: ObjectId; readonly displayName: string; readonly detail: string };

/** What to read of each group beside the usual: directory extensions by their full names. */
export type GroupRequest = { readonly since?: DeltaLink; readonly extensions?: readonly string[] };

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
  /** Every group with its members, page by page; with `since`, only what changed. E3010 when that is forgotten. */
  groups(signal: AbortSignal, request?: GroupRequest): AsyncIterable<GroupPage>;
  /** Everybody who can be a member and stand on premises; with `since`, only the users that changed. */
  principals(signal: AbortSignal, since?: DeltaLink): AsyncIterable<PrincipalPage>;
  /** Every group without its members, page by page. */
  groupList(signal: AbortSignal, extensions?: readonly string[]): AsyncIterable<readonly CloudGroup[]>;
  /** One group, or null when there is none; its members page by page. */
  group(id: ObjectId, signal: AbortSignal, extensions?: readonly string[]): Promise<CloudGroup | null>;
  groupMembers(
    id: ObjectId,
    signal: AbortSignal,
  ): AsyncIterable<readonly { readonly principal: Principal }[]>;
  /** Each group's own writeback setting (beta only, so apart from the delta query; facts.md 6.5). */
  writebackConfigurations(
    signal: AbortSignal,
  ): AsyncIterable<readonly { readonly id: ObjectId; readonly writeback: WritebackConfiguration }[]>;
  /** The tenant's `NewUnifiedGroupWritebackDefault`; true where it is not set (facts.md 1.4). */
  newUnifiedGroupWritebackDefault(signal: AbortSignal): Promise<boolean>;
  /** Groups that were deleted within 30 days and can be restored. */
  softDeletedGroups(signal: AbortSignal): AsyncIterable<readonly ObjectId[]>;
  /** The groups that a user or service principal owns, that an administrative unit holds. */
  ownedGroups(owner: ObjectId, signal: AbortSignal): AsyncIterable<readonly ObjectId[]>;
  administrativeUnitGroups(unit: ObjectId, signal: AbortSignal): AsyncIterable<readonly ObjectId[]>;
  /** Up to 50 objects whose display name has the text, for a person to pick from; by name. */
  find(
    kind: "group" | "user" | "administrativeUnit",
    search: string,
    signal: AbortSignal,
  ): Promise<readonly FoundObject[]>;
}
