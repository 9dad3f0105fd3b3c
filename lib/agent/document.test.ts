import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ldapadd, ldapmodify, ldapsearch } from "#lib/directory/contract/ldap-tools.ts";
import { type LdifEntry, readLdif, writeLdif } from "#lib/directory/contract/ldif.ts";
import { administratorPassword, type Subject, subject } from "#lib/directory/contract/subject.ts";
import { childDn, type Dn, parseDn } from "#lib/model/dn.ts";
import { type Guid, guidFromBytes, type ObjectId, sidFromBytes } from "#lib/model/identifier.ts";
import type { Change, MemberReference, PlannedMember } from "#lib/model/plan.ts";
import type { RecordedChange } from "#lib/model/run.ts";
import { anchorValue } from "#lib/plan/anchor.ts";
import { recordedAs, written } from "#lib/plan/document/sample.ts";
import { undoOf } from "#lib/plan/undo.ts";
import { startSamba } from "#lib/sandbox/directory/samba.ts";

const root = "OU=Documents,DC=contoso,DC=test" as Dn;
const inner = childDn("OU", "Inner, OU", root);
const people = ["ana", "ben", "eva", "tom"];
const security = ["-2147483640"];
const anchorOf = (number: number) => `00000000-0000-4000-8000-00000000000${number}` as ObjectId;
const compared = ["displayName", "description", "groupType", "sAMAccountName", "adminDescription", "member"];

let samba: Subject;

async function search(filter: string, names: readonly string[]): Promise<readonly LdifEntry[]> {
  return readLdif(await ldapsearch(samba.access, root, filter, names));
}

/** Every group below the root as `ldapsearch` tells it: by DN, what is set, members in order. */
async function groups(): Promise<Record<string, Record<string, readonly string[]>>> {
  const found = await search("(objectClass=group)", compared);
  return Object.fromEntries(
    found.map(({ dn, ...attributes }) => {
      // Samba escapes with hex pairs where it can.
      const spelled = (name: string, value: string) =>
        name === "member" ? (parseDn(value) ?? value) : value;
      const values = Object.entries(attributes).map(([name, list]) => [
        name,
        list.map((value) => spelled(name, value)).sort(),
      ]);
      return [parseDn(dn?.[0] ?? ""), Object.fromEntries(values)];
    }),
  );
}

async function guidAt(filter: string): Promise<Guid> {
  const [entry] = await search(filter, ["objectGUID"]);
  return guidFromBytes(Buffer.from(entry?.objectGUID?.[0] ?? "", "base64"));
}

/** The members of these names, by the one reference or the other. */
async function members(by: "sid" | "guid", ...names: string[]): Promise<PlannedMember[]> {
  return Promise.all(
    names.map(async (name) => {
      const [entry] = await search(`(sAMAccountName=${name})`, ["objectSid", "objectGUID"]);
      const bytes = (attribute: string) => Buffer.from(entry?.[attribute]?.[0] ?? "", "base64");
      const reference: MemberReference =
        by === "sid"
          ? { by, sid: sidFromBytes(bytes("objectSid")) }
          : { by, guid: guidFromBytes(bytes("objectGUID")) };
      return { reference, name };
    }),
  );
}

beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), "document-samba-"));
  const ip = "127.0.0.41";
  const running = await startSamba({ directory, ip, administratorPassword });
  const { url, caFile } = running;
  samba = await subject({ url, startTlsUrl: `ldap://${ip}:389`, caFile }, async () => {
    await running.stop();
    await rm(directory, { recursive: true, force: true });
  });
  const person = (name: string) => childDn("CN", name, root);
  const group = (number: number, name: string, ...names: string[]) =>
    writeLdif(childDn("CN", name, root), {
      objectClass: ["group"],
      sAMAccountName: [name],
      displayName: [name],
      description: [`The ${name}`],
      groupType: security,
      adminDescription: [anchorValue(anchorOf(number))],
      ...(names.length === 0 ? {} : { member: names.map(person) }),
    });
  await ldapadd(
    samba.access,
    [
      ...[root, inner].map((dn) => writeLdif(dn, { objectClass: ["organizationalUnit"] })),
      ...people.map((name) => writeLdif(person(name), { objectClass: ["user"], sAMAccountName: [name] })),
      group(1, "moved", "tom", "eva"),
      group(2, "renamed"),
      group(3, "deleted", "ben"),
    ].join(""),
  );
}, 120_000);

afterAll(() => samba?.stop(), 30_000);

