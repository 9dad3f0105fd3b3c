import { encode, encodeInteger, encodeText, tags } from "./ber.ts";
import { type Control, encodeControls } from "./controls.ts";

/** An LDAPResult (RFC 4511, 4.1.9). */
export type Result = {
  readonly code: number;
  readonly diagnostic: string;
  readonly matchedDn?: string;
};

/** An attribute of a search result as it goes out; no values when only types were asked for. */
export type OutAttribute = { readonly name: string; readonly values: readonly (string | Buffer)[] };

/** The tag of the response to the request with this tag; undefined where none is due (unbind, abandon). */
export function responseTag(requestTag: number): number | undefined {
  return responseTags.get(requestTag);
}

const responseTags: ReadonlyMap<number, number> = new Map([
  [0x60, 0x61],
  [0x63, 0x65],
  [0x66, 0x67],
  [0x68, 0x69],
  [0x4a, 0x6b],
  [0x6c, 0x6d],
  [0x6e, 0x6f],
  [0x77, 0x78],
]);

function message(id: number, operation: Buffer, controls: readonly Control[] = []): Buffer {
  const tail = controls.length > 0 ? [encodeControls(controls)] : [];
  return encode(tags.sequence, encodeInteger(id), operation, ...tail);
}

function resultParts({ code, diagnostic, matchedDn = "" }: Result): Buffer[] {
  return [encodeInteger(code, tags.enumerated), encodeText(matchedDn), encodeText(diagnostic)];
}

/** The message that ends an operation; `tag` is the response's. */
export function encodeResult(
  id: number,
  tag: number,
  result: Result,
  controls: readonly Control[] = [],
): Buffer {
  return message(id, encode(tag, ...resultParts(result)), controls);
}

/** The response to an extended request. */
export function encodeExtended(id: number, result: Result, oid?: string, value?: string): Buffer {
  const parts = resultParts(result);
  if (oid !== undefined) parts.push(encodeText(oid, 0x8a));
  if (value !== undefined) parts.push(encodeText(value, 0x8b));
  return message(id, encode(0x78, ...parts));
}

/** The notice of disconnection (RFC 4511, 4.4.1), after which the server closes the connection. */
export function encodeDisconnection(result: Result): Buffer {
  return encodeExtended(0, result, "1.3.6.1.4.1.1466.20036");
}

export function encodeEntry(id: number, dn: string, attributes: readonly OutAttribute[]): Buffer {
  const list = attributes.map(({ name, values }) =>
    encode(
      tags.sequence,
      encodeText(name),
      encode(
        tags.set,
        ...values.map((value) =>
          typeof value === "string" ? encodeText(value) : encode(tags.octets, value),
        ),
      ),
    ),
  );
  return message(id, encode(0x64, encodeText(dn), encode(tags.sequence, ...list)));
}

/** A search continuation reference (RFC 4511, 4.5.3), as AD gives for partitions below the base. */
export function encodeReference(id: number, url: string): Buffer {
  return message(id, encode(0x73, encodeText(url)));
}
