import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ldapsearch } from "#lib/directory/contract/ldap-tools.ts";
import { readLdif } from "#lib/directory/contract/ldif.ts";
import { type BreakableProxy, breakableProxy } from "#lib/directory/contract/proxy.ts";
import { type Seed, seed } from "#lib/directory/contract/seed.ts";
import { type Subject, subjects } from "#lib/directory/contract/subjects.ts";
import type { Directory, DirectoryGroup, DirectoryReference } from "#lib/directory/directory.ts";
import { connectDirectory } from "#lib/directory/ldap.ts";
import type { DirectoryCredentials } from "#lib/model/directory.ts";
import type { Dn } from "#lib/model/dn.ts";
import { childDn, nameOf, parseDn } from "#lib/model/dn.ts";
import type { ErrorCode } from "#lib/model/errors.ts";
import type { Guid, Sid } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";

/** Names that a display name can hold and a DN, a filter or a command line could trip over. */
const awkwardNames = [
  "Sales, EMEA",
  "R+D",
  'The "A" team',
  "ends in a backslash\\",
  "two\\\\",
  "comma after backslash\\, here",
  "#1 fans",
  " leading blank",
  "trailing blank ",
  " both ",
  "🎉 party 🎈",
  "קבוצת מכירות",
  "a<b>c;d=e",
  "paren (x) * y",
  "slash/and'quote",
  "=",
  "x".repeat(64),
];

async function failure(promise: Promise<unknown>): Promise<Failure> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Failure);
  return thrown as Failure;
}

async function expectFailure(promise: Promise<unknown>, code: ErrorCode, why: RegExp): Promise<void> {
  const { problem } = await failure(promise);
  expect(problem).toMatchObject({ code, why: expect.stringMatching(why) });
}

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of stream) list.push(item);
  return list;
}

const bySid = (sid: Sid): DirectoryReference => ({ by: "sid", sid });
const byGuid = (guid: Guid): DirectoryReference => ({ by: "guid", guid });
const nobodyByGuid = byGuid("00000000-1111-4222-8333-444455556666" as Guid);

let counter = 0;
/** Attributes of a new group, its anchor and sAMAccountName unlike those of any other. */
function attributes(more: Record<string, readonly string[]> = {}): Record<string, readonly string[]> {
  counter++;
  const id = `Group_00000000-0000-4000-8000-${String(counter).padStart(12, "0")}`;
  return {
    displayName: [`Group ${counter}`],
    groupType: ["-2147483640"],
    sAMAccountName: [`contract-${counter}`],
    adminDescription: [id],
    "msDS-ExternalDirectoryObjectId": [id],
    ...more,
  };
}

