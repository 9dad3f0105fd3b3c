import {
  type Element,
  encode,
  encodeInteger,
  encodeText,
  expect,
  readBoolean,
  readElements,
  readInteger,
  readText,
  tags,
} from "./ber.ts";

/** A control as it stands in a message (RFC 4511, 4.1.11). */
export type Control = {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Buffer | undefined;
};

/** The controls that the server knows, by their names in MS-ADTS 3.1.1.3.4.1. */
export const controlOids = {
  pagedResults: "1.2.840.113556.1.4.319",
  showDeleted: "1.2.840.113556.1.4.417",
  extendedDn: "1.2.840.113556.1.4.529",
  lazyCommit: "1.2.840.113556.1.4.619",
  sdFlags: "1.2.840.113556.1.4.801",
  treeDelete: "1.2.840.113556.1.4.805",
  verifyName: "1.2.840.113556.1.4.1338",
  domainScope: "1.2.840.113556.1.4.1339",
  permissiveModify: "1.2.840.113556.1.4.1413",
  showRecycled: "1.2.840.113556.1.4.2064",
} as const;

export const knownControls: ReadonlySet<string> = new Set(Object.values(controlOids));

export function readControls(content: Buffer): Control[] {
  return readElements(content).map((element) => {
    const parts = readElements(expect(element, tags.sequence, "control"));
    const oid = readText(expect(parts.shift(), tags.octets, "control type"));
    const critical = parts[0]?.tag === tags.boolean ? readBoolean((parts.shift() as Element).content) : false;
    const value = parts.length > 0 ? expect(parts.shift(), tags.octets, "control value") : undefined;
    return { oid, critical, value };
  });
}

export function encodeControls(controls: readonly Control[]): Buffer {
  const encoded = controls.map(({ oid, critical, value }) =>
    encode(
      tags.sequence,
      encodeText(oid),
      ...(critical ? [encode(tags.boolean, Buffer.from([0xff]))] : []),
      ...(value === undefined ? [] : [encode(tags.octets, value)]),
    ),
  );
  return encode(0xa0, ...encoded);
}

/** The value of a paged results control, in a request (RFC 2696). */
export function readPaging(value: Buffer): { readonly size: number; readonly cookie: string } {
  const [size, cookie] = readElements(expect(readElements(value)[0], tags.sequence, "paging"));
  return {
    size: readInteger(expect(size, tags.integer, "page size")),
    cookie: expect(cookie, tags.octets, "cookie").toString("latin1"),
  };
}

/** The paged results control of a response; an empty cookie says that this was the last page. */
export function pagingControl(cookie: string): Control {
  const value = encode(tags.sequence, encodeInteger(0), encode(tags.octets, Buffer.from(cookie, "latin1")));
  return { oid: controlOids.pagedResults, critical: false, value };
}

/** The number in a control value that is SEQUENCE { INTEGER }, as of the extended DN and SD flags controls. */
export function readFlags(value: Buffer): number {
  const [flags] = readElements(expect(readElements(value)[0], tags.sequence, "flags"));
  return readInteger(expect(flags, tags.integer, "flags"));
}
