import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { type Bench, inUnit, unit, universal } from "./bench.ts";
import { base, fileWith } from "./directories.ts";

const run = promisify(execFile);

/** The same directory through OpenLDAP's tools. */
export function ldapTools(bench: Bench): void {
  describe("speaks with ldap-utils", () => {
    const tool = async (name: string, ...parameters: string[]) => {
      const password = fileWith(bench.folder, "password", bench.directory.password);
      const who = [
        "-x",
        "-H",
        bench.directory.url.replace("localhost", "127.0.0.1"),
        "-D",
        bench.directory.administrator,
        "-y",
        password,
      ];
      const env = { ...process.env, LDAPTLS_CACERT: bench.directory.caFile, LDAPTLS_REQCERT: "demand" };
      return (await run(name, [...who, ...parameters], { env, timeout: 10_000 })).stdout;
    };

    test("ldapmodify, ldapsearch, ldapcompare, ldapwhoami", async () => {
      const dn = inUnit("From LDIF");
      const ldif = [
        `dn: ${dn}\nchangetype: add\nobjectClass: group\ngroupType: ${universal}\nsAMAccountName: from-ldif\n`,
        `dn: ${dn}\nchangetype: modify\nreplace: description\ndescription: made by hand\n-\nadd: member\nmember: ${inUnit("Two")}\n`,
        `dn: ${dn}\nchangetype: modrdn\nnewrdn: CN=By hand\ndeleteoldrdn: 1\n`,
      ].join("\n");
      await tool("ldapmodify", "-f", fileWith(bench.folder, "changes.ldif", ldif));
      const shown = await tool(
        "ldapsearch",
        "-LLL",
        "-o",
        "ldif-wrap=no",
        "-b",
        unit,
        "(sAMAccountName=from-ldif)",
        "cn",
        "description",
        "member",
      );
      expect(shown).toContain(`dn: CN=By hand,${unit}\n`);
      expect(shown).toContain("description: made by hand\n");
      expect(shown).toContain(`member: ${inUnit("Two")}\n`);
      // Samba has no “Who am I?”.
      if (bench.kind === "simulated") expect(await tool("ldapwhoami")).toBe("u:CONTOSO\\Administrator\n");
      await expect(tool("ldapcompare", inUnit("By hand"), "cn:other")).rejects.toMatchObject({ code: 5 });
      await expect(tool("ldapcompare", inUnit("By hand"), "cn:BY HAND")).rejects.toMatchObject({ code: 6 });
    });

    test("ldapsearch with a size limit, which ldapts takes for success and Samba ignores", async () => {
      if (bench.kind === "samba") return;
      const attempt = tool("ldapsearch", "-LLL", "-z", "2", "-b", base, "(objectClass=group)", "cn");
      await expect(attempt).rejects.toMatchObject({ code: 4 });
      const { searchEntries } = await bench.client.search(base, {
        filter: "(objectClass=group)",
        sizeLimit: 2,
      });
      expect(searchEntries).toHaveLength(2);
    });

    test("ldapsearch with pages, ranges and types only", async () => {
      const paged = await tool(
        "ldapsearch",
        "-LLL",
        "-E",
        "pr=7/noprompt",
        "-b",
        `OU=Search,${unit}`,
        "(objectClass=group)",
        "1.1",
      );
      expect(paged.match(/^dn: /gm)).toHaveLength(25);
      const range = await tool(
        "ldapsearch",
        "-LLL",
        "-o",
        "ldif-wrap=no",
        "-b",
        inUnit("Windows"),
        "-s",
        "base",
        "(objectClass=*)",
        "member;range=0-3",
      );
      expect(range.match(/^member;range=0-3: /gm)).toHaveLength(4);
      const types = await tool(
        "ldapsearch",
        "-LLL",
        "-A",
        "-b",
        inUnit("Windows"),
        "-s",
        "base",
        "cn",
        "description",
      );
      expect(types).toMatch(/^cn:$/m);
      expect(types).not.toMatch(/description/);
    });
  });
}
