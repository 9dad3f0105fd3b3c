import { Attribute, Change, type Client, Control } from "ldapts";
import { findClass } from "./schema/schema.ts";
import {
  type Ace,
  aceFlags,
  decodeDescriptor,
  encodeDescriptor,
  parts,
  rights,
} from "./security/descriptor.ts";
import { encode, encodeInteger, tags } from "./wire/ber.ts";
import { controlOids } from "./wire/controls.ts";

/** Asks for the access control list alone, which its owner may read and write (MS-ADTS 3.1.1.3.4.1.11). */
class SdFlags extends Control {
  constructor() {
    super(controlOids.sdFlags, { critical: true });
  }

  protected override writeControl(writer: Parameters<Control["write"]>[0]): void {
    writer.writeBuffer(encode(tags.sequence, encodeInteger(parts.dacl)), tags.octets);
  }
}

/** What one needs for groups below an OU: to create, change, rename, move and delete them. */
const groupRights =
  rights.readProperty |
  rights.writeProperty |
  rights.listContents |
  rights.listObject |
  rights.readControl |
  rights.delete |
  rights.deleteTree |
  rights.self;

function entriesFor(sid: string): Ace[] {
  const group = findClass("group")?.guid;
  if (group === undefined) throw new Error("the schema has no class group");
  const { containerInherit, inheritOnly } = aceFlags;
  const ace = { effect: "allow", sid } as const;
  return [
    {
      ...ace,
      flags: containerInherit,
      mask: rights.createChild | rights.deleteChild,
      objectType: group,
      inheritedObjectType: undefined,
    },
    {
      ...ace,
      flags: containerInherit | inheritOnly,
      mask: groupRights,
      objectType: undefined,
      inheritedObjectType: group,
    },
  ];
}

function same(a: Ace, b: Ace): boolean {
  return (
    a.effect === b.effect &&
    a.flags === b.flags &&
    a.mask === b.mask &&
    a.objectType === b.objectType &&
    a.inheritedObjectType === b.inheritedObjectType &&
    a.sid === b.sid
  );
}

/**
 * Gives the account the right to create, change and delete groups below the OU, and nothing else: the two entries
 * `(OA;CI;CCDC;group;;SID)` and `(OA;CIIO;RPWPLCLORCSDDTSW;;group;SID)`, written into nTSecurityDescriptor, which works
 * on every AD. Does nothing when they are there.
 */
export async function delegateGroups(client: Client, unit: string, sid: string): Promise<void> {
  const options = {
    scope: "base" as const,
    attributes: ["nTSecurityDescriptor"],
    explicitBufferAttributes: ["nTSecurityDescriptor"],
  };
  const { searchEntries } = await client.search(unit, options, new SdFlags());
  const bytes = searchEntries[0]?.nTSecurityDescriptor;
  const before = Buffer.isBuffer(bytes) ? decodeDescriptor(bytes) : undefined;
  if (before?.aces === undefined) throw new Error(`${unit} shows no access control list`);
  const missing = entriesFor(sid).filter((ace) => !before.aces?.some((one) => same(one, ace)));
  if (missing.length === 0) return;
  // Entries of the object's own come before inherited ones (MS-DTYP 2.4.5, canonical order).
  const aces = [...missing, ...before.aces];
  const descriptor = { owner: sid, group: sid, protected: before.protected ?? false, aces };
  const values = [encodeDescriptor(descriptor, parts.dacl)];
  const modification = new Attribute({ type: "nTSecurityDescriptor", values });
  await client.modify(unit, new Change({ operation: "replace", modification }), new SdFlags());
}
