import { formatDn } from "../names/dn.ts";
import { guidBytes } from "../names/guid.ts";
import { attributes, classes } from "../schema/schema.ts";
import type { Value } from "../schema/value.ts";
import type { Descriptor } from "../security/descriptor.ts";
import { type Attributes, cannotBeChanged, cannotBeDeleted, map } from "./attributes.ts";
import { controller, controllerDns, dnsName } from "./controller.ts";
import { create } from "./create.ts";
import type { Entry } from "./entry.ts";
import type { Tree } from "./tree.ts";

/** The configuration partition with its partitions and sites, and the schema partition, which is given back. */
export function addConfiguration(tree: Tree, descriptor: Descriptor): Entry {
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
  below(partitions, "crossRef", tree.netbiosName, {
    ...crossRef,
    nCName: dn,
    nETBIOSName: tree.netbiosName,
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
  below(server, "nTDSDSA", "NTDS Settings", {
    options: 1,
    "msDS-Behavior-Version": 7,
    // Names this database, as the objects' own ids do that were made with it.
    invocationId: guidBytes(server.guid),
  });
  return schema;
}

/** An object for each attribute and class of the schema. */
export function addSchema(tree: Tree, schema: Entry): void {
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
