import { guidBytes, sidBytes } from "#lib/directory/binary.ts";
import { type LdapAccess, ldapmodify, ldapsearch } from "#lib/directory/contract/ldap-tools.ts";
import { readLdif } from "#lib/directory/contract/ldif.ts";
import { type Dn, parseDn } from "#lib/model/dn.ts";
import type { Guid, Sid } from "#lib/model/identifier.ts";

/** schemaIDGUID of the class group. */
const groupClass = guidBytes("bf967a9c-0de6-11d0-a285-00aa003049e2" as Guid);

/** CC and DC; RP, WP, LC, LO, RC, SD, DT and SW (MS-ADTS 5.1.3.2). */
const createAndDelete = 0x3;
const changeWhole = 0x300fc;
const inheritedByContainers = 0x02;
const onlyInherited = 0x08;

/** ACCESS_ALLOWED_OBJECT_ACE (MS-DTYP 2.4.4.3). `flags` 1: the GUID is an object type; 2: the inheriting class. */
function objectAce(inheritance: number, mask: number, flags: 1 | 2, guid: Buffer, sid: Sid): Buffer {
  const trustee = sidBytes(sid);
  const head = Buffer.alloc(12);
  head.writeUInt8(0x05, 0);
  head.writeUInt8(inheritance, 1);
  head.writeUInt16LE(head.length + guid.length + trustee.length, 2);
  head.writeUInt32LE(mask, 4);
  head.writeUInt32LE(flags, 8);
  return Buffer.concat([head, guid, trustee]);
}

/** The descriptor with the entries at the head of its DACL, which is rewritten at its end (MS-DTYP 2.4.5, 2.4.6). */
function withAces(descriptor: Buffer, aces: readonly Buffer[]): Buffer {
  const start = descriptor.readUInt32LE(16);
  const dacl = descriptor.subarray(start, start + descriptor.readUInt16LE(start + 2));
  const entries = Buffer.concat([...aces, dacl.subarray(8)]);
  const head = Buffer.from(dacl.subarray(0, 8));
  head.writeUInt8(4, 0); // The revision that object ACEs need.
  head.writeUInt16LE(head.length + entries.length, 2);
  head.writeUInt16LE(dacl.readUInt16LE(4) + aces.length, 4);
  const rest = Buffer.from(descriptor);
  rest.writeUInt32LE(descriptor.length, 16);
  return Buffer.concat([rest, head, entries]);
}

/**
 * Gives the account the right to create, change and delete groups in the OU and below, and nothing else: what
 * the README tells an administrator to give it.
 */
export async function delegate(access: LdapAccess, trustee: Sid, ou: Dn): Promise<void> {
  const entries = readLdif(
    await ldapsearch(access, ou, "(objectClass=organizationalUnit)", ["nTSecurityDescriptor"]),
  );
  const entry = entries.find(({ dn }) => parseDn(dn?.[0] ?? "") === ou);
  const descriptor = Buffer.from(entry?.nTSecurityDescriptor?.[0] ?? "", "base64");
  const changed = withAces(descriptor, [
    objectAce(inheritedByContainers, createAndDelete, 1, groupClass, trustee),
    objectAce(inheritedByContainers | onlyInherited, changeWhole, 2, groupClass, trustee),
  ]);
  const lines = [
    `dn:: ${Buffer.from(ou).toString("base64")}`,
    "changetype: modify",
    "replace: nTSecurityDescriptor",
    `nTSecurityDescriptor:: ${changed.toString("base64")}`,
  ];
  await ldapmodify(access, `${lines.join("\n")}\n\n`);
}
