import { type Dn, formatDn, formatRdn } from "../names/dn.ts";
import { guidBytes } from "../names/guid.ts";
import { newDomainSid } from "../names/sid.ts";
import { attributes, classes } from "../schema/schema.ts";
import type { Value } from "../schema/value.ts";
import { type Ace, aceFlags, type Descriptor, rights } from "../security/descriptor.ts";
import { recordOf } from "../security/password.ts";
import { create } from "./create.ts";
import { type Entry, plainDescriptor } from "./entry.ts";
import { Tree } from "./tree.ts";
import { wellKnownAccounts, wellKnownContainers, wellKnownGroups } from "./well-known.ts";

export type Forest = {
  readonly base: Dn;
  readonly netbiosName: string;
  readonly administratorPassword: string;
};

/** groupType of a security group by scope (MS-ADTS 2.2.12). */
const groupTypes = {
  global: -2147483646,
  universal: -2147483640,
  domainLocal: -2147483644,
  builtin: -2147483643,
} as const;

type Attributes = Readonly<Record<string, Value | number | readonly Value[]>>;

function map(attributes: Attributes): Map<string, readonly Value[]> {
  const entries = Object.entries(attributes).map(([name, value]) => {
    const values =
      typeof value === "number" ? [String(value)] : Array.isArray(value) ? value : [value as Value];
    return [name, values] as const;
  });
  return new Map(entries);
}

const cannotBeChanged = -1946157056;
const cannotBeDeleted = -2147483648;

/** The DNS name of the domain, as `contoso.test`. */
export function dnsName(base: Dn): string {
  return base.map(({ value }) => value).join(".");
}

/** The domain controller's names. */
export const controller = "DC1";

export function controllerDns(base: Dn): string {
  return `${controller.toLowerCase()}.${dnsName(base)}`;
}

function administrators(domainSid: string): readonly string[] {
  return [`${domainSid}-512`, `${domainSid}-519`, "S-1-5-32-544", "S-1-5-18"];
}

function grants(domainSid: string, flags: number): Ace[] {
  const ace = { effect: "allow", flags, objectType: undefined, inheritedObjectType: undefined } as const;
  return [
    ...administrators(domainSid).map((sid) => ({ ...ace, mask: rights.full, sid })),
    // Authenticated users read everything, as in a domain that allows pre-Windows 2000 compatible access.
    { ...ace, mask: 0x20094, sid: "S-1-5-11" },
  ];
}

/** What AdminSDHolder puts on privileged groups and their members: nothing is inherited. */
function guarded(domainSid: string): Descriptor {
  const owner = `${domainSid}-512`;
  return { owner, group: owner, protected: true, aces: grants(domainSid, 0) };
}

/** A forest of one domain with one domain controller, as it is after promotion. */
export function newForest(forest: Forest): Tree {
  const domainSid = newDomainSid();
  const tree = new Tree(forest.base, forest.netbiosName, domainSid);
  const open = plainDescriptor("S-1-5-32-544", grants(domainSid, aceFlags.containerInherit));
  addDomain(tree, open);
  const containers = addContainers(tree);
  const schema = addConfiguration(tree, forest, open);
  addSchema(tree, schema);
  addAccounts(tree, containers, forest.administratorPassword);
  addController(tree, containers);
  return tree;
}

function addDomain(tree: Tree, descriptor: Descriptor): void {
  const dn = formatDn(tree.base);
  const wellKnown = wellKnownContainers.flatMap(({ name, className, wellKnownGuid }) => {
    if (wellKnownGuid === undefined) return [];
    const rdn = formatRdn({ type: className === "organizationalUnit" ? "OU" : "CN", value: name });
    return [`B:32:${wellKnownGuid}:${rdn},${dn}`];
  });
  const domain = create(tree, {
    parent: undefined,
    className: "domainDNS",
    name: tree.base[0]?.value ?? "",
    sid: tree.domainSid,
    descriptor,
    partition: true,
    attributes: map({
      systemFlags: cannotBeChanged,
      isCriticalSystemObject: "TRUE",
      wellKnownObjects: wellKnown,
      "ms-DS-MachineAccountQuota": 10,
      "msDS-Behavior-Version": 7,
      maxPwdAge: "-36288000000000",
      minPwdLength: 7,
      pwdProperties: 1,
      lockoutThreshold: 0,
      nTMixedDomain: 0,
    }),
  });
  tree.partitions.push(domain);
}

