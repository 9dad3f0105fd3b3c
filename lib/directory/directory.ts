import type { DirectoryDescription, OrganizationalUnit } from "#lib/model/directory.ts";
import type { Dn } from "#lib/model/dn.ts";
import type { Guid, Sid } from "#lib/model/identifier.ts";

/** A group of the domain that carries an anchor, as the directory holds it. */
export type DirectoryGroup = {
  readonly guid: Guid;
  readonly sid: Sid;
  readonly dn: Dn;
  /** The attributes that a cycle compares, by their LDAP names; one that is not set has an empty list. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /**
   * It gives rights over the directory: adminCount is 1, its SID is built-in or well-known (MS-ADTS 3.1.1.6.1.1.2,
   * protected groups), or it is critical to the system.
   */
  readonly privileged: boolean;
};

/** Which groups to read, and what of them, beside those that carry an anchor and the usual attributes. */
export type GroupQuery = {
  /** More attributes to read. */
  readonly attributes?: readonly string[];
  /** An attribute in which another tool kept the object id: groups that have it set are read too. */
  readonly takeOverAttribute?: string | null;
};

/** Where a query for changes left off, for this domain controller; to be kept and given back as it is. */
export type DirectoryCookie = string & { readonly brand: "DirectoryCookie" };

/** What changed in the domain since a cookie. A group that moved, was renamed or edited is told as a whole. */
export type DirectoryChange =
  | { readonly kind: "group"; readonly group: DirectoryGroup }
  | { readonly kind: "deleted"; readonly guid: Guid }
  /** Its members may have changed: they are to be read anew. */
  | { readonly kind: "members"; readonly group: Guid }
  /** The last of all: where to go on next time. */
  | { readonly kind: "cookie"; readonly cookie: DirectoryCookie };

/** A deleted group that the Recycle Bin still has. */
export type DeletedGroup = {
  readonly guid: Guid;
  readonly lastKnownParent: Dn | null;
  readonly deletedAt: string;
};

/** A member as the directory names it; contacts and the like have no SID. */
export type DirectoryMember = { readonly guid: Guid; readonly sid: Sid | null; readonly dn: Dn };

/** A way to name an object that the domain controller itself resolves (MS-ADTS 3.1.1.3.1.2.4). */
export type DirectoryReference =
  | { readonly by: "sid"; readonly sid: Sid }
  | { readonly by: "guid"; readonly guid: Guid }
  /** A contact, by its mail address. */
  | { readonly by: "mail"; readonly mail: string };

/** Attributes to set, by LDAP name; an empty list clears one. */
export type AttributeValues = Readonly<Record<string, readonly string[]>>;

/**
 * The port to Active Directory. Every method throws a `Failure` with a code of E4…; none decides what is
 * written. Writes are safe to repeat: doing again what is done already is not an error.
 */
export interface Directory {
  /** The forest as the domain controller describes it. E4008 when it is not an AD domain controller. */
  describe(): Promise<DirectoryDescription>;
  /** The domains of the forest, or the OUs and containers directly below `parent`, sorted by name. */
  units(parent?: Dn): Promise<readonly OrganizationalUnit[]>;
  /** Throws E4006 when the container does not exist, E4011 when groups must not be written there. */
  checkTarget(target: Dn): Promise<void>;
  /** Every group of the domain whose adminDescription or msDS-ExternalDirectoryObjectId starts with `Group_`. */
  groups(query?: GroupQuery): AsyncIterable<DirectoryGroup>;
  /** One group, with or without an anchor; null when there is none. */
  group(reference: DirectoryReference, query?: GroupQuery): Promise<DirectoryGroup | null>;
  /** Where a query for changes would begin now; to be taken before a full read. */
  cookie(): Promise<DirectoryCookie>;
  /**
   * What changed since the cookie, among all groups of the domain. AD shows a deleted object only to those who may see
   * it, so that a deletion may stay untold. E4015 when the domain controller can't tell.
   */
  changes(since: DirectoryCookie, query?: GroupQuery): AsyncIterable<DirectoryChange>;
  /** The privileged groups, and every group that is in one of them, however deep. */
  privilegedGroups(): Promise<ReadonlySet<Guid>>;
  /** Those of the DNs and sAMAccountNames that objects of the domain have, with their objectGUIDs. */
  namesTaken(names: {
    readonly dns: readonly Dn[];
    readonly samAccountNames: readonly string[];
  }): Promise<{ readonly dns: ReadonlyMap<Dn, Guid>; readonly samAccountNames: ReadonlyMap<string, Guid> }>;
  /** Deleted groups of the Recycle Bin with this anchor value, newest first; none without Recycle Bin. */
  deletedGroups(anchor: string): Promise<readonly DeletedGroup[]>;
  /** Brings a deleted group back from the Recycle Bin, to this DN, with its SID and members. */
  restore(group: Guid, dn: Dn): Promise<void>;
  /** All direct members of a group, however many, read in ranges. */
  members(group: Guid): AsyncIterable<DirectoryMember>;
  /** Those of the references that exist, each with its GUID, in the order asked for; null where there is none. */
  resolve(references: readonly DirectoryReference[]): Promise<readonly (DirectoryMember | null)[]>;
  /** Creates a group at `dn`. E4007 when the DN or the sAMAccountName is taken. */
  create(dn: Dn, attributes: AttributeValues): Promise<Guid>;
  /** Sets attributes, all or none. A new groupType is reached in the order that AD permits. */
  update(group: Guid, attributes: AttributeValues): Promise<void>;
  /** Renames and/or moves the group so that it has this DN. */
  rename(group: Guid, dn: Dn): Promise<void>;
  /**
   * Adds members; those that do not exist in the directory are given back, all others are members afterwards.
   * E4014 naming the members that are domain local groups, after all others were added.
   */
  addMembers(group: Guid, members: readonly DirectoryReference[]): Promise<readonly DirectoryReference[]>;
  /** Removes members; those that are none already do not matter. */
  removeMembers(group: Guid, members: readonly DirectoryReference[]): Promise<void>;
  delete(group: Guid): Promise<void>;
  close(): Promise<void>;
}
