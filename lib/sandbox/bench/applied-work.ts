import { writeLdif } from "#lib/directory/contract/ldif.ts";
import type { DirectoryMember } from "#lib/directory/directory.ts";
import { childDn, type Dn } from "#lib/model/dn.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Change, PlannedMember } from "#lib/model/plan.ts";

/** A user that the domain has, as a change names members. */
export type Person = DirectoryMember & { readonly sid: NonNullable<DirectoryMember["sid"]> };

const membersOfGroup = 50;
const reason = "It is measured how long this takes.";

type Group = { readonly anchor: ObjectId; readonly name: string; readonly dn: Dn };

/**
 * The work that is measured: groups are created, each gets 50 members, and then each loses or gets one more. It
 * can be told as the product's plan and as LDIF; both make the same of the directory.
 */
export class AppliedWork {
  readonly #groups: readonly Group[];
  readonly #people: readonly Person[];

  constructor(groups: number, target: Dn, people: readonly Person[]) {
    this.#people = people;
    this.#groups = Array.from({ length: groups }, (_, index) => {
      const number = String(index).padStart(12, "0");
      const name = `Measured group ${index}`;
      return {
        anchor: `5e7a1b00-0000-4000-8000-${number}` as ObjectId,
        name,
        dn: childDn("CN", `${name}_${number}`, target),
      };
    });
  }

  /** Memberships that the directory has when the work is done. */
  get memberships(): number {
    return this.#groups.reduce((sum, _, index) => sum + membersOfGroup + (adds(index) ? 1 : -1), 0);
  }

  /** A first cycle's plan: groups and their members. */
  first(): readonly Change[] {
    const create = this.#groups.map(
      (group, index): Change => ({
        kind: "create",
        reason,
        ...group,
        attributes: attributesOf(group, index),
      }),
    );
    const fill = this.#groups.map(
      (group, index): Change => ({
        kind: "addMembers",
        reason,
        ...group,
        members: this.#members(index).map(planned),
      }),
    );
    return [...create, ...fill];
  }

  /** A later cycle's plan: one member of each group. */
  second(): readonly Change[] {
    return this.#groups.map((group, index): Change => {
      const kind = adds(index) ? "addMembers" : "removeMembers";
      return { kind, reason, ...group, members: [planned(this.#one(index))] };
    });
  }

  /** The same as LDIF, in the same order. */
  ldif(): string {
    const create = this.#groups.map((group, index) =>
      writeLdif(group.dn, {
        changetype: ["add"],
        objectClass: ["top", "group"],
        ...attributesOf(group, index),
      }),
    );
    const fill = this.#groups.map(({ dn }, index) => modifyLdif(dn, "add", this.#members(index)));
    const change = this.#groups.map(({ dn }, index) =>
      modifyLdif(dn, adds(index) ? "add" : "delete", [this.#one(index)]),
    );
    return [...create, ...fill, ...change].join("");
  }

  #person(number: number): Person {
    const person = this.#people[number % this.#people.length];
    if (person === undefined) throw new RangeError("there are no people to be members");
    return person;
  }

  #members(group: number): readonly Person[] {
    return Array.from({ length: membersOfGroup }, (_, index) => this.#person(group * membersOfGroup + index));
  }

  /** The member that a later change adds, who follows the group's last, or removes, who is its first. */
  #one(group: number): Person {
    return this.#person(group * membersOfGroup + (adds(group) ? membersOfGroup : 0));
  }
}

/** Every other group gets one more member; the others lose one. */
function adds(group: number): boolean {
  return group % 2 === 0;
}

function planned({ sid, dn }: Person): PlannedMember {
  return { reference: { by: "sid", sid }, name: dn };
}

function attributesOf({ anchor, name }: Group, index: number): Record<string, string[]> {
  return {
    displayName: [name],
    description: ["A group of the benchmark."],
    groupType: ["-2147483640"],
    sAMAccountName: [`measured-${index}`],
    adminDescription: [`Group_${anchor}`],
    "msDS-ExternalDirectoryObjectId": [`Group_${anchor}`],
  };
}

function modifyLdif(dn: Dn, operation: "add" | "delete", people: readonly Person[]): string {
  const members = people.map((person) => `member: <SID=${person.sid}>`);
  return [`dn: ${dn}`, "changetype: modify", `${operation}: member`, ...members, "-", "", ""].join("\n");
}
