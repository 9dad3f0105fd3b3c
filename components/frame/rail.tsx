import Link from "next/link";
import { useParams } from "next/navigation";
import { useState } from "react";
import { gateOf, type Page, pagesOf, pathOfPage, taskOf } from "#lib/wizard/pages.ts";
import type { Wizard } from "#lib/wizard/use-wizard.ts";

/** The list of pages: the current one marked, the finished ones ticked and linked. */
export function Rail({ wizard }: { readonly wizard: Wizard }) {
  const [open, setOpen] = useState(false);
  const { page, draft } = wizard;
  // A single run has no entry of its own: it belongs to the list of runs.
  const shown = page?.id === "run" ? page.below : page?.id;
  const entries = page ? pagesOf(taskOf(page, draft.task)).filter((each) => each.id !== "run") : [];
  const pages = entries.filter(({ below }) => below === undefined);
  const place = pages.findIndex(({ id }) => id === (page?.below ?? page?.id)) + 1;
  return (
    <nav
      aria-label="Pages"
      className="border-line bg-raised max-md:border-b md:rounded-bl-xl md:border-r md:py-6"
    >
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-11 w-full items-center justify-between px-4 text-sm text-muted md:hidden"
      >
        <span>
          Page {place} of {pages.length}
        </span>
        <span>{open ? "Hide the pages" : "Show all pages"}</span>
      </button>
      <ol className={`${open ? "pb-3" : "max-md:hidden"} px-2 md:px-3`}>
        {entries.map((each) => (
          <li key={each.id} className={each.below === undefined ? "" : "ml-6"}>
            <Entry page={each} current={each.id === shown} wizard={wizard} onGo={() => setOpen(false)} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

type EntryProps = {
  readonly page: Page;
  readonly current: boolean;
  readonly wizard: Wizard;
  readonly onGo: () => void;
};

function Entry({ page, current, wizard, onGo }: EntryProps) {
  const state = useEntryState(page, wizard);
  const shape = "flex min-h-10 items-center gap-3 rounded-md px-2 py-1.5 text-sm leading-snug";
  if (current)
    return (
      <span aria-current="step" className={`${shape} bg-accent-soft font-semibold text-ink`}>
        <Mark kind="current" />
        {page.title}
      </span>
    );
  if (state.path === undefined)
    return (
      <span className={`${shape} text-muted`}>
        <Mark kind={state.finished ? "finished" : "ahead"} />
        {page.title}
      </span>
    );
  return (
    <Link href={state.path} onClick={onGo} prefetch={false} className={`${shape} hover:bg-accent-soft`}>
      <Mark kind={state.finished ? "finished" : "ahead"} />
      {page.title}
    </Link>
  );
}

/**
 * Whether a page counts as finished, and where it is. A page behind an unfinished one does not count, since it
 * cannot be shown yet. A run's page is reachable as soon as there is a run.
 */
function useEntryState(page: Page, { page: current, facts, draft }: Wizard) {
  const run = useParams<{ run?: string }>().run ?? draft.run ?? undefined;
  if (page.below !== undefined) {
    // An extra is no step: it can be opened as soon as its page can be left, and is never ticked.
    return { finished: false, path: gateOf(page, facts) === "open" ? pathOfPage(page.id) : undefined };
  }
  if (page.id === "configuring" || page.id === "complete") {
    const finished = page.id === "configuring" && current?.id === "complete";
    const path = page.id === "configuring" && run && facts.me ? pathOfPage(page.id, run) : undefined;
    return { finished, path };
  }
  const finished = gateOf(page, facts) === "open" && page.finished(facts) === true;
  return { finished, path: finished ? pathOfPage(page.id) : undefined };
}

function Mark({ kind }: { readonly kind: "current" | "finished" | "ahead" }) {
  return (
    <span
      className={`grid size-5 shrink-0 place-items-center rounded-full border-2 ${
        kind === "finished"
          ? "border-ok bg-ok text-panel"
          : kind === "current"
            ? "border-accent"
            : "border-edge"
      }`}
    >
      {kind === "finished" && (
        <svg viewBox="0 0 16 16" className="size-3.5" role="img" aria-label="Finished:">
          <path d="m3.5 8.5 3 3 6-7" fill="none" stroke="currentColor" strokeWidth="2.2" />
        </svg>
      )}
      {kind === "current" && <span className="size-2 rounded-full bg-accent" />}
    </span>
  );
}
