import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { childDn, type Dn } from "#lib/model/dn.ts";
import type { Guid, ObjectId, Sid } from "#lib/model/identifier.ts";
import type { Change, MemberReference, PlannedMember } from "#lib/model/plan.ts";
import type { RecordedChange } from "#lib/model/run.ts";
import { phases } from "#lib/plan/phases.ts";
import { undoOf } from "#lib/plan/undo.ts";

type Group = { anchor: ObjectId; dn: Dn; attributes: Record<string, string[]>; members: Set<string> };

/** A directory that fits on a page: it knows groups, links, names that must be unique, and a Recycle Bin. */
class TinyDirectory {
  readonly groups = new Map<Guid, Group>();
  readonly deleted = new Map<Guid, Group>();
  readonly recycleBin: boolean;
  #made = 0;

  constructor(recycleBin: boolean) {
    this.recycleBin = recycleBin;
  }

  /** Gives the objectGUID of a created group; throws where AD would refuse. */
  apply(change: Change): Guid | null {
    switch (change.kind) {
      case "create":
        return this.create(change.anchor, change.dn, change.attributes, change.restores === true);
      case "update":
        for (const { attribute, after } of change.edits)
          this.#group(change.guid).attributes[attribute] = after;
        return null;
      case "rename":
      case "move":
        this.#claim(change.after, change.guid);
        this.#group(change.guid).dn = change.after;
        return null;
      case "addMembers": {
        const keys = change.members.map(({ reference }) => this.#key(reference));
        for (const key of keys) this.#anchored(change.anchor).members.add(key);
        return null;
      }
      case "removeMembers": {
        const keys = change.members.map(({ reference }) => this.#key(reference));
        for (const key of keys) this.#anchored(change.anchor).members.delete(key);
        return null;
      }
      case "delete": {
        const group = this.#group(change.guid);
        this.groups.delete(change.guid);
        // Links stay where they are, unseen, until the object is back.
        if (this.recycleBin) this.deleted.set(change.guid, group);
        else for (const { members } of this.groups.values()) members.delete(change.guid);
        return null;
      }
    }
  }

  create(anchor: ObjectId, dn: Dn, attributes: Record<string, string[]>, restores: boolean): Guid {
    const [guid, before] =
      [...this.deleted].findLast(([, group]) => restores && group.anchor === anchor) ?? [];
    const made = guid ?? (`00000000-0000-4000-9000-${String(this.#made++).padStart(12, "0")}` as Guid);
    this.#claim(dn, made);
    this.deleted.delete(made);
    this.groups.set(made, {
      anchor,
      dn,
      attributes: { ...attributes },
      members: before?.members ?? new Set(),
    });
    return made;
  }

  guidOf(anchor: ObjectId): Guid | undefined {
    return [...this.groups].find(([, group]) => group.anchor === anchor)?.[0];
  }

  /** What can be seen: `named` says by what a member is told from others. */
  seen(named: (key: string) => string): unknown {
    const rows = [...this.groups].map(([guid, { anchor, dn, attributes, members }]) => {
      const set = Object.entries(attributes).filter(([, values]) => values.length > 0);
      const visible = [...members].filter((key) => !this.deleted.has(key as Guid)).map(named);
      return [anchor, named(guid), dn, set.sort(), visible.sort()] as const;
    });
    return rows.sort(([left], [right]) => (left < right ? -1 : 1));
  }

  #claim(dn: Dn, own: Guid): void {
    for (const [guid, group] of this.groups)
      if (group.dn === dn && guid !== own) throw new Error(`${dn} is taken`);
  }

  #group(guid: Guid): Group {
    const group = this.groups.get(guid);
    if (group === undefined) throw new Error(`no group ${guid}`);
    return group;
  }

  #anchored(anchor: ObjectId): Group {
    return this.#group(this.guidOf(anchor) ?? ("none" as Guid));
  }

  #key(reference: MemberReference): string {
    if (reference.by === "sid") return reference.sid;
    if (reference.by === "mail") return reference.mail;
    const guid = reference.by === "guid" ? reference.guid : this.guidOf(reference.anchor);
    if (guid === undefined || !this.groups.has(guid)) throw new Error("no such member");
    return guid;
  }
}

const count = 5;
const anchors = Array.from(
  { length: count },
  (_, index) => `00000000-0000-4000-8000-00000000000${index}` as ObjectId,
);

