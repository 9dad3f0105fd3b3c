import type { DirectoryMember } from "#lib/directory/directory.ts";
import { readDn } from "#lib/directory/entry.ts";
import { guid, sid } from "#lib/model/identifier.ts";
import { Failure } from "#lib/model/problem.ts";

const form = /^<GUID=([^>]+)>;(?:<SID=([^>]+)>;)?([\s\S]*)$/i;

/** Reads `<GUID=…>;<SID=…>;DN`, the SID absent for objects without one (MS-ADTS 3.1.1.3.4.1.5). E4012 otherwise. */
export function readExtendedDn(text: string): DirectoryMember {
  const [, guidText, sidText, dnText = ""] = form.exec(text) ?? [];
  const readGuid = guid.safeParse(guidText);
  const readSid = sidText === undefined ? undefined : sid.safeParse(sidText);
  if (!readGuid.success || readSid?.success === false) {
    throw new Failure("E4012", { why: `The directory named a member that cannot be read: ${text}.` });
  }
  return { guid: readGuid.data, sid: readSid?.data ?? null, dn: readDn(dnText) };
}
