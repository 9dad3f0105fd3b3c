import { type Attribute, findAttribute, attributes as schemaAttributes } from "../schema/schema.ts";
import { effectiveAces, mayDo, type Token } from "../security/access.ts";
import { encodeDescriptor, parts, rights } from "../security/descriptor.ts";
import type { Entry } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";
import type { OutAttribute } from "../wire/response.ts";
import { constructed } from "./constructed.ts";
import { type DnForm, writeDn, writeDnText } from "./extended-dn.ts";
import { linkOf } from "./match.ts";

/** The most values of one attribute in one answer: AD's MaxValRange (MS-ADTS 3.1.1.3.4.6). Samba has no such limit. */
const maximumValues = 1500;

export type Selection = {
  readonly names: readonly string[];
  readonly typesOnly: boolean;
  readonly dnForm: DnForm;
  /** The parts of nTSecurityDescriptor that the SD flags control names; undefined without the control. */
  readonly sdFlags: number | undefined;
};

type Range = { readonly from: number; readonly to: number };
type Chosen = { readonly attribute: Attribute; readonly range: Range | undefined };

/** Turns the requested names into attributes, once for a search: names that the schema lacks fall away. */
export function chooser(selection: Selection): (entry: Entry) => readonly Chosen[] {
  const names = selection.names.length === 0 ? ["*"] : selection.names;
  const chosen = new Map<string, Chosen>();
  for (const name of names) {
    const one = choose(name);
    if (one !== undefined) chosen.set(one.attribute.name, one);
  }
  if (!names.includes("*")) return () => [...chosen.values()];
  if (selection.sdFlags !== undefined && !chosen.has(descriptor.attribute.name)) {
    chosen.set(descriptor.attribute.name, descriptor);
  }
  const explicit = [...chosen.values()];
  return (entry) => [...held(entry).filter(({ attribute }) => !chosen.has(attribute.name)), ...explicit];
}

function choose(name: string): Chosen | undefined {
  const [base = "", ...options] = name.split(";");
  const attribute = findAttribute(base);
  if (attribute === undefined) return undefined;
  const range = /^range=(\d+)-(\d+|\*)$/i.exec(options.find((option) => /^range=/i.test(option)) ?? "");
  if (range === null) return { attribute, range: undefined };
  const to = range[2] === "*" ? Number.POSITIVE_INFINITY : Number(range[2]);
  return { attribute, range: { from: Number(range[1]), to } };
}

const descriptor: Chosen = {
  attribute: findAttribute("nTSecurityDescriptor") as Attribute,
  range: undefined,
};
const distinguishedName: Chosen = {
  attribute: findAttribute("distinguishedName") as Attribute,
  range: undefined,
};
const links: readonly Chosen[] = schemaAttributes
  .filter((attribute) => attribute.linkId !== undefined)
  .map((attribute) => ({ attribute, range: undefined }));
const plain = new Map(
  schemaAttributes.map((attribute) => [
    attribute.name.toLowerCase(),
    { attribute, range: undefined } as Chosen,
  ]),
);

/** What `*` stands for: all that the entry has and that is not computed. */
function held(entry: Entry): Chosen[] {
  const own = [...entry.attributes.keys()].flatMap((name) => plain.get(name) ?? []);
  const linked = entry.links.size + entry.backLinks.size === 0 ? [] : links;
  return [...own, ...linked, distinguishedName];
}

/** The entry's chosen attributes as they go out. */
export function select(
  tree: Tree,
  entry: Entry,
  chosen: readonly Chosen[],
  selection: Selection,
  token: Token,
): OutAttribute[] {
  const out: OutAttribute[] = [];
  for (const { attribute, range } of chosen) {
    const values = valuesOf(tree, entry, attribute, selection, token);
    if (values.length === 0) continue;
    const { name, slice } = windowed(attribute.name, values, range);
    if (slice !== undefined) out.push({ name, values: selection.typesOnly ? [] : slice });
  }
  return out;
}

type OutValues = readonly (string | Buffer)[];

/** Cuts to the range that was asked for, and to what AD gives at once (MS-ADTS 3.1.1.3.1.3.3). */
function windowed(
  name: string,
  values: OutValues,
  range: Range | undefined,
): { name: string; slice?: OutValues } {
  if (range === undefined && values.length <= maximumValues) return { name, slice: values };
  const from = range?.from ?? 0;
  if (from >= values.length) return { name };
  const to = Math.min(range?.to ?? Number.POSITIVE_INFINITY, from + maximumValues - 1);
  const isLast = to >= values.length - 1;
  return { name: `${name};range=${from}-${isLast ? "*" : to}`, slice: values.slice(from, to + 1) };
}

function valuesOf(
  tree: Tree,
  entry: Entry,
  attribute: Attribute,
  selection: Selection,
  token: Token,
): OutValues {
  const link = linkOf(attribute);
  if (link !== undefined) return [...link(entry)].map((other) => writeDn(tree, other, selection.dnForm));
  switch (attribute.name) {
    case "distinguishedName":
      return [writeDn(tree, entry, selection.dnForm)];
    case "nTSecurityDescriptor":
      return descriptorOf(entry, selection.sdFlags ?? 15, token);
  }
  const values = attribute.constructed
    ? constructed(tree, entry, attribute.name, token)
    : (entry.attributes.get(attribute.name.toLowerCase()) ?? constructed(tree, entry, attribute.name, token));
  if (attribute.syntax !== "dn" || selection.dnForm === "plain") return values;
  return values.map((value) =>
    typeof value === "string" ? writeDnText(tree, value, selection.dnForm) : value,
  );
}

/** AD gives no part of the descriptor when audit entries are asked for without the right to see them. */
function descriptorOf(entry: Entry, flags: number, token: Token): OutValues {
  if (flags & parts.sacl && !mayDo(token, entry, rights.writeOwner)) return [];
  if (!mayDo(token, entry, rights.readControl)) return [];
  const aces = entry.descriptor.protected ? entry.descriptor.aces : effectiveAces(entry);
  return [encodeDescriptor({ ...entry.descriptor, aces }, flags === 0 ? 15 : flags)];
}