function addContainers(tree: Tree): ReadonlyMap<string, Entry> {
  const made = wellKnownContainers.map(({ name, className, isCritical, isAdvanced }) => {
    const attributes: Record<string, Value | number> = {
      showInAdvancedViewOnly: isAdvanced ? "TRUE" : "FALSE",
    };
    if (isCritical)
      Object.assign(attributes, { systemFlags: cannotBeChanged, isCriticalSystemObject: "TRUE" });
    // The container of tombstones is deleted itself, so that only the show-deleted control shows it.
    if (name === "Deleted Objects") Object.assign(attributes, { isDeleted: "TRUE" });
    const entry = create(tree, { parent: tree.domain, className, name, attributes: map(attributes) });
    entry.deleted = name === "Deleted Objects";
    return [name, entry] as const;
  });
  return new Map(made);
}

function addConfiguration(tree: Tree, forest: Forest, descriptor: Descriptor): Entry {
  const dn = formatDn(tree.base);
  const partition = { descriptor, partition: true, attributes: map({ systemFlags: cannotBeChanged }) };
  const configuration = create(tree, {
    ...partition,
    parent: tree.domain,
    className: "configuration",
    name: "Configuration",
  });
  const schema = create(tree, { ...partition, parent: configuration, className: "dMD", name: "Schema" });
  tree.partitions.push(configuration, schema);
  const below = (parent: Entry, className: string, name: string, attributes: Attributes = {}) =>
    create(tree, {
      parent,
      className,
      name,
      attributes: map({ systemFlags: cannotBeDeleted, ...attributes }),
    });
  const partitions = below(configuration, "crossRefContainer", "Partitions", { "msDS-Behavior-Version": 7 });
  const crossRef = { dnsRoot: dnsName(tree.base), showInAdvancedViewOnly: "TRUE" };
  below(partitions, "crossRef", "Enterprise Configuration", {
    ...crossRef,
    nCName: `CN=Configuration,${dn}`,
    systemFlags: 1,
  });
  below(partitions, "crossRef", "Enterprise Schema", {
    ...crossRef,
    nCName: `CN=Schema,CN=Configuration,${dn}`,
    systemFlags: 1,
  });
  below(partitions, "crossRef", forest.netbiosName, {
    ...crossRef,
    nCName: dn,
    nETBIOSName: forest.netbiosName,
    systemFlags: 3,
    "msDS-Behavior-Version": 7,
  });
  for (const name of ["Services", "Extended-Rights", "DisplaySpecifiers"])
    below(configuration, "container", name);
  const sites = below(configuration, "sitesContainer", "Sites");
  const site = below(sites, "site", "Default-First-Site-Name");
  const servers = below(site, "serversContainer", "Servers");
  const server = below(servers, "server", controller, {
    dNSHostName: controllerDns(tree.base),
    serverReference: `CN=${controller},OU=Domain Controllers,${dn}`,
  });
  below(server, "nTDSDSA", "NTDS Settings", { options: 1, "msDS-Behavior-Version": 7 });
  return schema;
}

