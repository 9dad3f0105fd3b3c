import { Attribute } from "ldapts";
import { describe, expect, test } from "vitest";
import { unicodePwd } from "../security/password.ts";
import { type Bench, inUnit, readOne, unit } from "./bench.ts";
import { base, clientOf, codeOf, plainClientOf, readCa } from "./directories.ts";

/** Who may sign in, and what is there without it. */
export function signingIn(bench: Bench): void {
  describe("signs in", () => {
    const dn = `CN=Administrator,CN=Users,${base}`;
    test.each(["Administrator@contoso.test", "CONTOSO\\Administrator", "contoso\\administrator", dn])(
      "%s",
      async (name) => {
        const other = clientOf(bench.directory);
        await other.bind(name, bench.directory.password);
        expect((await readOne(other, unit)).dn).toBe(unit);
        await other.unbind();
      },
    );

    test.each([
      ["a wrong password", "Administrator@contoso.test", "wrong", "52e"],
      ["an unknown account", "nobody@contoso.test", "wrong", bench.kind === "samba" ? "52e" : "525"],
    ])("not %s, with AD's reason", async (_title, name, password, data) => {
      const other = clientOf(bench.directory);
      const attempt = other.bind(name, password);
      await expect(attempt).rejects.toMatchObject({ code: 49 });
      await expect(attempt).rejects.toThrow(
        new RegExp(
          `80090308: LdapErr: DSID-[0-9A-F]+, comment: AcceptSecurityContext error, data ${data}, v`,
        ),
      );
      await other.unbind();
    });

    test("not a disabled account", async () => {
      await bench.client.add(inUnit("Disabled"), [
        new Attribute({ type: "objectClass", values: ["user"] }),
        new Attribute({ type: "sAMAccountName", values: ["disabled"] }),
        new Attribute({ type: "userAccountControl", values: ["514"] }),
        new Attribute({ type: "unicodePwd", values: [unicodePwd("Start-2026!")] }),
      ]);
      const other = clientOf(bench.directory);
      await expect(other.bind("disabled@contoso.test", "Start-2026!")).rejects.toThrow(/data 533/);
      await other.unbind();
    });

    test("nobody without TLS, and with StartTLS as with LDAPS", async () => {
      const plain = plainClientOf(bench.directory);
      await expect(plain.bind(bench.directory.administrator, bench.directory.password)).rejects.toMatchObject(
        {
          code: 8,
        },
      );
      await plain.unbind();
      const upgraded = plainClientOf(bench.directory);
      await upgraded.startTLS({ ca: readCa(bench.directory) });
      await upgraded.bind(bench.directory.administrator, bench.directory.password);
      expect((await readOne(upgraded, unit)).dn).toBe(unit);
      await upgraded.unbind();
    });

    test("no one for a search without a bind, save for the root entry", async () => {
      const other = clientOf(bench.directory);
      const root = await readOne(other, "");
      expect(root).toMatchObject({
        defaultNamingContext: base,
        rootDomainNamingContext: base,
        configurationNamingContext: `CN=Configuration,${base}`,
        schemaNamingContext: `CN=Schema,CN=Configuration,${base}`,
        namingContexts: [base, `CN=Configuration,${base}`, `CN=Schema,CN=Configuration,${base}`],
      });
      expect(root.supportedCapabilities).toContain("1.2.840.113556.1.4.800");
      expect(root.supportedControl).toContain("1.2.840.113556.1.4.319");
      expect(String(root.dnsHostName).toLowerCase()).toBe("dc1.contoso.test");
      expect(Number(root.highestCommittedUSN)).toBeGreaterThan(0);
      expect(await codeOf(other.search(base))).toBe(1);
      expect(await codeOf(other.add(inUnit("x"), { objectClass: "group" }))).not.toBe(0);
      await other.unbind();
    });
  });
}
