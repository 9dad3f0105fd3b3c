import type { Group } from "#lib/sandbox/tenant/objects.ts";

/** A group of the seed: who is in it, by account name of the synced people, user nickname, device or group key. */
export type SeedGroup = Pick<Group, "displayName"> & {
  /** Names the group in code and gives its object id; never shown. */
  readonly key: string;
  readonly description: string | null;
  readonly type: "microsoft365" | "security" | "mailEnabledSecurity" | "distribution";
  readonly rule?: string;
  /** Mastered in AD and synchronised up, so that it must never be written back. */
  readonly synced?: true;
  readonly people?: readonly string[];
  readonly groups?: readonly string[];
  readonly devices?: readonly string[];
  /** Account names. */
  readonly owners?: readonly string[];
};

const engineering = ["emil.novak", "fatima.zahra", "george.oneill", "hana.sato", "ivan.petrov"];
const sales = ["ana.silva", "ben.okafor", "chen.wei", "dana.levy"];
const finance = ["julia.meyer", "kofi.mensah", "lena.fischer"];
const others = ["maya.cohen", "nils.berg", "olga.ivanova", "pedro.alvarez"];

/** Every group of Contoso: the kinds that are written back, those that are not, and names that are awkward in a DN. */
export const contosoGroups: readonly SeedGroup[] = [
  {
    key: "sales-team",
    displayName: "Sales team",
    description: "Customers, offers and forecasts",
    type: "microsoft365",
    people: [...sales, "quinn.nakamura"],
    owners: ["ana.silva"],
  },
  {
    key: "all-engineering",
    displayName: "All engineering",
    description: "Everybody in Engineering, by department",
    type: "security",
    rule: '(user.department -eq "Engineering") -and (user.dirSyncEnabled -eq true)',
    people: engineering,
  },
  {
    key: "finance-readers",
    displayName: "Finance reports readers",
    description: "May open the monthly figures",
    type: "security",
    people: finance,
    owners: ["julia.meyer"],
  },
  {
    key: "project-aurora",
    displayName: "Project Aurora",
    description: "The new plant: builders, and the readers of finance reports",
    type: "security",
    people: ["emil.novak", "fatima.zahra"],
    groups: ["finance-readers"],
  },
  {
    key: "all-staff",
    displayName: "All staff",
    description: "Everybody who is synchronised from the domain",
    type: "microsoft365",
    rule: "(user.dirSyncEnabled -eq true)",
    people: [...sales, ...engineering, ...finance, ...others],
  },
  {
    key: "invoice-approval",
    displayName: "Invoice approval",
    description: "Mail-enabled security group, kept in Exchange Online",
    type: "mailEnabledSecurity",
    people: finance,
  },
  {
    key: "contoso-news",
    displayName: "Contoso news",
    description: "Distribution list, kept in Exchange Online",
    type: "distribution",
    people: ["maya.cohen", "nils.berg"],
  },
  {
    key: "file-share-users",
    displayName: "File share users",
    description: "Comes from the domain; its source of authority is AD",
    type: "security",
    synced: true,
    people: ["olga.ivanova", "pedro.alvarez"],
  },
  {
    key: "on-call",
    displayName: 'Ops, R+D & "core" <on call>',
    description: "Comma, plus, quotes and angle brackets in one name",
    type: "security",
    people: ["olga.ivanova", "george.oneill"],
  },
  {
    key: "general",
    displayName: "#general",
    description: null,
    type: "microsoft365",
    people: ["ana.silva", "maya.cohen", "olga.ivanova"],
  },
  {
    key: "trailing-blank",
    displayName: "Printers second floor ",
    description: "The name ends with a blank",
    type: "security",
    people: ["nils.berg"],
  },
  {
    key: "zurich",
    displayName: "Büro Zürich – Übergänge & Größen",
    description: "Umlauts and a dash",
    type: "security",
    people: ["lena.fischer", "julia.meyer"],
  },
  {
    key: "launch-crew",
    displayName: "🚀 Launch crew",
    description: "People whom only the cloud knows, a guest, and one from the domain",
    type: "microsoft365",
    people: ["ana.silva", "quinn.nakamura", "rosa.lindqvist", "sam.whitfield", "tess.partner"],
  },
  {
    key: "hebrew",
    displayName: "צוות מכירות ישראל",
    description: "צוות המכירות בתל אביב",
    type: "security",
    people: ["dana.levy", "maya.cohen"],
  },
  {
    key: "long-name",
    displayName: "Regional compliance, audit and records retention board for Europe and the Levant",
    description: "Eighty characters, longer than a name in AD may be",
    type: "security",
    people: ["kofi.mensah", "maya.cohen"],
  },
  {
    key: "project-team-1",
    displayName: "Project team",
    description: "The first of two groups with the same name",
    type: "security",
    people: ["hana.sato"],
  },
  {
    key: "project-team-2",
    displayName: "Project team",
    description: "The second of two groups with the same name",
    type: "microsoft365",
    people: ["ivan.petrov", "chen.wei"],
  },
  { key: "waiting-list", displayName: "Waiting list", description: "Nobody is in it yet", type: "security" },
  {
    key: "kiosks",
    displayName: "Reception kiosks",
    description: "A device and the person who looks after it",
    type: "security",
    people: ["pedro.alvarez"],
    devices: ["kiosk-01"],
  },
];
