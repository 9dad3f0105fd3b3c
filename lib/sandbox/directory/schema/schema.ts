import { attributeTable } from "./attribute-table.ts";
import { classTable } from "./class-table.ts";

/** How an attribute's values look, named for MS-ADTS 3.1.1.2.2.2. */
export type Syntax =
  | "dn"
  | "dnBinary"
  | "oid"
  | "text"
  | "exactText"
  | "boolean"
  | "integer"
  | "largeInteger"
  | "octets"
  | "sid"
  | "descriptor"
  | "time";

export type Attribute = {
  readonly name: string;
  readonly cn: string;
  readonly oid: string;
  readonly attributeSyntax: string;
  readonly oMSyntax: number;
  readonly syntax: Syntax;
  readonly single: boolean;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  readonly searchFlags: number;
  readonly systemOnly: boolean;
  readonly systemFlags: number;
  /** Computed when it is asked for and else not given (FLAG_ATTR_IS_CONSTRUCTED). */
  readonly constructed: boolean;
  /** Even for a forward link, odd for a back link, undefined for no link (MS-ADTS 3.1.1.1.6). */
  readonly linkId: number | undefined;
  readonly guid: string;
  readonly securityGuid: string | undefined;
};

export type ObjectClass = {
  readonly name: string;
  readonly cn: string;
  readonly oid: string;
  readonly superclass: string | undefined;
  readonly rdnType: string;
  readonly guid: string;
  /** 1 for a class that objects can have as their own (structural), MS-ADTS 3.1.1.2.4.1. */
  readonly category: number;
  readonly defaultCategory: string;
  readonly superiors: readonly string[];
  readonly attributes: readonly string[];
};

const syntaxes: Readonly<Record<string, Syntax>> = {
  "2.5.5.1": "dn",
  "2.5.5.2": "oid",
  "2.5.5.4": "text",
  "2.5.5.5": "exactText",
  "2.5.5.7": "dnBinary",
  "2.5.5.8": "boolean",
  "2.5.5.9": "integer",
  "2.5.5.10": "octets",
  "2.5.5.11": "time",
  "2.5.5.12": "text",
  "2.5.5.15": "descriptor",
  "2.5.5.16": "largeInteger",
  "2.5.5.17": "sid",
};

function rows(table: string): string[][] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.split("|"));
}

const optional = (text: string | undefined) => (text ? Number(text) : undefined);

function readAttribute(row: readonly string[]): Attribute {
  const [name = "", cn = "", oid = "", attributeSyntax = "", oMSyntax] = row;
  const [single, lower, upper, searchFlags, systemOnly, systemFlags, linkId, guid = "", securityGuid] =
    row.slice(5);
  const syntax = syntaxes[attributeSyntax];
  if (syntax === undefined) throw new Error(`attribute ${name} has no known syntax`);
  return {
    name,
    cn,
    oid,
    attributeSyntax,
    oMSyntax: Number(oMSyntax),
    syntax,
    single: single === "1",
    lower: optional(lower),
    upper: optional(upper),
    searchFlags: Number(searchFlags),
    systemOnly: systemOnly === "1",
    systemFlags: Number(systemFlags),
    constructed: (Number(systemFlags) & 4) !== 0,
    linkId: optional(linkId),
    guid,
    securityGuid: securityGuid || undefined,
  };
}

function readClass(row: readonly string[]): ObjectClass {
  const [
    name = "",
    cn = "",
    oid = "",
    superclass,
    rdnType = "cn",
    guid = "",
    category,
    defaultCategory = "",
  ] = row;
  const words = (text: string | undefined) => (text ? text.split(" ") : []);
  return {
    name,
    cn,
    oid,
    superclass: superclass || undefined,
    rdnType,
    guid,
    category: Number(category),
    defaultCategory,
    superiors: words(row[8]),
    attributes: words(row[9]),
  };
}

export const attributes: readonly Attribute[] = rows(attributeTable).map(readAttribute);
export const classes: readonly ObjectClass[] = rows(classTable).map(readClass);

const attributesByName = new Map(
  attributes.flatMap((one) => [[one.name.toLowerCase(), one] as const, [one.oid, one] as const]),
);
const classesByName = new Map(classes.map((one) => [one.name.toLowerCase(), one]));

/** The attribute with this lDAPDisplayName (in any case) or OID. */
export function findAttribute(name: string): Attribute | undefined {
  return attributesByName.get(name.toLowerCase());
}

/** The same for a name that the schema is known to have. */
export function attributeNamed(name: string): Attribute {
  const found = findAttribute(name);
  if (found === undefined) throw new Error(`the schema has no attribute ${name}`);
  return found;
}

export function findClass(name: string): ObjectClass | undefined {
  return classesByName.get(name.toLowerCase());
}

/** The class and its superclasses, `top` first, as they stand in objectClass. */
export function classChain(name: string): readonly ObjectClass[] {
  const own = findClass(name);
  if (own === undefined) return [];
  return own.superclass === undefined ? [own] : [...classChain(own.superclass), own];
}

const allowed = new Map<string, ReadonlySet<string>>();

/** The attributes, in lower case, that objects of the class may have. */
export function allowedAttributes(className: string): ReadonlySet<string> {
  let set = allowed.get(className);
  if (set === undefined) {
    set = new Set(classChain(className).flatMap((one) => one.attributes.map((name) => name.toLowerCase())));
    allowed.set(className, set);
  }
  return set;
}

/** The attribute that holds the other end of the link, by link id. */
export function partnerOf(attribute: Attribute): Attribute | undefined {
  if (attribute.linkId === undefined) return undefined;
  const partner = attribute.linkId % 2 === 0 ? attribute.linkId + 1 : attribute.linkId - 1;
  return attributesByLink.get(partner);
}

const attributesByLink = new Map(
  attributes.flatMap((one) => (one.linkId === undefined ? [] : [[one.linkId, one] as const])),
);
