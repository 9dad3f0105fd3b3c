"use client";

import { NewCycle } from "#components/cycle/new-cycle.tsx";
import { Quarantine } from "#components/cycle/quarantine.tsx";
import { RunTable } from "#components/cycle/run-table.tsx";
import { Schedule } from "#components/cycle/schedule.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useStatus } from "#lib/wizard/queries.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

/** Everything that goes on after the first configuration: cycles, their schedule, and what they did. */
export function Cycles() {
  const { facts, leave } = useWizard();
  const status = useStatus();
  const admin = facts.me?.access === "admin";
  const configured = status.data?.configuration != null;
  return (
    <StepForm next="Exit" onNext={leave} cancel={false}>
      {status.error && <ProblemPanel problem={problemOfError(status.error)} />}
      {status.data && !configured && (
        <p>Group writeback has not been configured yet: choose “Customize synchronization options” first.</p>
      )}
      {configured && admin && <NewCycle active={status.data?.activeRun ?? null} />}
      {configured && <Schedule admin={admin} />}
      <Quarantine />
      <section className="grid gap-3" aria-labelledby="runs">
        <h2 id="runs" className="text-lg font-semibold">
          Runs
        </h2>
        <RunTable />
      </section>
    </StepForm>
  );
}
