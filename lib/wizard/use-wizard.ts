import { useParams, usePathname, useRouter } from "next/navigation";
import type { Problem } from "#lib/model/problem.ts";
import { type Decisions, decisionsOf } from "#lib/wizard/decisions.ts";
import { type Draft, emptyDraft } from "#lib/wizard/draft.ts";
import { clearDraft, useDraft } from "#lib/wizard/draft-store.ts";
import {
  type Facts,
  type Gate,
  gateOf,
  neighbour,
  type Page,
  pageAt,
  pathOfPage,
} from "#lib/wizard/pages.ts";
import { endsSignIn, problemOfError } from "#lib/wizard/problems.ts";
import { useMe, useStatus } from "#lib/wizard/queries.ts";

export type Wizard = {
  readonly page: Page | undefined;
  readonly facts: Facts;
  readonly gate: Gate;
  /** Why a fact that the gate waits for cannot be had. */
  readonly problem: Problem | undefined;
  readonly draft: Draft;
  readonly decisions: Decisions;
  readonly retry: () => void;
  readonly goNext: () => void;
  readonly goPrevious: (() => void) | undefined;
  readonly leave: () => void;
};

/** Where the admin is in the wizard, what is known, and the ways on. */
export function useWizard(): Wizard {
  const page = pageAt(usePathname());
  const params = useParams<{ run?: string }>();
  const router = useRouter();
  const draft = useDraft();
  const me = useMe();
  const status = useStatus();
  const meProblem = me.error ? problemOfError(me.error) : undefined;
  const facts: Facts = {
    draft,
    me: meProblem ? (endsSignIn(meProblem) ? null : undefined) : me.data,
    status: status.error ? undefined : status.data,
  };
  const known = draft ?? emptyDraft;
  const before = page && neighbour(page, known.task, -1);
  return {
    page,
    facts,
    gate: page ? gateOf(page, facts) : "open",
    problem: facts.me === undefined ? meProblem : status.error ? problemOfError(status.error) : undefined,
    draft: known,
    decisions: decisionsOf(known.decisions, facts.status?.configuration ?? null),
    retry: () => {
      if (facts.me === undefined) void me.refetch();
      else void status.refetch();
    },
    goNext: () => {
      const after = page && neighbour(page, known.task, 1);
      if (after) router.push(pathOfPage(after.id));
    },
    goPrevious: before && (() => router.push(pathOfPage(before.id, runOf(before, params.run)))),
    leave: () => {
      clearDraft();
      router.push("/welcome");
    },
  };
}

function runOf(page: Page, run: string | undefined): string | undefined {
  return page.id === "configuring" || page.id === "complete" ? run : undefined;
}
