import type { Client, Entry } from "ldapts";
import type { Connection } from "#lib/directory/connection.ts";
import { readDn, required, values } from "#lib/directory/entry.ts";
import { any, equals } from "#lib/directory/filter.ts";
import { resultCode } from "#lib/directory/problem.ts";
import { type Container, refusal } from "#lib/directory/refusal.ts";
import { dnsName, type Root } from "#lib/directory/root.ts";
import { readEntry, searchAll } from "#lib/directory/search.ts";
import type { OrganizationalUnit } from "#lib/model/directory.ts";
import { type Dn, dnKey, nameOf, parentDn } from "#lib/model/dn.ts";
import { Failure } from "#lib/model/problem.ts";

const isUnit = any(
  equals("objectClass", "organizationalUnit"),
  equals("objectClass", "container"),
  equals("objectClass", "builtinDomain"),
);
const attributes = ["objectClass", "isCriticalSystemObject"];

/** FLAG_CR_NTDS_DOMAIN: the partition is a domain (MS-ADTS 2.2.8). */
const domainFlag = 2;

/** Up to how many OUs and containers below a parent are read to see which of its children have children. */
const lookAhead = 1000;

function containerOf(entry: Entry): Container {
  return {
    dn: readDn(entry.dn),
    objectClass: values(entry, "objectClass").at(-1) ?? "",
    isCriticalSystemObject: values(entry, "isCriticalSystemObject")[0] === "TRUE",
  };
}

function byName(left: OrganizationalUnit, right: OrganizationalUnit): number {
  return left.name.localeCompare(right.name, "en", { sensitivity: "base" });
}

/** The domains of the forest, from its cross-references (MS-ADTS 6.1.1.2.1.1), this one always among them. */
async function domains(client: Client, root: Root): Promise<readonly OrganizationalUnit[]> {
  const partitions = await searchAll(client, {
    base: `CN=Partitions,${root.configurationDn}`,
    scope: "one",
    filter: equals("objectClass", "crossRef"),
    attributes: ["nCName", "systemFlags"],
  }).catch((error: unknown) => {
    // A hardened forest may hide its configuration from the account.
    if (resultCode(error) === 32) return [];
    throw error;
  });
  const others = partitions
    .filter((entry) => (Number(values(entry, "systemFlags")[0] ?? 0) & domainFlag) !== 0)
    .map((entry) => readDn(required(entry, "nCName")))
    .filter((dn) => dnKey(dn) !== dnKey(root.baseDn));
  return [root.baseDn, ...others].map((dn) => ({
    dn,
    name: dnsName(dn),
    kind: "domain",
    hasChildren: dn === root.baseDn,
    refusal: refusal({ dn, objectClass: "domainDNS", isCriticalSystemObject: true }, root.baseDn),
  }));
}

/** Which objects below `parent` are themselves the parent of an OU or container; undefined when there are too many. */
async function parentsBelow(client: Client, parent: Dn): Promise<ReadonlySet<string> | undefined> {
  const pages = client.searchPaginated(parent, {
    scope: "sub",
    filter: isUnit,
    attributes: ["1.1"],
    paged: { pageSize: lookAhead },
  });
  const page = await pages.next();
  if (page.done) return new Set();
  if (!(await pages.next()).done) return undefined;
  return new Set(page.value.searchEntries.map(({ dn }) => dnKey(parentDn(readDn(dn)) ?? "")));
}

async function hasUnit(client: Client, dn: Dn): Promise<boolean> {
  const { searchEntries } = await client.search(dn, {
    scope: "one",
    filter: isUnit,
    attributes: ["1.1"],
    sizeLimit: 1,
  });
  return searchEntries.length > 0;
}

async function below(client: Client, root: Root, parent: Dn): Promise<readonly OrganizationalUnit[]> {
  const entries = await searchAll(client, { base: parent, scope: "one", filter: isUnit, attributes });
  if (entries.length === 0) return [];
  const parents = await parentsBelow(client, parent);
  return Promise.all(
    entries.map(containerOf).map(async (container) => ({
      dn: container.dn,
      name: nameOf(container.dn),
      kind: container.objectClass === "organizationalUnit" ? "organizationalUnit" : "container",
      hasChildren: parents ? parents.has(dnKey(container.dn)) : await hasUnit(client, container.dn),
      refusal: refusal(container, root.baseDn),
    })),
  );
}

/** The domains of the forest, or the OUs and containers directly below `parent`, sorted by name. */
export async function units(connection: Connection, parent?: Dn): Promise<readonly OrganizationalUnit[]> {
  const found = await connection.run((client, root) =>
    parent === undefined ? domains(client, root) : below(client, root, parent),
  );
  return [...found].sort(byName);
}

/** Throws E4006 when there is no such container, E4011 when it must not be the target. */
export async function checkTarget(connection: Connection, target: Dn): Promise<void> {
  await connection.run(async (client, root) => {
    const outside = refusal(
      { dn: target, objectClass: "organizationalUnit", isCriticalSystemObject: false },
      root.baseDn,
    );
    if (outside !== null) throw new Failure("E4011", { why: `${target}: ${outside}` });
    const entry = await readEntry(client, target, attributes);
    if (entry === undefined) {
      throw new Failure("E4006", {
        why: `${target} does not exist, or the account may not see it. It may have been deleted, renamed or moved after it was chosen.`,
      });
    }
    const why = refusal(containerOf(entry), root.baseDn);
    if (why !== null) throw new Failure("E4011", { why: `${target}: ${why}` });
  });
}
