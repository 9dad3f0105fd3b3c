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
};

/** A member as the directory names it; contacts and the like have no SID. */
export type DirectoryMember = { readonly guid: Guid; readonly sid: Sid | null; readonly dn: Dn };

/** A way to name an object that the domain controller itself resolves (MS-ADTS 3.1.1.3.1.2.4). */
export type DirectoryReference =
  | { readonly by: "sid"; readonly sid: Sid }
  | { readonly by: "guid"; readonly guid: Guid };

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
  groups(): AsyncIterable<DirectoryGroup>;
  /** All direct members of a group, however many, read in ranges. */
  members(group: Guid): AsyncIterable<DirectoryMember>;
  /** Those of the references that exist, each with its GUID, in the order asked for; null where there is none. */
  resolve(references: readonly DirectoryReference[]): Promise<readonly (DirectoryMember | null)[]>;
  /** Creates a group at `dn`. E4007 when the DN or the sAMAccountName is taken. */
  create(dn: Dn, attributes: AttributeValues): Promise<Guid>;
  update(group: Guid, attributes: AttributeValues): Promise<void>;
  /** Renames and/or moves the group so that it has this DN. */
  rename(group: Guid, dn: Dn): Promise<void>;
  /** Adds members; those that do not exist in the directory are given back, all others are members afterwards. */
  addMembers(group: Guid, members: readonly DirectoryReference[]): Promise<readonly DirectoryReference[]>;
  /** Removes members; those that are none already do not matter. */
  removeMembers(group: Guid, members: readonly DirectoryReference[]): Promise<void>;
  delete(group: Guid): Promise<void>;
  close(): Promise<void>;
}