describe.each(subjects)("the Directory port on $name", ({ start }) => {
  let subject: Subject;
  let directory: Directory;
  let people: Seed["people"];
  let limitedAccount: Seed["limited"];
  let root: Dn;
  let target: Dn;
  let elsewhere: Dn;

  /** What the directory really holds, as another program sees it. */
  const search = async (filter: string, names: readonly string[], base: string = root) =>
    readLdif(await ldapsearch(subject.access, base, filter, names));

  const connect = (changes: Partial<DirectoryCredentials> = {}, url = subject.url, timeoutMs = 20_000) =>
    connectDirectory({ ...subject.credentials, ...changes }, { url, timeoutMs });

  async function newGroup(name = `g${counter + 1}`): Promise<{ guid: Guid; dn: Dn }> {
    const dn = childDn("CN", name, target);
    return { guid: await directory.create(dn, attributes()), dn };
  }

  beforeAll(async () => {
    subject = await start();
    ({ root, target, elsewhere, people, limited: limitedAccount } = await seed(subject, 3500));
    directory = await connect();
  }, 60_000);

  afterAll(async () => {
    await directory?.close();
    await subject?.stop();
  }, 30_000);

  describe("what it tells", () => {
    test("the forest, the domain and the domain controller", async () => {
      expect(await directory.describe()).toMatchObject({
        server: subject.credentials.server,
        account: subject.credentials.account,
        forest: "contoso.test",
        domain: "contoso.test",
        baseDn: "DC=contoso,DC=test",
        domainController: expect.stringMatching(/^dc1\.contoso\.test$/i),
        externalDirectoryObjectId: true,
      });
    });

    test("the domain first, which is not itself a target", async () => {
      const [domain, ...others] = await directory.units();
      expect(domain).toMatchObject({ kind: "domain", name: "contoso.test", hasChildren: true });
      expect(domain?.refusal).toMatch(/Choose an OU/);
      expect(others).toEqual([]);
    });

    test("the units below the domain, sorted, the system's own refused with the reason", async () => {
      const units = await directory.units("DC=contoso,DC=test" as Dn);
      const names = units.map(({ name }) => name);
      expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "en", { sensitivity: "base" })));
      const byName = new Map(units.map((unit) => [unit.name, unit]));
      for (const name of ["Builtin", "Computers", "Domain Controllers", "System", "Users"]) {
        expect(byName.get(name)?.refusal, name).toEqual(expect.any(String));
      }
      expect(byName.get("Contract")).toMatchObject({
        kind: "organizationalUnit",
        hasChildren: true,
        refusal: null,
      });
    });

    test("units of every name, and which of them hold others", async () => {
      const units = await directory.units(root);
      expect(units.map(({ name, hasChildren }) => [name, hasChildren])).toEqual([
        ["Elsewhere", false],
        ["Groups", true],
        ["People", false],
        ["Plain container", false],
      ]);
      expect(units.at(-1)).toMatchObject({ kind: "container", refusal: expect.stringMatching(/not an OU/) });
      expect((await directory.units(target)).map(({ name }) => name)).toEqual(["Inner, OU"]);
      await expectFailure(directory.units(childDn("OU", "Nowhere", target)), "E4006", /no such container/);
    });

    test("whether a container can be the target", async () => {
      await directory.checkTarget(target);
      await directory.checkTarget(childDn("OU", "Inner, OU", target));
      const domain = "DC=contoso,DC=test" as Dn;
      await expectFailure(directory.checkTarget(childDn("OU", "Gone", domain)), "E4006", /does not exist/);
      await expectFailure(directory.checkTarget(domain), "E4011", /top of the domain/);
      await expectFailure(directory.checkTarget("OU=X,DC=other,DC=test" as Dn), "E4011", /another domain/);
      for (const name of ["Users", "Builtin", "System", "Computers"]) {
        await expectFailure(directory.checkTarget(childDn("CN", name, domain)), "E4011", /CN=/);
      }
      const policies = childDn("CN", "Policies", childDn("CN", "System", domain));
      await expectFailure(directory.checkTarget(policies), "E4011", /It lies in CN=System/);
      await expectFailure(
        directory.checkTarget(childDn("OU", "Domain Controllers", domain)),
        "E4011",
        /domain controllers/,
      );
      await expectFailure(
        directory.checkTarget(childDn("CN", "Plain container", root)),
        "E4011",
        /not an OU/,
      );
    });
  });

  describe("groups", () => {
    test.each(awkwardNames)("create, rename, move and delete with the name %j", async (name) => {
      const values = attributes({ displayName: [name], description: [`${name} (*)\\`] });
      const dn = childDn("CN", name, target);
      const guid = await directory.create(dn, values);
      const [entry] = await search(`(sAMAccountName=${values.sAMAccountName?.[0]})`, [
        "cn",
        "displayName",
        "description",
        "groupType",
        "adminDescription",
        "msDS-ExternalDirectoryObjectId",
      ]);
      expect(entry).toMatchObject({
        cn: [name],
        displayName: [name],
        description: [`${name} (*)\\`],
        groupType: ["-2147483640"],
        adminDescription: values.adminDescription,
        "msDS-ExternalDirectoryObjectId": values.adminDescription,
      });

      const found = (await collect(directory.groups())).find((group) => group.guid === guid);
      expect(found?.dn).toBe(dn);
      expect(nameOf(found?.dn as Dn)).toBe(name);
      expect(found?.attributes).toMatchObject({ cn: [name], displayName: [name] });

      const renamed = childDn("CN", "plain", target);
      await directory.rename(guid, renamed);
      const back = childDn("CN", name, childDn("OU", "Inner, OU", target));
      await directory.rename(guid, back);
      await directory.rename(guid, back);
      const [moved] = await search(`(sAMAccountName=${values.sAMAccountName?.[0]})`, ["cn"], back);
      expect(moved?.cn).toEqual([name]);

      await directory.delete(guid);
      await directory.delete(guid);
      expect(await search(`(sAMAccountName=${values.sAMAccountName?.[0]})`, ["cn"])).toEqual([]);
    });

    test("creating again at the same DN with the same anchor gives the same group", async () => {
      const dn = childDn("CN", "twice", target);
      const values = attributes();
      const guid = await directory.create(dn, values);
      expect(await directory.create(dn, values)).toBe(guid);
      expect(await search("(cn=twice)", ["cn"])).toHaveLength(1);
    });

    test("a taken DN or sAMAccountName is refused, and says by what", async () => {
      const values = attributes();
      const dn = childDn("CN", "taken", target);
      await directory.create(dn, values);
      await expectFailure(directory.create(dn, attributes()), "E4007", /another group at CN=taken/);
      await expectFailure(
        directory.create(
          childDn("CN", "other", target),
          attributes({ sAMAccountName: values.sAMAccountName ?? [] }),
        ),
        "E4007",
        /sAMAccountName contract-\d+ belongs to CN=taken/,
      );
      const other = await newGroup();
      await expectFailure(directory.rename(other.guid, dn), "E4007", /another object at CN=taken/);
      await expectFailure(
        directory.update(other.guid, { sAMAccountName: values.sAMAccountName ?? [] }),
        "E4007",
        /belongs to CN=taken/,
      );
    });

    test("a container that is gone, a group that is gone, a value that is not allowed", async () => {
      const gone = childDn("OU", "Gone", target);
      await expectFailure(
        directory.create(childDn("CN", "x", gone), attributes()),
        "E4006",
        /no such container/,
      );
      const group = await newGroup();
      await expectFailure(directory.rename(group.guid, childDn("CN", "x", gone)), "E4006", /does not exist/);
      await expectFailure(directory.update(group.guid, { groupType: ["nonsense"] }), "E4009", /result code/);
      await directory.delete(group.guid);
      await expectFailure(directory.update(group.guid, { description: ["x"] }), "E4013", /no such object/);
      await expectFailure(directory.rename(group.guid, group.dn), "E4013", /does not exist/);
      await expectFailure(directory.addMembers(group.guid, [byGuid(group.guid)]), "E4013", /does not exist/);
      await expectFailure(
        directory.removeMembers(group.guid, [byGuid(group.guid)]),
        "E4013",
        /does not exist/,
      );
      await expectFailure(collect(directory.members(group.guid)), "E4013", /does not exist/);
    });

    test("update replaces and clears, and does the same again without an error", async () => {
      const { guid, dn } = await newGroup();
      const set = { description: ["first line\nsecond line"], displayName: ["ünï — 名前"] };
      await directory.update(guid, set);
      await directory.update(guid, set);
      expect(await search("(objectClass=group)", ["description", "displayName"], dn)).toMatchObject([set]);
      await directory.update(guid, { description: [], adminDescription: [] });
      await directory.update(guid, { description: [], adminDescription: [] });
      const [cleared] = await search("(objectClass=group)", ["description", "adminDescription"], dn);
      expect(cleared).toEqual({ dn: [dn] });
    });

    test("a group is listed when it carries either anchor, and only then", async () => {
      const both = attributes();
      const either = [
        { ...both, "msDS-ExternalDirectoryObjectId": [] },
        { ...attributes(), adminDescription: [] },
      ];
      const none = attributes({
        adminDescription: ["Groups of people"],
        "msDS-ExternalDirectoryObjectId": [],
      });
      const created: Guid[] = [];
      for (const [index, values] of [...either, none].entries()) {
        created.push(await directory.create(childDn("CN", `anchor ${index}`, target), values));
      }
      const listed = await collect(directory.groups());
      expect(created.map((guid) => listed.some((group) => group.guid === guid))).toEqual([true, true, false]);
      const first = listed.find((group) => group.guid === created[0]) as DirectoryGroup;
      expect(first.attributes["msDS-ExternalDirectoryObjectId"]).toEqual([]);
      expect(first.attributes.adminDescription).toEqual(both.adminDescription);
      expect(first.sid).toMatch(/^S-1-5-21-/);
    });

    test("more groups than fit on a page are all listed, each once", async () => {
      const dns = Array.from({ length: 520 }, (_, index) => childDn("CN", `many ${index}`, target));
      const created = await Promise.all(dns.map((dn) => directory.create(dn, attributes())));
      const listed = (await collect(directory.groups())).map(({ guid }) => guid);
      expect(new Set(listed).size).toBe(listed.length);
      expect(listed).toEqual(expect.arrayContaining(created));
      await Promise.all(created.map((guid) => directory.delete(guid)));
    }, 20_000);
  });

  describe("members", () => {
    const dnsOf = async (group: Dn) =>
      ((await search("(objectClass=group)", ["member"], group))[0]?.member ?? []).map(parseDn);

    test("by SID and by GUID, added twice, removed twice", async () => {
      const { guid, dn } = await newGroup();
      const [one, two, three] = people;
      if (!one || !two || !three) throw new Error("no people");
      const references = [bySid(one.sid), byGuid(two.guid)];
      expect(await directory.addMembers(guid, references)).toEqual([]);
      expect(await directory.addMembers(guid, references)).toEqual([]);
      expect(await directory.addMembers(guid, [...references, bySid(two.sid), bySid(three.sid)])).toEqual([]);
      expect((await dnsOf(dn)).sort()).toEqual([one.dn, two.dn, three.dn].sort());
      const read = await collect(directory.members(guid));
      expect(read.map((member) => ({ ...member })).sort((a, b) => a.dn.localeCompare(b.dn))).toEqual(
        [one, two, three].sort((a, b) => a.dn.localeCompare(b.dn)),
      );
      await directory.removeMembers(guid, [bySid(two.sid), byGuid(one.guid)]);
      await directory.removeMembers(guid, [
        bySid(two.sid),
        byGuid(one.guid),
        byGuid(three.guid),
        nobodyByGuid,
      ]);
      expect(await dnsOf(dn)).toEqual([]);
      expect(await collect(directory.members(guid))).toEqual([]);
    });

    test("those that do not exist are given back, all others are written", async () => {
      const { guid, dn } = await newGroup();
      const own = people[0]?.sid.replace(/-\d+$/, "-999999999") as Sid;
      const missing = [bySid(own), nobodyByGuid];
      const there = people.slice(10, 60).map(({ sid }) => bySid(sid));
      const mixed = [
        ...there.slice(0, 20),
        missing[0],
        ...there.slice(20),
        missing[1],
      ] as DirectoryReference[];
      const givenBack = await directory.addMembers(guid, mixed);
      expect(givenBack).toHaveLength(2);
      expect(givenBack).toEqual(expect.arrayContaining(missing));
      expect((await dnsOf(dn)).sort()).toEqual(
        people
          .slice(10, 60)
          .map((person) => person.dn)
          .sort(),
      );
      expect(await directory.addMembers(guid, missing)).toHaveLength(2);
      expect(await directory.addMembers(guid, [])).toEqual([]);
    });

    test("groups in groups, which keep their place when they are renamed", async () => {
      const [inner, outer] = [await newGroup("inner"), await newGroup("outer")];
      await directory.addMembers(outer.guid, [byGuid(inner.guid)]);
      const renamed = childDn("CN", "inner, renamed\\", target);
      await directory.rename(inner.guid, renamed);
      expect(await dnsOf(outer.dn)).toEqual([renamed]);
      const [member] = await collect(directory.members(outer.guid));
      expect(member).toMatchObject({ guid: inner.guid, dn: renamed });
      await directory.delete(inner.guid);
      expect(await collect(directory.members(outer.guid))).toEqual([]);
    });

    test("3,500 members are written and read whole", async () => {
      const { guid, dn } = await newGroup("big");
      expect(
        await directory.addMembers(
          guid,
          people.map(({ sid }) => bySid(sid)),
        ),
      ).toEqual([]);
      const members = await collect(directory.members(guid));
      expect(new Set(members.map((member) => member.guid))).toEqual(
        new Set(people.map((person) => person.guid)),
      );
      expect(members).toHaveLength(3500);
      const first = people[0] as (typeof people)[number];
      expect(await search(`(memberOf=${dn})`, ["cn"], first.dn)).toHaveLength(1);
      await directory.removeMembers(
        guid,
        people.slice(1).map((person) => byGuid(person.guid)),
      );
      expect(await dnsOf(dn)).toEqual([first.dn]);
    }, 30_000);

    test("resolve gives the objects in the order asked for, null for none", async () => {
      const asked = people.slice(0, 250).flatMap((person) => [bySid(person.sid), nobodyByGuid]);
      const found = await directory.resolve([...asked, byGuid(people[300]?.guid as Guid)]);
      expect(found).toHaveLength(501);
      expect(found[0]).toEqual(people[0]);
      expect(found[1]).toBeNull();
      expect(found[498]).toEqual(people[249]);
      expect(found[500]).toEqual(people[300]);
      expect(await directory.resolve([])).toEqual([]);
    });
  });

  describe("connecting", () => {
    test("over LDAPS and StartTLS", async () => {
      const over = await connect({}, subject.startTlsUrl);
      expect((await over.describe()).domain).toBe("contoso.test");
      await over.close();
    });

    test("a wrong password, an unknown account", async () => {
      await expectFailure(connect({ password: "Wrong-Password-1" }), "E4003", /data 52e/);
      await expectFailure(connect({ account: "nobody@contoso.test" }), "E4003", /data 52|data 525/);
      const { problem, cause } = await failure(connect({ password: "Wrong-Password-1" }));
      expect(JSON.stringify([problem, String(cause)])).not.toContain("Wrong-Password-1");
    });

    test("an unknown name, a port that nothing listens on", async () => {
      await expectFailure(
        connectDirectory({ ...subject.credentials, server: "no-such-host.invalid" }),
        "E4001",
        /name is unknown|not answer/,
      );
      await expectFailure(connect({}, subject.url.replace(/:\d+$/, ":9")), "E4001", /nothing listens/);
    });

    test("an authority that is not trusted, a name that the certificate is not for", async () => {
      await expectFailure(connect({ certificateAuthority: "" }), "E4002", /does not know.*issued by/);
      await expectFailure(
        connect({ server: "dc9.contoso.test" }),
        "E4002",
        /another name than dc9.*dc1\.contoso\.test/,
      );
      await expectFailure(
        connect({ certificateAuthority: "" }, subject.startTlsUrl),
        "E4002",
        /does not know/,
      );
    });
  });

  describe("an account that may write to one OU only", () => {
    test("writes there, and is told what it lacks elsewhere", async () => {
      const limited = await connect(limitedAccount);
      const values = attributes();
      const guid = await limited.create(childDn("CN", "by the limited account", target), values);
      await limited.addMembers(guid, [bySid(people[0]?.sid as Sid)]);
      await limited.rename(guid, childDn("CN", "renamed by the limited account", target));
      await limited.update(guid, { description: ["x"] });
      await expectFailure(
        limited.create(childDn("CN", "no", elsewhere), attributes()),
        "E4005",
        /not allowed.*create the group CN=no/,
      );
      const foreign = await directory.create(childDn("CN", "foreign", elsewhere), attributes());
      await expectFailure(limited.update(foreign, { description: ["x"] }), "E4005", /not allowed/);
      await expectFailure(limited.addMembers(foreign, [byGuid(guid)]), "E4005", /not allowed/);
      await expectFailure(limited.delete(foreign), "E4005", /not allowed/);
      await limited.delete(guid);
      await limited.close();
    });
  });

  describe("a connection that breaks", () => {
    let proxy: BreakableProxy;
    let shaky: Directory;
    beforeAll(async () => {
      proxy = await breakableProxy(subject.url);
      shaky = await connect({}, proxy.url, 4000);
    });
    afterAll(async () => {
      await shaky?.close();
      await proxy?.close();
    });

    test("between two operations: the next one works", async () => {
      proxy.drop();
      expect((await shaky.units()).length).toBeGreaterThan(0);
      proxy.drop();
      await Promise.all([shaky.units(), shaky.checkTarget(target), shaky.describe()]);
    });

    test("before the answer: each write has happened once, and says so", async () => {
      const dn = childDn("CN", "unknown outcome", target);
      const values = attributes();
      proxy.dropBeforeAnswer();
      const guid = await shaky.create(dn, values);
      expect(await search("(cn=unknown outcome)", ["objectGUID"])).toHaveLength(1);
      proxy.dropBeforeAnswer();
      await shaky.addMembers(
        guid,
        people.slice(0, 3).map(({ sid }) => bySid(sid)),
      );
      expect(await collect(directory.members(guid))).toHaveLength(3);
      proxy.dropBeforeAnswer();
      await shaky.removeMembers(
        guid,
        people.slice(0, 2).map(({ sid }) => bySid(sid)),
      );
      expect(await collect(directory.members(guid))).toHaveLength(1);
      proxy.dropBeforeAnswer();
      await shaky.update(guid, { description: ["once"] });
      proxy.dropBeforeAnswer();
      const renamed = childDn("CN", "known outcome", target);
      await shaky.rename(guid, renamed);
      expect((await search("(cn=known outcome)", ["description"]))[0]?.description).toEqual(["once"]);
      proxy.dropBeforeAnswer();
      await shaky.delete(guid);
      expect(await search("(cn=known outcome)", ["cn"])).toEqual([]);
    });

    test("in the middle of a listing: it goes on, each group once", async () => {
      const listed: Guid[] = [];
      for await (const group of shaky.groups()) {
        if (listed.length === 1) proxy.drop();
        listed.push(group.guid);
      }
      expect(listed).toEqual((await collect(directory.groups())).map(({ guid }) => guid));
    });

    test("for good: the error says so, and the same object works when the way is back", async () => {
      proxy.refuse();
      await expectFailure(shaky.units(), "E4001", /closed|nothing listens/);
      proxy.accept();
      expect((await shaky.units()).length).toBeGreaterThan(0);
    });

    test("without an answer: the operation ends in time", async () => {
      proxy.freeze();
      const began = Date.now();
      await expectFailure(shaky.units(), "E4010", /did not answer in time/);
      expect(Date.now() - began).toBeLessThan(6000);
      proxy.accept();
      expect((await shaky.units()).length).toBeGreaterThan(0);
    }, 15_000);
  });
});