/** One side of a group: its names, a value, its users and the groups inside it, both by number. */
const side = fc.record({
  ou: fc.constantFrom("One", "Two"),
  name: fc.constantFrom("a", "b"),
  description: fc.constantFrom<string[]>([], ["x"], ["y"]),
  users: fc.subarray([0, 1, 2, 3]),
  groups: fc.subarray([0, 1, 2, 3, 4]),
});
type Side = typeof side extends fc.Arbitrary<infer Value> ? Value : never;
const group = fc.record({ before: fc.option(side), after: fc.option(side), byAnchor: fc.boolean() });
type Planned = typeof group extends fc.Arbitrary<infer Value> ? Value : never;

const dnOf = (number: number, { ou, name }: Side): Dn =>
  childDn("CN", `${name}_${number}`, `OU=${ou},DC=contoso,DC=com` as Dn);
const user = (number: number): MemberReference => ({ by: "sid", sid: `S-1-5-21-1-2-3-${number}` as Sid });
const anchorAt = (number: number): ObjectId => anchors[number] ?? ("" as ObjectId);

/** The plan that turns the one side of each group into the other, as a cycle writes it. */
function planOf(planned: readonly Planned[], directory: TinyDirectory): Change[] {
  return planned.flatMap(({ before, after, byAnchor }, number): Change[] => {
    const anchor = anchorAt(number);
    const common = { anchor, name: `Group ${number}`, reason: "Because." };
    const guid = directory.guidOf(anchor);
    const nested = (other: number): MemberReference[] => {
      const there = directory.guidOf(anchorAt(other));
      if (there !== undefined && !byAnchor) return [{ by: "guid", guid: there }];
      return there !== undefined || planned[other]?.after ? [{ by: "anchor", anchor: anchorAt(other) }] : [];
    };
    const references = ({ users, groups }: Side): PlannedMember[] =>
      [...users.map(user), ...groups.flatMap(nested)].map((reference) => ({ reference, name: "Somebody" }));
    if (before === null || guid === undefined) {
      if (after === null) return [];
      const dn = dnOf(number, after);
      const attributes = { description: after.description };
      return [
        { kind: "create", ...common, dn, attributes },
        { kind: "addMembers", ...common, dn, members: references(after) },
      ];
    }
    const dn = dnOf(number, before);
    if (after === null) {
      const members = [...(directory.groups.get(guid)?.members ?? [])].map(
        (key): PlannedMember => ({
          reference: key.startsWith("S-")
            ? { by: "sid", sid: key as Sid }
            : { by: "guid", guid: key as Guid },
          name: "Somebody",
        }),
      );
      return [
        { kind: "delete", ...common, guid, dn, attributes: { description: before.description }, members },
      ];
    }
    const target = dnOf(number, after);
    const missing = references({
      ...after,
      users: after.users.filter((one) => !before.users.includes(one)),
      groups: after.groups.filter(
        (one) => !before.groups.includes(one) || directory.guidOf(anchorAt(one)) === undefined,
      ),
    });
    const unwanted = references({
      ...before,
      users: before.users.filter((one) => !after.users.includes(one)),
      groups: before.groups.filter(
        (one) => !after.groups.includes(one) && directory.guidOf(anchorAt(one)) !== undefined,
      ),
    });
    const edit = { attribute: "description", before: before.description, after: after.description };
    return [
      { kind: "update" as const, ...common, guid, dn, edits: [edit] },
      ...(dn === target ? [] : [{ kind: "move" as const, ...common, guid, before: dn, after: target }]),
      { kind: "addMembers" as const, ...common, dn: target, members: missing },
      { kind: "removeMembers" as const, ...common, dn: target, members: unwanted },
    ];
  });
}

function started(planned: readonly Planned[], recycleBin: boolean): TinyDirectory {
  const directory = new TinyDirectory(recycleBin);
  for (const [number, { before }] of planned.entries())
    if (before !== null)
      directory.create(anchorAt(number), dnOf(number, before), { description: before.description }, false);
  for (const [number, { before }] of planned.entries()) {
    const own = directory.groups.get(directory.guidOf(anchorAt(number)) ?? ("none" as Guid));
    for (const one of before?.users ?? []) own?.members.add(`S-1-5-21-1-2-3-${one}`);
    for (const one of before?.groups ?? []) {
      const member = directory.guidOf(anchorAt(one));
      if (member !== undefined) own?.members.add(member);
    }
  }
  return directory;
}

/** Exports in phases, as the agent does; `fails` tells for each change in turn whether the directory refuses it. */
function exported(plan: readonly Change[], directory: TinyDirectory, fails: () => boolean): RecordedChange[] {
  const recorded = plan.map(
    (change, index): RecordedChange => ({ index, change, state: "planned", problem: null, created: null }),
  );
  for (const phase of phases)
    for (const entry of recorded.filter(({ change }) => phase.includes(change.kind))) {
      try {
        if (fails()) throw new Error("refused");
        entry.created = directory.apply(entry.change);
        entry.state = "applied";
      } catch {
        entry.state = "failed";
      }
    }
  return recorded;
}

