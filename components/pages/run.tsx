"use client";

import { Notice } from "#components/frame/notice.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { ChangeTable } from "#components/run/change-table.tsx";
import { Downloads } from "#components/run/downloads.tsx";
import { GroupTable } from "#components/run/group-table.tsx";
import { PlanNumbers, planSentence } from "#components/run/plan-numbers.tsx";
import { Release } from "#components/run/release.tsx";
import { RunFacts } from "#components/run/run-facts.tsx";
import { StepList } from "#components/run/step-list.tsx";
import { Undo } from "#components/run/undo.tsx";
import { runStateWords } from "#components/run/words.ts";
import type { Run } from "#lib/model/run.ts";
import { useRun } from "#lib/wizard/queries.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

/** One run, whole: what it planned, what became of it, and what can be done about it. */
export function RunPage({ id }: { readonly id: string }) {
  const { facts, goNext } = useWizard();
  const { run, problem, lost } = useRun(id);
  return (
    <StepForm next="Back to the runs" onNext={goNext} cancel={false} previous={false}>
      {problem && <ProblemPanel problem={problem} />}
      {lost && run?.state === "running" && (
        <Notice warning>
          The connection was lost and is being tried again. The run goes on in the agent.
        </Notice>
      )}
      {run ? (
        <Whole run={run} admin={facts.me?.access === "admin"} />
      ) : (
        !problem && <Waiting words="Asking the agent for the run…" inset={false} />
      )}
    </StepForm>
  );
}

function Whole({ run, admin }: { readonly run: Run; readonly admin: boolean }) {
  const planned = run.state === "completed" || run.state === "completedWithErrors" || run.state === "held";
  return (
    <>
      <p role="status" className="font-semibold">
        {runStateWords[run.state]}
        {planned && run.mode === "preview" && ". Nothing was written: this is a preview."}
      </p>
      {run.problem && <ProblemPanel problem={run.problem} />}
      {run.state === "held" && run.mode === "apply" && admin && <Release run={run} />}
      {run.notes.map((note) => (
        <Notice key={note}>{note}</Notice>
      ))}
      <RunFacts run={run} />
      {planned ? (
        <>
          <section className="grid gap-4" aria-labelledby="plan">
            <h2 id="plan" className="text-lg font-semibold">
              Plan
            </h2>
            <p>{planSentence(run.counts)}</p>
            <PlanNumbers counts={run.counts} />
            <ChangeTable run={run.id} />
            <Downloads run={run.id} />
          </section>
          {admin && <Undo run={run} />}
          <section className="grid gap-3" aria-labelledby="groups">
            <h2 id="groups" className="text-lg font-semibold">
              Group by group
            </h2>
            <GroupTable run={run.id} />
          </section>
        </>
      ) : (
        <>
          <StepList run={run} />
          {run.state !== "running" && admin && <Undo run={run} />}
        </>
      )}
    </>
  );
}
