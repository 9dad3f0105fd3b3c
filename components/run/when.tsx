import { formatMoment, formatUtc } from "#lib/wizard/format.ts";

/** A moment in the viewer's zone; in UTC on pointing at it. Only for what is shown after the page came alive. */
export function When({ iso }: { readonly iso: string }) {
  return (
    <time dateTime={iso} title={formatUtc(iso)}>
      {formatMoment(iso)}
    </time>
  );
}
