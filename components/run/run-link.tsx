import Link from "next/link";
import { pathOfPage } from "#lib/wizard/pages.ts";

/** Leads to a run's own page: its whole plan, downloads, release and undo. */
export function RunLink({ run }: { readonly run: string }) {
  return (
    <Link
      href={pathOfPage("run", run)}
      prefetch={false}
      className="inline-block min-h-6 text-accent underline underline-offset-2"
    >
      Show the whole run<span className="sr-only"> {run}</span>
    </Link>
  );
}
