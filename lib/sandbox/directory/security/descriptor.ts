import { guidBytes, guidText } from "../names/guid.ts";
import { sidBytes, sidLength, sidText } from "../names/sid.ts";

/** Access rights on directory objects (MS-ADTS 5.1.3.2). */
export const rights = {
  createChild: 0x1,
  deleteChild: 0x2,
  listContents: 0x4,
  self: 0x8,
  readProperty: 0x10,
  writeProperty: 0x20,
  deleteTree: 0x40,
  listObject: 0x80,
  controlAccess: 0x100,
  delete: 0x10000,
  readControl: 0x20000,
  writeDacl: 0x40000,
  writeOwner: 0x80000,
  /** All of the above. */
  full: 0xf01ff,
} as const;

/** Flags of an access control entry (MS-DTYP 2.4.4.1). */
export const aceFlags = {
  objectInherit: 0x01,
  containerInherit: 0x02,
  noPropagate: 0x04,
  inheritOnly: 0x08,
  inherited: 0x10,
} as const;

/** An access control entry that allows or denies, with or without object types (MS-DTYP 2.4.4). */
export type Ace = {
  readonly effect: "allow" | "deny";
  readonly flags: number;
  readonly mask: number;
  /** The class, attribute, property set or extended right that it is about; undefined for all. */
  readonly objectType: string | undefined;
  /** The class of objects that inherit it; undefined for all. */
  readonly inheritedObjectType: string | undefined;
  readonly sid: string;
};

/** A security descriptor as far as the directory uses one: without audit entries. */
export type Descriptor = {
  readonly owner: string;
  readonly group: string;
  /** The access control list takes nothing over from the objects above. */
  readonly protected: boolean;
  readonly aces: readonly Ace[];
};

/** The parts of a descriptor, as the SD flags control selects them (MS-ADTS 3.1.1.3.4.1.11). */
export const parts = { owner: 1, group: 2, dacl: 4, sacl: 8 } as const;

const selfRelative = 0x8000;
const daclProtected = 0x1000;
const daclAutoInherited = 0x0400;
const daclPresent = 0x0004;

const aceTypes = { allow: [0, 5], deny: [1, 6] } as const;

function encodeAce(ace: Ace): Buffer {
  const types = [ace.objectType, ace.inheritedObjectType];
  const isObjectAce = types.some((type) => type !== undefined);
  const head = Buffer.alloc(isObjectAce ? 12 : 8);
  head.writeUInt8(aceTypes[ace.effect][isObjectAce ? 1 : 0], 0);
  head.writeUInt8(ace.flags, 1);
  head.writeUInt32LE(ace.mask, 4);
  if (isObjectAce) head.writeUInt32LE((types[0] ? 1 : 0) | (types[1] ? 2 : 0), 8);
  const guids = types.flatMap((type) => (type === undefined ? [] : [guidBytes(type)]));
  const bytes = Buffer.concat([head, ...guids, sidBytes(ace.sid)]);
  bytes.writeUInt16LE(bytes.length, 2);
  return bytes;
}

/** The bytes of the selected parts (MS-DTYP 2.4.6, self-relative). */
export function encodeDescriptor(descriptor: Descriptor, selected: number): Buffer {
  const header = Buffer.alloc(20);
  let control = selfRelative;
  const body: Buffer[] = [];
  let offset = header.length;
  const place = (bytes: Buffer, field: number) => {
    header.writeUInt32LE(offset, field);
    body.push(bytes);
    offset += bytes.length;
  };
  header.writeUInt8(1, 0);
  if (selected & parts.dacl) {
    control |= daclPresent | daclAutoInherited | (descriptor.protected ? daclProtected : 0);
    const aces = descriptor.aces.map(encodeAce);
    const acl = Buffer.concat([Buffer.alloc(8), ...aces]);
    // Revision 4: the list may have object ACEs.
    acl.writeUInt8(4, 0);
    acl.writeUInt16LE(acl.length, 2);
    acl.writeUInt16LE(aces.length, 4);
    place(acl, 16);
  }
  if (selected & parts.owner) place(sidBytes(descriptor.owner), 4);
  if (selected & parts.group) place(sidBytes(descriptor.group), 8);
  header.writeUInt16LE(control, 2);
  return Buffer.concat([header, ...body]);
}

/** The parts that the bytes hold; undefined when they are no self-relative security descriptor. */
export function decodeDescriptor(bytes: Buffer): Partial<Descriptor> | undefined {
  try {
    if (bytes[0] !== 1) return undefined;
    const control = bytes.readUInt16LE(2);
    const owner = sidAt(bytes, bytes.readUInt32LE(4));
    const group = sidAt(bytes, bytes.readUInt32LE(8));
    const dacl = bytes.readUInt32LE(16);
    return {
      ...(owner === undefined ? {} : { owner }),
      ...(group === undefined ? {} : { group }),
      ...(control & daclPresent && dacl !== 0 ? { aces: decodeAcl(bytes, dacl) } : {}),
      protected: (control & daclProtected) !== 0,
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function sidAt(bytes: Buffer, offset: number): string | undefined {
  if (offset === 0) return undefined;
  const rest = bytes.subarray(offset);
  const sid = sidText(rest.subarray(0, sidLength(rest) ?? 0));
  if (sid === undefined) throw new RangeError("no SID where the descriptor says");
  return sid;
}

function decodeAcl(bytes: Buffer, start: number): Ace[] {
  const aces: Ace[] = [];
  let offset = start + 8;
  for (let left = bytes.readUInt16LE(start + 4); left > 0; left -= 1) {
    const size = bytes.readUInt16LE(offset + 2);
    if (size < 16 || offset + size > bytes.length) throw new RangeError("an ACE reaches past the list");
    const ace = decodeAce(bytes.subarray(offset, offset + size));
    if (ace !== undefined) aces.push(ace);
    offset += size;
  }
  return aces;
}

/** undefined for the kinds that grant or deny nothing (audit, callback and resource entries). */
function decodeAce(bytes: Buffer): Ace | undefined {
  const type = bytes.readUInt8(0);
  const effect = ([0, 5] as number[]).includes(type)
    ? "allow"
    : ([1, 6] as number[]).includes(type)
      ? "deny"
      : undefined;
  if (effect === undefined) return undefined;
  const present = type >= 5 ? bytes.readUInt32LE(8) : 0;
  let offset = type >= 5 ? 12 : 8;
  const guid = (flag: number) => {
    if (!(present & flag)) return undefined;
    offset += 16;
    if (offset > bytes.length) throw new RangeError("an ACE is too short");
    return guidText(bytes.subarray(offset - 16, offset));
  };
  const objectType = guid(1);
  const inheritedObjectType = guid(2);
  const sid = sidAt(bytes, offset);
  if (sid === undefined) throw new RangeError("an ACE has no SID");
  return {
    effect,
    flags: bytes.readUInt8(1),
    mask: bytes.readUInt32LE(4),
    objectType,
    inheritedObjectType,
    sid,
  };
}
