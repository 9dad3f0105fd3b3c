import { type Dn, formatDn, formatRdn } from "../names/dn.ts";
import { newDomainSid } from "../names/sid.ts";
import type { Value } from "../schema/value.ts";
import { type Ace, aceFlags, type Descriptor, rights } from "../security/descriptor.ts";
import { recordOf } from "../security/password.ts";
import { cannotBeChanged, map } from "./attributes.ts";
import { addConfiguration, addSchema } from "./configuration.ts";
import { controller, controllerDns } from "./controller.ts";
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
  const schema = addConfiguration(tree, open);
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
