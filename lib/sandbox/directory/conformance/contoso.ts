import { Attribute, Change, type Client } from "ldapts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { people, serviceAccount } from "#lib/sandbox/contoso/people.ts";
import { unicodePwd } from "../security/password.ts";
import { readPeople, seedContoso } from "../seed.ts";
import { type Bench, FlagsControl, list, readOne, universal } from "./bench.ts";
import { base, codeOf, signedInClient } from "./directories.ts";
import { change } from "./refusals.ts";

/** The seed, and what the service account may and may not do. */
export function contoso(bench: Bench): void {
  describe("holds Contoso", () => {
    const cloud = `OU=Cloud,OU=Groups,${base}`;
    let service: Client;
    beforeAll(async () => {
      await seedContoso(bench.directory);
      service = await signedInClient(
        bench.directory,
        `CONTOSO\\${serviceAccount.account}`,
        serviceAccount.password,
      );
    }, 30_000);
    afterAll(async () => service?.unbind());

    test("once, however often it is seeded, with rights that are written once", async () => {
      const rights = async () => {
        const control = new FlagsControl("1.2.840.113556.1.4.801", 4);
        return (await readOne(bench.client, `OU=Groups,${base}`, ["nTSecurityDescriptor"], [control]))
          .nTSecurityDescriptor;
      };
      const [before, peopleBefore] = [await rights(), await readPeople(bench.directory)];
      await seedContoso(bench.directory);
      expect(await rights()).toEqual(before);
      expect(await readPeople(bench.directory)).toEqual(peopleBefore);
      expect(peopleBefore.map((person) => person.account)).toEqual(people.map((person) => person.account));
      expect(peopleBefore[0]).toMatchObject({
        userPrincipalName: "ana.silva@contoso.test",
        distinguishedName: `CN=Ana Silva,OU=Sales,OU=Staff,${base}`,
        domainName: "contoso.test",
        securityIdentifier: expect.stringMatching(/^S-1-5-21-/),
      });
    });

    test("whose service account makes, fills, renames, moves and deletes groups below its OU", async () => {
      const dn = `CN=Group_1,${cloud}`;
      await service.add(dn, { objectClass: "group", groupType: universal, sAMAccountName: "svc-made" });
      const [person] = await readPeople(bench.directory);
      await service.modify(dn, [
        change("add", "member", `<SID=${person?.securityIdentifier}>`),
        change("replace", "adminDescription", "Group_1"),
        change("replace", "displayName", "One"),
      ]);
      expect((await readOne(service, dn, ["member"])).member).toBe(person?.distinguishedName);
      await service.modifyDN(dn, "CN=Group_2");
      await service.modifyDN(`CN=Group_2,${cloud}`, `CN=Group_2,OU=Legacy,OU=Groups,${base}`);
      await service.del(`CN=Group_2,OU=Legacy,OU=Groups,${base}`);
    });

    test.each([
      ["a group in another OU", (c: Client) => c.add(`CN=x,OU=Staff,${base}`, { objectClass: "group" })],
      ["a group in CN=Users", (c: Client) => c.add(`CN=x,CN=Users,${base}`, { objectClass: "group" })],
      ["a user in its own OU", (c: Client) => c.add(`CN=x,${cloud}`, { objectClass: "user" })],
      ["an OU in its own OU", (c: Client) => c.add(`OU=x,${cloud}`, { objectClass: "organizationalUnit" })],
      ["its OU", (c: Client) => c.modify(cloud, change("replace", "description", "x"))],
      [
        "Domain Admins",
        (c: Client) =>
          c.modify(
            `CN=Domain Admins,CN=Users,${base}`,
            change("add", "member", `CN=Ana Silva,OU=Sales,OU=Staff,${base}`),
          ),
      ],
      [
        "a person",
        (c: Client) => c.modify(`CN=Ana Silva,OU=Sales,OU=Staff,${base}`, change("replace", "title", "x")),
      ],
      [
        "another's password",
        (c: Client) =>
          c.modify(
            `CN=Ana Silva,OU=Sales,OU=Staff,${base}`,
            new Change({
              operation: "replace",
              modification: new Attribute({ type: "unicodePwd", values: [unicodePwd("Stolen-2026!")] }),
            }),
          ),
      ],
    ])("whose service account may not write %s", async (_title, act) => {
      expect(await codeOf(act(service))).toBe(50);
    });

    test("whose service account sees what it may do", async () => {
      const names = ["allowedChildClassesEffective"];
      expect((await readOne(service, cloud, names)).allowedChildClassesEffective).toBe("group");
      expect((await readOne(service, `OU=Staff,${base}`, names)).allowedChildClassesEffective ?? []).toEqual(
        [],
      );
    });

    test("with groups that people made there", async () => {
      expect((await readOne(bench.client, `CN=Local helpers,${cloud}`)).adminDescription).toBeUndefined();
      expect(
        list((await readOne(bench.client, `CN=Printers,OU=Legacy,OU=Groups,${base}`)).member),
      ).toHaveLength(2);
    });
  });
}