function addSchema(tree: Tree, schema: Entry): void {
  for (const one of attributes) {
    const values: Record<string, Value | number> = {
      lDAPDisplayName: one.name,
      attributeID: one.oid,
      attributeSyntax: one.attributeSyntax,
      oMSyntax: one.oMSyntax,
      isSingleValued: one.single ? "TRUE" : "FALSE",
      searchFlags: one.searchFlags,
      systemOnly: one.systemOnly ? "TRUE" : "FALSE",
      systemFlags: one.systemFlags,
      schemaIDGUID: guidBytes(one.guid),
    };
    if (one.lower !== undefined) values.rangeLower = one.lower;
    if (one.upper !== undefined) values.rangeUpper = one.upper;
    if (one.linkId !== undefined) values.linkID = one.linkId;
    if (one.securityGuid !== undefined) values.attributeSecurityGUID = guidBytes(one.securityGuid);
    create(tree, { parent: schema, className: "attributeSchema", name: one.cn, attributes: map(values) });
  }
  for (const one of classes) {
    const attributes = map({
      lDAPDisplayName: one.name,
      governsID: one.oid,
      subClassOf: one.superclass ?? one.name,
      rDNAttID: one.rdnType,
      schemaIDGUID: guidBytes(one.guid),
      objectClassCategory: one.category,
      ...(one.superiors.length > 0 ? { systemPossSuperiors: one.superiors } : {}),
      ...(one.attributes.length > 0 ? { systemMayContain: one.attributes } : {}),
    });
    create(tree, { parent: schema, className: "classSchema", name: one.cn, attributes });
  }
}

function addAccounts(tree: Tree, containers: ReadonlyMap<string, Entry>, password: string): void {
  const made = new Map<string, Entry>();
  const protection = (isProtected: boolean) => (isProtected ? { descriptor: guarded(tree.domainSid) } : {});
  for (const account of wellKnownAccounts) {
    const entry = create(tree, {
      ...protection(account.isProtected),
      parent: containers.get("Users"),
      className: "user",
      name: account.name,
      sid: `${tree.domainSid}-${account.rid}`,
      attributes: map({
        sAMAccountName: account.name,
        description: account.description,
        userAccountControl: account.userAccountControl,
        primaryGroupID: account.primaryGroup,
        sAMAccountType: 0x30000000,
        isCriticalSystemObject: "TRUE",
        ...(account.isProtected ? { adminCount: 1 } : {}),
      }),
    });
    made.set(account.name, entry);
  }
  const administrator = made.get("Administrator") as Entry;
  administrator.password = recordOf(password);
  for (const group of wellKnownGroups) {
    const isLocal = group.scope === "domainLocal" || group.scope === "builtin";
    const entry = create(tree, {
      ...protection(group.isProtected),
      parent: containers.get(group.place.slice(3)),
      className: "group",
      name: group.name,
      sid: `${group.scope === "builtin" ? "S-1-5-32" : tree.domainSid}-${group.rid}`,
      attributes: map({
        sAMAccountName: group.name,
        description: group.description,
        groupType: groupTypes[group.scope],
        sAMAccountType: isLocal ? 0x20000000 : 0x10000000,
        isCriticalSystemObject: "TRUE",
        ...(group.scope === "builtin" ? { systemFlags: cannotBeChanged } : {}),
        ...(group.isProtected ? { adminCount: 1 } : {}),
      }),
    });
    made.set(group.name, entry);
  }
  for (const group of wellKnownGroups) {
    const members = group.members.flatMap((name) => made.get(name) ?? []);
    tree.setLinks(made.get(group.name) as Entry, "member", new Set(members));
  }
}

function addController(tree: Tree, containers: ReadonlyMap<string, Entry>): void {
  create(tree, {
    parent: containers.get("Domain Controllers"),
    className: "computer",
    name: controller,
    sid: `${tree.domainSid}-1000`,
    attributes: map({
      sAMAccountName: `${controller}$`,
      dNSHostName: controllerDns(tree.base),
      operatingSystem: "Windows Server 2022 Standard",
      userAccountControl: 0x82000,
      primaryGroupID: 516,
      sAMAccountType: 0x30000001,
      isCriticalSystemObject: "TRUE",
    }),
  });
  const system = containers.get("System");
  for (const name of ["AdminSDHolder", "Policies", "RID Manager$"]) {
    create(tree, {
      parent: system,
      className: "container",
      name,
      attributes: map({ systemFlags: cannotBeChanged }),
    });
  }
}
