import type { PlanFormat } from "#lib/model/messages.ts";
import type { Run } from "#lib/model/run.ts";
import { csv } from "#lib/plan/document/csv.ts";
import type { DnOf } from "#lib/plan/document/current-dns.ts";
import { json } from "#lib/plan/document/json.ts";
import { ldif } from "#lib/plan/document/ldif.ts";
import type { Changes } from "#lib/plan/document/outstanding.ts";
import { powershell } from "#lib/plan/document/powershell.ts";

type Form = {
  readonly contentType: string;
  readonly extension: string;
  readonly write: (run: Run, changes: Changes, dnOf: DnOf) => AsyncGenerator<string>;
};

/** The forms of a plan. LDIF and scripts have no registered media type; they are sent as the text that they are. */
const forms: Record<PlanFormat, Form> = {
  json: { contentType: "application/json", extension: "json", write: json },
  csv: { contentType: "text/csv; charset=utf-8", extension: "csv", write: csv },
  ldif: { contentType: "text/plain; charset=utf-8", extension: "ldif", write: ldif },
  powershell: { contentType: "text/plain; charset=utf-8", extension: "ps1", write: powershell },
};

/**
 * A run's plan as a document, piece by piece, with memory that does not grow with its memberships. JSON and CSV tell
 * every change and what became of it; LDIF and PowerShell make the changes that were not applied yet, in the order
 * of an export. `changes` is called once for each reading: those two read the plan once for each phase. `dnOf` gives
 * the DN of a nested written-back group that the plan itself does not name.
 */
export function planDocument(
  format: PlanFormat,
  run: Run,
  changes: Changes,
  dnOf: DnOf = () => undefined,
): AsyncGenerator<string> {
  return forms[format].write(run, changes, dnOf);
}

/** Under which media type and file name the document is sent; the name is made of letters, digits, `-` and `.`. */
export function planFile(
  format: PlanFormat,
  run: Run,
): { readonly contentType: string; readonly name: string } {
  const { contentType, extension } = forms[format];
  const started = run.startedAt.slice(0, 19).replace(/[^0-9T]/g, "-");
  return { contentType, name: `group-writeback-plan-${started}.${extension}` };
}
