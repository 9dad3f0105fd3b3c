import Link from "next/link";
import { Facts } from "#components/forms/facts.tsx";
import { When } from "#components/run/when.tsx";
import { kindOf } from "#components/run/words.ts";
import type { Run } from "#lib/model/run.ts";
import { formatDuration, formatNumber } from "#lib/wizard/format.ts";
import { pathOfPage } from "#lib/wizard/pages.ts";

/** What a run is: its kind, who started it, when, and who released what held it. */
export function RunFacts({ run }: { readonly run: Run }) {
  const { release, undoes, counts } = run;
  return (
    <Facts
      facts={{
        Kind: kindOf(run),
        Started: (
          <>
            <When iso={run.startedAt} /> by {run.startedBy}
            {run.endedAt && <>, took {formatDuration(run.startedAt, run.endedAt)}</>}
          </>
        ),
        ...(run.mode === "apply"
          ? { Written: `${formatNumber(counts.applied)} written, ${formatNumber(counts.failed)} failed` }
          : {}),
        ...(undoes === null
          ? {}
          : {
              Undoes: (
                <Link href={pathOfPage("run", undoes)} prefetch={false} className="text-accent underline">
                  Run {undoes}
                </Link>
              ),
            }),
        ...(release === null
          ? {}
          : {
              Released: (
                <>
                  by {release.by} on <When iso={release.at} />: “{release.reason}”. It was held because:{" "}
                  {release.held.what} ({release.held.code})
                </>
              ),
            }),
        Run: <span className="font-mono text-sm">{run.id}</span>,
      }}
    />
  );
}