/** Two groups made, one inside the other; one moved, one renamed and one deleted; members added and removed. */
async function plan(made: Dn, outer: Dn, moved: Dn, renamed: Dn): Promise<readonly Change[]> {
  const at = (number: number) => ({
    anchor: anchorOf(number),
    name: `Group\n${number}`,
    reason: "Because\nof it.",
  });
  const [oldMoved, oldRenamed, deleted] = ["moved", "renamed", "deleted"].map((name) =>
    childDn("CN", name, root),
  );
  if (!oldMoved || !oldRenamed || !deleted) throw new Error("no DNs");
  const known = {
    moved: await guidAt("(cn=moved)"),
    renamed: await guidAt("(cn=renamed)"),
    deleted: await guidAt("(cn=deleted)"),
  };
  const attributes = (number: number, account: string) => ({
    sAMAccountName: [account],
    displayName: [`${account}:`],
    description: [": a text < with > “marks”, 😀"],
    groupType: number === 4 ? security : ["8"],
    adminDescription: [anchorValue(anchorOf(number))],
  });
  const nested: PlannedMember = { reference: { by: "anchor", anchor: anchorOf(4) }, name: "made" };
  const edits = [
    { attribute: "displayName", before: ["moved"], after: ["שלום # moved"] },
    { attribute: "groupType", before: security, after: ["8"] },
  ];
  const cleared = [{ attribute: "description", before: ["The renamed"], after: [] }];
  return [
    {
      kind: "delete",
      ...at(3),
      guid: known.deleted,
      dn: deleted,
      attributes: {
        sAMAccountName: ["deleted"],
        displayName: ["deleted"],
        description: ["The deleted"],
        groupType: security,
        adminDescription: [anchorValue(anchorOf(3))],
      },
      members: await members("guid", "ben"),
    },
    { kind: "update", ...at(1), guid: known.moved, dn: oldMoved, edits },
    { kind: "move", ...at(1), guid: known.moved, before: oldMoved, after: moved },
    { kind: "removeMembers", ...at(1), dn: moved, members: await members("guid", "tom") },
    { kind: "addMembers", ...at(1), dn: moved, members: await members("sid", "ana", "renamed") },
    { kind: "update", ...at(2), guid: known.renamed, dn: oldRenamed, edits: cleared },
    { kind: "rename", ...at(2), guid: known.renamed, before: oldRenamed, after: renamed },
    { kind: "create", ...at(5), dn: outer, attributes: attributes(5, "outer") },
    { kind: "addMembers", ...at(5), dn: outer, members: [...(await members("guid", "ben")), nested] },
    { kind: "create", ...at(4), dn: made, attributes: attributes(4, "made") },
    { kind: "addMembers", ...at(4), dn: made, members: await members("sid", "ana", "ben", "eva") },
  ];
}

describe("a plan as LDIF, applied by ldapmodify to Samba", () => {
  const made = childDn("CN", '#1 + "Łukasz", <a=b>; \\ 😀 ', root);
  const outer = childDn("CN", "צוות", inner);
  const moved = childDn("CN", "moved, too", inner);
  const renamed = childDn("CN", "it's +renamed", root);
  const person = (name: string) => childDn("CN", name, root);

  test("does just what the plan says, and the plan of its undo takes it back", async () => {
    const before = await groups();
    const changes = await plan(made, outer, moved, renamed);
    await ldapmodify(samba.access, await written("ldif", recordedAs(changes)));
    const description = [": a text < with > “marks”, 😀"];
    const anchor = (number: number) => ({ adminDescription: [anchorValue(anchorOf(number))] });
    const after = await groups();
    expect(after).toEqual({
      [made]: {
        ...anchor(4),
        sAMAccountName: ["made"],
        displayName: ["made:"],
        description,
        groupType: security,
        member: [person("ana"), person("ben"), person("eva")],
      },
      [outer]: {
        ...anchor(5),
        sAMAccountName: ["outer"],
        displayName: ["outer:"],
        description,
        groupType: ["8"],
        member: [made, person("ben")].sort(),
      },
      [moved]: {
        ...anchor(1),
        sAMAccountName: ["moved"],
        displayName: ["שלום # moved"],
        description: ["The moved"],
        groupType: ["8"],
        member: [person("ana"), person("eva"), renamed].sort(),
      },
      [renamed]: { ...anchor(2), sAMAccountName: ["renamed"], displayName: ["renamed"], groupType: security },
    });

    const applied: RecordedChange[] = [];
    for (const recorded of recordedAs(changes, "applied")) {
      const { kind, anchor: id } = recorded.change;
      const created = kind === "create" ? await guidAt(`(adminDescription=${anchorValue(id)})`) : null;
      applied.push({ ...recorded, created });
    }
    const undo = applied.toReversed().flatMap(undoOf);
    await ldapmodify(samba.access, await written("ldif", recordedAs(undo)));
    expect(await groups()).toEqual(before);
  });
});
