import { timeText } from "../schema/value.ts";
import { controller, controllerDns, dnsName } from "../tree/controller.ts";
import type { Tree } from "../tree/tree.ts";
import { knownControls } from "../wire/controls.ts";
import type { OutAttribute } from "../wire/response.ts";

/** AD's capabilities (MS-ADTS 3.1.1.3.4.3): Active Directory, V51, LDAP integration, V60, V61R2, W8. */
const capabilities = ["800", "1670", "1791", "1935", "2080", "2237"].map(
  (end) => `1.2.840.113556.1.4.${end}`,
);

export const extensions = { startTls: "1.3.6.1.4.1.1466.20037", whoAmI: "1.3.6.1.4.1.4203.1.11.3" } as const;

/** The root entry (MS-ADTS 3.1.1.3.2), which everyone may read. `names` as in a search request. */
export function rootDse(tree: Tree, names: readonly string[], typesOnly: boolean): OutAttribute[] {
  const base = tree.dnOf(tree.domain);
  const configuration = `CN=Configuration,${base}`;
  const server = `CN=${controller},CN=Servers,CN=Default-First-Site-Name,CN=Sites,${configuration}`;
  const domain = dnsName(tree.base);
  const all: Readonly<Record<string, readonly string[]>> = {
    currentTime: [timeText(new Date())],
    subschemaSubentry: [`CN=Aggregate,CN=Schema,${configuration}`],
    dsServiceName: [`CN=NTDS Settings,${server}`],
    namingContexts: tree.partitions.map((one) => tree.dnOf(one)),
    defaultNamingContext: [base],
    schemaNamingContext: [`CN=Schema,${configuration}`],
    configurationNamingContext: [configuration],
    rootDomainNamingContext: [base],
    supportedControl: [...knownControls],
    supportedLDAPVersion: ["3"],
    supportedExtension: Object.values(extensions),
    highestCommittedUSN: [String(tree.usn)],
    dnsHostName: [controllerDns(tree.base)],
    ldapServiceName: [`${domain}:${controller.toLowerCase()}$@${domain.toUpperCase()}`],
    serverName: [server],
    supportedCapabilities: capabilities,
    isSynchronized: ["TRUE"],
    isGlobalCatalogReady: ["TRUE"],
    domainFunctionality: ["7"],
    forestFunctionality: ["7"],
    domainControllerFunctionality: ["7"],
  };
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const takesAll = names.length === 0 || wanted.has("*") || wanted.has("+");
  return Object.entries(all)
    .filter(([name]) => takesAll || wanted.has(name.toLowerCase()))
    .map(([name, values]) => ({ name, values: typesOnly ? [] : values }));
}
