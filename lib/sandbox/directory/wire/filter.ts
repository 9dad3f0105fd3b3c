import { type Element, expect, MalformedError, readBoolean, readElements, readText, tags } from "./ber.ts";

/** A search filter (RFC 4511, 4.5.1.7). Assertion values stay bytes: the attribute's syntax tells how to read them. */
export type Filter =
  | { readonly kind: "and" | "or"; readonly parts: readonly Filter[] }
  | { readonly kind: "not"; readonly part: Filter }
  | {
      readonly kind: "equal" | "atLeast" | "atMost" | "approximate";
      readonly attribute: string;
      readonly value: Buffer;
    }
  | {
      readonly kind: "substrings";
      readonly attribute: string;
      readonly initial: Buffer | undefined;
      readonly any: readonly Buffer[];
      readonly final: Buffer | undefined;
    }
  | { readonly kind: "present"; readonly attribute: string }
  | {
      readonly kind: "extensible";
      readonly rule: string | undefined;
      readonly attribute: string | undefined;
      readonly value: Buffer;
      readonly dnAttributes: boolean;
    };

/** Deeper nesting is refused, so that no message can exhaust the stack. */
const maximumDepth = 200;

/** Decodes a filter. Throws MalformedError. */
export function readFilter(element: Element | undefined, depth = 0): Filter {
  if (element === undefined) throw new MalformedError("filter is missing");
  if (depth > maximumDepth) throw new MalformedError("filter is nested too deep");
  const { tag, content } = element;
  switch (tag) {
    case 0xa0:
    case 0xa1: {
      const parts = readElements(content).map((part) => readFilter(part, depth + 1));
      return { kind: tag === 0xa0 ? "and" : "or", parts };
    }
    case 0xa2:
      return { kind: "not", part: readFilter(readElements(content)[0], depth + 1) };
    case 0xa3:
      return { kind: "equal", ...assertion(content) };
    case 0xa4:
      return substrings(content);
    case 0xa5:
      return { kind: "atLeast", ...assertion(content) };
    case 0xa6:
      return { kind: "atMost", ...assertion(content) };
    case 0x87:
      return { kind: "present", attribute: readText(content) };
    case 0xa8:
      return { kind: "approximate", ...assertion(content) };
    case 0xa9:
      return extensible(content);
    default:
      throw new MalformedError(`unknown filter 0x${tag.toString(16)}`);
  }
}

function assertion(content: Buffer): { attribute: string; value: Buffer } {
  const [attribute, value] = readElements(content);
  return {
    attribute: readText(expect(attribute, tags.octets, "attribute")),
    value: expect(value, tags.octets, "assertion value"),
  };
}

function substrings(content: Buffer): Filter {
  const [attribute, parts] = readElements(content);
  const pieces = readElements(expect(parts, tags.sequence, "substrings"));
  if (pieces.length === 0) throw new MalformedError("substrings are empty");
  const any: Buffer[] = [];
  let initial: Buffer | undefined;
  let final: Buffer | undefined;
  for (const [index, piece] of pieces.entries()) {
    if (piece.tag === 0x80 && index === 0) initial = piece.content;
    else if (piece.tag === 0x81) any.push(piece.content);
    else if (piece.tag === 0x82 && index === pieces.length - 1) final = piece.content;
    else throw new MalformedError("substrings are out of order");
  }
  return {
    kind: "substrings",
    attribute: readText(expect(attribute, tags.octets, "attribute")),
    initial,
    any,
    final,
  };
}

function extensible(content: Buffer): Filter {
  const parts = readElements(content);
  const part = (tag: number) => parts.find((candidate) => candidate.tag === tag)?.content;
  const rule = part(0x81);
  const attribute = part(0x82);
  const value = part(0x83);
  const dnAttributes = part(0x84);
  if (value === undefined) throw new MalformedError("match value is missing");
  return {
    kind: "extensible",
    rule: rule && readText(rule),
    attribute: attribute && readText(attribute),
    value,
    dnAttributes: dnAttributes === undefined ? false : readBoolean(dnAttributes),
  };
}
