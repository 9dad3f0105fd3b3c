import {
  type Element,
  expect,
  MalformedError,
  readBoolean,
  readElements,
  readInteger,
  readText,
  tags,
} from "./ber.ts";
import { type Control, readControls } from "./controls.ts";
import { type Filter, readFilter } from "./filter.ts";

/** An attribute with values, as in an add or a modify request. */
export type AttributeValues = { readonly attribute: string; readonly values: readonly Buffer[] };

export type Modification = AttributeValues & { readonly type: "add" | "delete" | "replace" };

export type SearchRequest = {
  readonly kind: "search";
  readonly base: string;
  readonly scope: "base" | "one" | "sub";
  readonly sizeLimit: number;
  readonly typesOnly: boolean;
  readonly filter: Filter;
  readonly attributes: readonly string[];
};

/** A request's protocol operation (RFC 4511, 4.2 to 4.12). */
export type Operation =
  | {
      readonly kind: "bind";
      readonly version: number;
      readonly name: string;
      /** undefined for SASL, which the server does not offer. */
      readonly password: string | undefined;
    }
  | { readonly kind: "unbind" }
  | SearchRequest
  | { readonly kind: "modify"; readonly dn: string; readonly modifications: readonly Modification[] }
  | { readonly kind: "add"; readonly dn: string; readonly attributes: readonly AttributeValues[] }
  | { readonly kind: "delete"; readonly dn: string }
  | {
      readonly kind: "modifyDn";
      readonly dn: string;
      readonly newRdn: string;
      readonly deleteOldRdn: boolean;
      readonly newSuperior: string | undefined;
    }
  | { readonly kind: "compare"; readonly dn: string; readonly attribute: string; readonly value: Buffer }
  | { readonly kind: "abandon"; readonly id: number }
  | { readonly kind: "extended"; readonly oid: string; readonly value: Buffer | undefined };

export type OperationKind = Operation["kind"];

/** The envelope of a message; the operation is decoded apart, so that its errors can be answered by id. */
export type Message = {
  readonly id: number;
  readonly operation: Element;
  readonly controls: readonly Control[];
};

/** Decodes the envelope from a message's content. Throws MalformedError. */
export function readMessage(content: Buffer): Message {
  const [id, operation, controls] = readElements(content);
  if (operation === undefined) throw new MalformedError("operation is missing");
  return {
    id: readInteger(expect(id, tags.integer, "message id")),
    operation,
    controls: controls?.tag === 0xa0 ? readControls(controls.content) : [],
  };
}

/** Decodes a request's operation. Throws MalformedError. */
export function readOperation({ tag, content }: Element): Operation {
  switch (tag) {
    case 0x60:
      return readBind(content);
    case 0x42:
      return { kind: "unbind" };
    case 0x63:
      return readSearch(content);
    case 0x66:
      return readModify(content);
    case 0x68:
      return readAdd(content);
    case 0x4a:
      return { kind: "delete", dn: readText(content) };
    case 0x6c:
      return readModifyDn(content);
    case 0x6e: {
      const [dn, assertion] = readElements(content);
      const [attribute, value] = readElements(expect(assertion, tags.sequence, "assertion"));
      return {
        kind: "compare",
        dn: text(dn, "entry"),
        attribute: text(attribute, "attribute"),
        value: expect(value, tags.octets, "assertion value"),
      };
    }
    case 0x50:
      return { kind: "abandon", id: readInteger(content) };
    case 0x77: {
      const [oid, value] = readElements(content);
      return { kind: "extended", oid: readText(expect(oid, 0x80, "request name")), value: value?.content };
    }
    default:
      throw new MalformedError(`unknown operation 0x${tag.toString(16)}`);
  }
}

function text(element: Element | undefined, what: string): string {
  return readText(expect(element, tags.octets, what));
}

function readBind(content: Buffer): Operation {
  const [version, name, authentication] = readElements(content);
  if (authentication === undefined) throw new MalformedError("authentication is missing");
  return {
    kind: "bind",
    version: readInteger(expect(version, tags.integer, "version")),
    name: text(name, "name"),
    password: authentication.tag === 0x80 ? authentication.content.toString("utf8") : undefined,
  };
}

const scopes = ["base", "one", "sub"] as const;

function readSearch(content: Buffer): SearchRequest {
  const [base, scope, , size, , typesOnly, filter, attributes] = readElements(content);
  const named = scopes[readInteger(expect(scope, tags.enumerated, "scope"))];
  if (named === undefined) throw new MalformedError("scope is unknown");
  return {
    kind: "search",
    base: text(base, "base"),
    scope: named,
    sizeLimit: readInteger(expect(size, tags.integer, "size limit")),
    typesOnly: readBoolean(expect(typesOnly, tags.boolean, "typesOnly")),
    filter: readFilter(filter),
    attributes: readElements(expect(attributes, tags.sequence, "attributes")).map((one) =>
      text(one, "attribute"),
    ),
  };
}

function readAttribute(element: Element | undefined): AttributeValues {
  const [attribute, values] = readElements(expect(element, tags.sequence, "attribute"));
  return {
    attribute: text(attribute, "attribute type"),
    values: readElements(expect(values, tags.set, "values")).map((one) => expect(one, tags.octets, "value")),
  };
}

const modificationTypes = ["add", "delete", "replace"] as const;

function readModify(content: Buffer): Operation {
  const [dn, list] = readElements(content);
  const modifications = readElements(expect(list, tags.sequence, "changes")).map((change) => {
    const [type, attribute] = readElements(expect(change, tags.sequence, "change"));
    const named = modificationTypes[readInteger(expect(type, tags.enumerated, "change type"))];
    if (named === undefined) throw new MalformedError("change type is unknown");
    return { type: named, ...readAttribute(attribute) };
  });
  return { kind: "modify", dn: text(dn, "object"), modifications };
}

function readAdd(content: Buffer): Operation {
  const [dn, attributes] = readElements(content);
  return {
    kind: "add",
    dn: text(dn, "entry"),
    attributes: readElements(expect(attributes, tags.sequence, "attributes")).map(readAttribute),
  };
}

function readModifyDn(content: Buffer): Operation {
  const [dn, newRdn, deleteOldRdn, newSuperior] = readElements(content);
  return {
    kind: "modifyDn",
    dn: text(dn, "entry"),
    newRdn: text(newRdn, "new RDN"),
    deleteOldRdn: readBoolean(expect(deleteOldRdn, tags.boolean, "deleteoldrdn")),
    newSuperior: newSuperior && readText(expect(newSuperior, 0x80, "new superior")),
  };
}
