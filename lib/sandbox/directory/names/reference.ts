import { type Dn, parseDn } from "./dn.ts";
import { parseGuid } from "./guid.ts";
import { parseSid } from "./sid.ts";

/** How a client names an entry: by DN, or in one of the forms of MS-ADTS 3.1.1.3.1.2.4. */
export type Reference =
  | { readonly kind: "dn"; readonly dn: Dn }
  | { readonly kind: "guid"; readonly guid: string }
  | { readonly kind: "sid"; readonly sid: string }
  | { readonly kind: "wellKnown"; readonly guid: string; readonly container: Dn };

/** Reads a name. A DN with `<GUID=…>;<SID=…>;` before it counts by its first part. Throws Refusal (34). */
export function parseReference(text: string): Reference {
  const form = /^<(GUID|SID|WKGUID)=([^>]*)>/i.exec(text);
  if (form === null) return { kind: "dn", dn: parseDn(text) };
  const [, kind = "", value = ""] = form;
  if (kind.toUpperCase() === "GUID") {
    const guid = parseGuid(value);
    if (guid !== undefined) return { kind: "guid", guid };
  } else if (kind.toUpperCase() === "SID") {
    const sid = parseSid(value);
    if (sid !== undefined) return { kind: "sid", sid };
  } else {
    const [guid = "", ...container] = value.split(",");
    if (/^[0-9a-f]{32}$/i.test(guid)) {
      return { kind: "wellKnown", guid: guid.toUpperCase(), container: parseDn(container.join(",")) };
    }
  }
  return { kind: "dn", dn: parseDn(text) };
}
