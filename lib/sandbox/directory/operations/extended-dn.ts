import { parseDn } from "../names/dn.ts";
import { guidBytes } from "../names/guid.ts";
import { sidBytes } from "../names/sid.ts";
import type { Entry } from "../tree/entry.ts";
import type { Tree } from "../tree/tree.ts";

/** How DNs are written: as they are, or with GUID and SID before them (MS-ADTS 3.1.1.3.4.1.5). */
export type DnForm = "plain" | "hex" | "text";

export function writeDn(tree: Tree, entry: Entry, form: DnForm): string {
  const dn = tree.dnOf(entry);
  if (form === "plain") return dn;
  const guid = form === "text" ? entry.guid : guidBytes(entry.guid).toString("hex");
  if (entry.sid === undefined) return `<GUID=${guid}>;${dn}`;
  const sid = form === "text" ? entry.sid : sidBytes(entry.sid).toString("hex");
  return `<GUID=${guid}>;<SID=${sid}>;${dn}`;
}

/** The same for a DN that is kept as text, such as objectCategory's. */
export function writeDnText(tree: Tree, dn: string, form: DnForm): string {
  if (form === "plain") return dn;
  const { entry } = tree.walk(parseDn(dn));
  return entry === undefined ? dn : writeDn(tree, entry, form);
}