describe("the undo of a run", () => {
  const planned = fc.array(group, { minLength: count, maxLength: count });
  const refusals = fc.infiniteStream(fc.integer({ min: 0, max: 9 }));

  test("brings the directory back to what it was, whatever failed", () => {
    fc.assert(
      fc.property(planned, refusals, fc.integer({ min: 0, max: 10 }), (groups, dice, share) => {
        const directory = started(groups, true);
        const before = directory.seen((key) => key);
        const run = exported(planOf(groups, directory), directory, () => Number(dice.next().value) < share);
        const undo = exported(run.toReversed().flatMap(undoOf), directory, () => false);
        expect(undo.filter(({ state }) => state !== "applied")).toEqual([]);
        expect(directory.seen((key) => key)).toEqual(before);
      }),
      { numRuns: 2000 },
    );
  });

  test("without a Recycle Bin makes deleted groups anew, with other objectGUIDs", () => {
    const flat = (one: Side | null) => (one === null ? null : { ...one, groups: [] });
    fc.assert(
      fc.property(planned, (nested) => {
        const groups = nested.map((one) => ({ ...one, before: flat(one.before), after: flat(one.after) }));
        const directory = started(groups, false);
        const byAnchor = (key: string) => directory.groups.get(key as Guid)?.anchor ?? key;
        const before = directory.seen(byAnchor);
        const run = exported(planOf(groups, directory), directory, () => false);
        exported(run.toReversed().flatMap(undoOf), directory, () => false);
        expect(directory.seen(byAnchor)).toEqual(before);
      }),
    );
  });

  test("of its undo is the run again", () => {
    fc.assert(
      fc.property(planned, (groups) => {
        const directory = started(groups, true);
        const run = exported(planOf(groups, directory), directory, () => false);
        const after = directory.seen((key) => key);
        const undo = exported(run.toReversed().flatMap(undoOf), directory, () => false);
        // A group that the undo deleted comes back from the Recycle Bin too.
        exported(undo.toReversed().flatMap(undoOf), directory, () => false);
        expect(directory.seen((key) => key)).toEqual(after);
      }),
    );
  });
});

const guid = "11111111-2222-4333-8444-555555555555" as Guid;
const dn = "CN=Sales,OU=Cloud,DC=contoso,DC=com" as Dn;
const common = { anchor: anchorAt(0), name: "Sales", reason: "Because." };
const recorded = (change: Change, more: Partial<RecordedChange> = {}): RecordedChange => ({
  index: 0,
  change,
  state: "applied",
  problem: null,
  created: null,
  ...more,
});

describe("the undo of a change", () => {
  test("says what it undoes", () => {
    const attributes = { displayName: ["Sales"] };
    expect(undoOf(recorded({ kind: "create", ...common, dn, attributes }, { created: guid }))).toEqual([
      { kind: "delete", ...common, reason: "Undoes the creation of “Sales”.", guid, dn, attributes },
    ]);
  });

  test("that was not applied is nothing", () => {
    const change: Change = { kind: "delete", ...common, guid, dn, attributes: {} };
    expect(undoOf(recorded(change, { state: "failed" }))).toEqual([]);
    expect(undoOf(recorded(change, { state: "planned" }))).toEqual([]);
  });

  test("that deleted a group warns of the new SID, leaves cn to AD, and adds members in pages", () => {
    const members = Array.from(
      { length: 12_000 },
      (_, number): PlannedMember => ({ reference: user(number), name: "" }),
    );
    const attributes = { cn: ["Sales"], description: ["x"] };
    const [create, ...pages] = undoOf(recorded({ kind: "delete", ...common, guid, dn, attributes, members }));
    expect(create).toMatchObject({ kind: "create", dn, attributes: { description: ["x"] }, restores: true });
    expect(create).not.toHaveProperty("attributes.cn");
    expect(create?.reason).toMatch(/Recycle Bin with its SID.*a new group with a new SID/);
    const sizes = pages.map((page) => (page.kind === "addMembers" ? page.members.length : 0));
    expect(sizes).toEqual([5000, 5000, 2000]);
    expect(pages.flatMap((page) => (page.kind === "addMembers" ? page.members : []))).toEqual(members);
  });

  test("that created a group nobody knows the objectGUID of is refused", () => {
    expect(() => undoOf(recorded({ kind: "create", ...common, dn, attributes: {} }))).toThrow(/^E2011/);
  });
});
