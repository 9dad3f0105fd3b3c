/** One employee of Contoso as the on-premises directory holds them before anything is synchronised. */
export type Person = {
  readonly account: string;
  readonly givenName: string;
  readonly surname: string;
  readonly displayName: string;
  readonly department: string;
  /** The OU that holds the account, as a path below the domain root, outermost first. */
  readonly unit: readonly string[];
};

const units = {
  Sales: ["Staff", "Sales"],
  Engineering: ["Staff", "Engineering"],
  Finance: ["Staff", "Finance"],
  People: ["Staff", "People"],
  "IT operations": ["Staff", "IT"],
} as const;

function person(account: string, givenName: string, surname: string, department: keyof typeof units): Person {
  const displayName = `${givenName} ${surname}`;
  return { account, givenName, surname, displayName, department, unit: units[department] };
}

/** The employees who are synchronised to the cloud. Names are the demo's public interface: tests use them. */
export const people: readonly Person[] = [
  person("ana.silva", "Ana", "Silva", "Sales"),
  person("ben.okafor", "Ben", "Okafor", "Sales"),
  person("chen.wei", "Chen", "Wei", "Sales"),
  person("dana.levy", "Dana", "Levy", "Sales"),
  person("emil.novak", "Emil", "Novák", "Engineering"),
  person("fatima.zahra", "Fatima", "Zahra", "Engineering"),
  person("george.oneill", "George", "O'Neill", "Engineering"),
  person("hana.sato", "Hana", "Sato", "Engineering"),
  person("ivan.petrov", "Ivan", "Petrov", "Engineering"),
  person("julia.meyer", "Julia", "Meyer", "Finance"),
  person("kofi.mensah", "Kofi", "Mensah", "Finance"),
  person("lena.fischer", "Lena", "Fischer", "Finance"),
  person("maya.cohen", "Maya", "Cohen", "People"),
  person("nils.berg", "Nils", "Berg", "People"),
  person("olga.ivanova", "Olga", "Ivanova", "IT operations"),
  person("pedro.alvarez", "Pedro", "Álvarez", "IT operations"),
];

/** The OUs of Contoso's domain, as paths below the domain root, outermost first; parents before children. */
export const organizationalUnits: readonly (readonly string[])[] = [
  ["Staff"],
  ["Staff", "Sales"],
  ["Staff", "Engineering"],
  ["Staff", "Finance"],
  ["Staff", "People"],
  ["Staff", "IT"],
  ["Groups"],
  ["Groups", "Cloud"],
  ["Groups", "Legacy"],
  ["Servers"],
  ["Service accounts"],
];

/** The account that the agent signs in to the directory with; it may write groups below `delegatedUnit` alone. */
export const serviceAccount = {
  account: "svc-groupwriteback",
  displayName: "Group Writeback agent",
  unit: ["Service accounts"],
  password: "Writeback-Demo-2026",
  delegatedUnit: ["Groups"],
} as const;

/** Password of the sandbox domain's Administrator: a demo value, for a domain that listens on loopback alone. */
export const administratorPassword = "Admin-Demo-2026!";
