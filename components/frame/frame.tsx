"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "#components/forms/button.tsx";
import { Notice } from "#components/frame/notice.tsx";
import { Rail } from "#components/frame/rail.tsx";
import { TopBar } from "#components/frame/top-bar.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { pageAt } from "#lib/wizard/pages.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

/** The wizard's frame around every page: the list of pages, the heading, and the gate that keeps their order. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const wizard = useWizard();
  const { page, gate, problem } = wizard;
  const heading = useHeadingFocus();
  useGate(wizard);
  return (
    <div className="mx-auto flex min-h-dvh max-w-[84rem] flex-col md:p-6">
      <div className="flex grow flex-col bg-panel md:rounded-xl md:border md:border-line md:shadow-sm">
        <TopBar />
        <div className="grid grow max-md:grid-rows-[auto_1fr] md:grid-cols-[15rem_minmax(0,1fr)]">
          <Rail wizard={wizard} />
          <main className="flex min-w-0 flex-col">
            <div className="flex items-baseline justify-between gap-4 px-4 pt-5 sm:px-8 md:pt-8">
              <h1
                ref={heading}
                tabIndex={-1}
                className="text-2xl font-semibold tracking-tight text-balance sm:text-3xl"
              >
                {page?.title}
              </h1>
            </div>
            <Wanted wizard={wizard} />
            {gate === "open" ? (
              children
            ) : problem && gate === "waiting" ? (
              <div className="grid justify-items-start gap-4 px-4 py-6 sm:px-8">
                <ProblemPanel problem={problem} />
                <Button onClick={wizard.retry}>Try again</Button>
              </div>
            ) : (
              <Waiting words="Asking the agent for its state…" />
            )}
          </main>
        </div>
      </div>
    </div>
  );
}

/** Leads to the first unfinished page, which then says which page was wanted. */
function useGate({ page, gate }: ReturnType<typeof useWizard>) {
  const router = useRouter();
  const first = typeof gate === "object" ? gate.first.id : undefined;
  useEffect(() => {
    if (first && page) router.replace(`/${first}?wanted=${page.id}`);
  }, [first, page, router]);
}

/** After a step to another page the heading gets the focus; at the first load the browser's own place stays. */
function useHeadingFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  const path = usePathname();
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    heading.current?.focus();
    scrollTo(0, 0);
  }, [path]);
  return heading;
}

/** Says which page was asked for and what comes before it, until that is done. */
function Wanted({ wizard: { page, facts } }: { readonly wizard: ReturnType<typeof useWizard> }) {
  const wanted = pageAt(`/${useSearchParams().get("wanted") ?? ""}`);
  if (!wanted || !page || wanted === page || page.finished(facts)) return null;
  return (
    <div className="px-4 pt-4 sm:px-8">
      <Notice>
        You asked for “{wanted.title}” (page {wanted.code}). It cannot be shown yet: first {page.demand}.
      </Notice>
    </div>
  );
}
