"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Button } from "#components/forms/button.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { GroupTable } from "#components/run/group-table.tsx";
import { Numbers } from "#components/run/numbers.tsx";
import { RunLink } from "#components/run/run-link.tsx";
import { When } from "#components/run/when.tsx";
import type { Run } from "#lib/model/run.ts";
import { formatCount, formatDuration } from "#lib/wizard/format.ts";
import { pathOfPage } from "#lib/wizard/pages.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useRun } from "#lib/wizard/queries.ts";
import { useConfigure } from "#lib/wizard/use-configure.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

export function Complete({ id }: { readonly id: string }) {
  const router = useRouter();
  const { facts, leave } = useWizard();
  const { run, problem } = useRun(id);
  const again = useConfigure();
  const complete = run?.state === "completed" || run?.state === "completedWithErrors";
  useEffect(() => {
    if (run && !complete) router.replace(pathOfPage("configuring", id));
  }, [run, complete, id, router]);
  const shown = problem ?? (again.error ? problemOfError(again.error) : undefined);
  const failed = run?.state === "completedWithErrors" && facts.me?.access === "admin";
  return (
    <StepForm
      next="Exit"
      onNext={leave}
      cancel={false}
      previous={false}
      aside={
        failed && (
          <Button busy={again.isPending} onClick={() => again.mutate(run.configuration)}>
            Configure again
          </Button>
        )
      }
    >
      {shown && <ProblemPanel problem={shown} />}
      {run && complete ? (
        <Result run={run} />
      ) : (
        !problem && <Waiting words="Asking the agent for the run…" inset={false} />
      )}
    </StepForm>
  );
}

function Result({ run }: { readonly run: Run }) {
  const { counts } = run;
  return (
    <>
      <div
        role="status"
        className={`max-w-[54rem] rounded-md border-l-4 px-4 py-3 ${run.state === "completed" ? "border-ok bg-raised" : "border-danger bg-danger-soft"}`}
      >
        <p className="font-semibold">{headline(run)}</p>
        <p className="mt-1 text-sm">
          Look for the groups in <span className="font-mono wrap-anywhere">{run.configuration.target}</span>.
        </p>
        {run.problem && (
          <p className="mt-1 text-sm">
            {run.problem.what} {run.problem.next} ({run.problem.code})
          </p>
        )}
      </div>
      <Numbers
        label="Result"
        numbers={[
          ["in scope", counts.groupsInScope],
          ["changes written", counts.applied],
          ["changes failed", counts.failed],
          ["groups left out", counts.groupsSkipped],
          ["members left out", counts.membersSkipped],
        ]}
      />
      <section aria-labelledby="groups" className="grid gap-3">
        <h2 id="groups" className="text-lg font-semibold">
          Group by group
        </h2>
        <GroupTable run={run.id} />
      </section>
      <p className="text-sm text-muted">
        Started by {run.startedBy}, <When iso={run.startedAt} />
        {run.endedAt && <>, took {formatDuration(run.startedAt, run.endedAt)}</>}. <RunLink run={run.id} />
      </p>
    </>
  );
}

function headline({ state, counts }: Run): string {
  if (state === "completedWithErrors")
    return `${formatCount(counts.applied, "change")} written, ${formatCount(counts.failed, "change")} failed. Mend what is named below, then configure again.`;
  if (counts.applied === 0)
    return "Active Directory already held every group as it should be. Nothing was changed.";
  return `Group writeback is configured. ${formatCount(counts.applied, "change")} written to Active Directory.`;
}
