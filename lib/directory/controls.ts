import { type BerWriter, Control, BerWriter as Writer } from "ldapts";

/** Makes the server write each DN as `<GUID=…>;<SID=…>;DN` (MS-ADTS 3.1.1.3.4.1.5; flag 1: readable form). */
export class ExtendedDnControl extends Control {
  constructor() {
    super("1.2.840.113556.1.4.529", { critical: true });
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new Writer();
    value.startSequence();
    value.writeInt(1);
    value.endSequence();
    writer.writeBuffer(value.buffer, 0x04);
  }
}

/** Makes deleted objects visible to those who may see them (MS-ADTS 3.1.1.3.4.1.14). */
export function showDeleted(): Control {
  return new Control("1.2.840.113556.1.4.417", { critical: true });
}

export const permissiveModifyOid = "1.2.840.113556.1.4.1413";

/**
 * Asks that adding what is there and removing what is not be no error (MS-ADTS 3.1.1.3.4.1.8). Not critical:
 * Samba announces it and ignores it for members.
 */
export function permissiveModify(): Control {
  return new Control(permissiveModifyOid, { critical: false });
}
