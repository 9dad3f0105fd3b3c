import { afterAll, beforeAll, expect, test } from "vitest";
import { base, type DirectoryUnderTest, signedInClient, startUnderTest } from "./conformance/directories.ts";
import { change } from "./conformance/refusals.ts";
import { parseDn } from "./names/dn.ts";
import { find } from "./operations/search.ts";
import { create } from "./tree/create.ts";
import { newForest } from "./tree/forest.ts";

const count = 50_000;

test("50,000 groups: made, found by index, walked and filled in seconds", () => {
  const tree = newForest({
    base: parseDn(base),
    netbiosName: "CONTOSO",
    administratorPassword: "Unused-2026",
  });
  const unit = create(tree, { parent: tree.domain, className: "organizationalUnit", name: "Many" });
  const time = <T>(work: () => T): [number, T] => {
    const start = performance.now();
    const result = work();
    return [performance.now() - start, result];
  };
  const [made, groups] = time(() =>
    Array.from({ length: count }, (_, index) =>
      create(tree, {
        parent: unit,
        className: "group",
        name: `Group_${index}`,
        sid: tree.newSid(),
        attributes: new Map([
          ["sAMAccountName", [`group-${index}`]],
          ["adminDescription", [`Group_${index}`]],
          ["groupType", ["-2147483640"]],
        ]),
      }),
    ),
  );
  const search = (attribute: string, value: string) => ({
    kind: "search" as const,
    base: `OU=Many,${base}`,
    scope: "sub" as const,
    sizeLimit: 0,
    typesOnly: false,
    filter: { kind: "equal" as const, attribute, value: Buffer.from(value) },
    attributes: [],
  });
  const [indexed] = time(() => {
    for (let index = 0; index < 1000; index += 1) {
      expect([...find(tree, search("adminDescription", `Group_${index}`), false)]).toHaveLength(1);
    }
  });
  const [walked] = time(() =>
    expect([...find(tree, search("groupType", "-2147483640"), false)]).toHaveLength(count),
  );
  const [filled] = time(() =>
    tree.setLinks(groups[0] as (typeof groups)[0], "member", new Set(groups.slice(1))),
  );
  expect(made).toBeLessThan(8000);
  expect(indexed).toBeLessThan(500);
  expect(walked).toBeLessThan(1000);
  expect(filled).toBeLessThan(1000);
});

let directory: DirectoryUnderTest;
beforeAll(async () => {
  directory = await startUnderTest("simulated");
});
afterAll(() => directory.stop());

test("over LDAPS: 2,000 groups added, paged through, and all put into one group", async () => {
  const client = await signedInClient(directory);
  const unit = `OU=Many,${base}`;
  await client.add(unit, { objectClass: "organizationalUnit" });
  const names = Array.from({ length: 2000 }, (_, index) => `CN=Group_${index},${unit}`);
  for (let from = 0; from < names.length; from += 100) {
    await Promise.all(
      names.slice(from, from + 100).map((dn) => client.add(dn, { objectClass: "group", groupType: "8" })),
    );
  }
  const found = new Set<string>();
  for await (const page of client.searchPaginated(unit, {
    filter: "(objectClass=group)",
    paged: { pageSize: 5000 },
  })) {
    // AD gives no more than 1,000 at once, whatever is asked for.
    expect(page.searchEntries.length).toBeLessThanOrEqual(1000);
    for (const entry of page.searchEntries) found.add(entry.dn);
  }
  expect(found).toEqual(new Set(names));
  const [first = "", ...rest] = names;
  await client.modify(first, change("add", "member", ...rest));
  expect(directory.simulated?.read(first)?.["member;range=0-1499"]).toHaveLength(1500);
  await client.unbind();
}, 20_000);
