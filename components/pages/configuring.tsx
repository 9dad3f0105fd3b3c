"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Button } from "#components/forms/button.tsx";
import { Notice } from "#components/frame/notice.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { RunLink } from "#components/run/run-link.tsx";
import { StepList } from "#components/run/step-list.tsx";
import { When } from "#components/run/when.tsx";
import type { Run } from "#lib/model/run.ts";
import { call } from "#lib/wizard/client.ts";
import { formatCount } from "#lib/wizard/format.ts";
import { pathOfPage } from "#lib/wizard/pages.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useRun } from "#lib/wizard/queries.ts";
import { useConfigure } from "#lib/wizard/use-configure.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

export function Configuring({ id }: { readonly id: string }) {
  const router = useRouter();
  const { facts } = useWizard();
  const { run, problem, lost } = useRun(id);
  const again = useConfigure();
  const written = run?.state === "completed" || run?.state === "completedWithErrors";
  useEffect(() => {
    if (written) router.replace(pathOfPage("complete", id));
  }, [written, id, router]);
  const admin = facts.me?.access === "admin";
  const ended = run !== undefined && run.state !== "running" && !written;
  const shown = problem ?? (again.error ? problemOfError(again.error) : (run?.problem ?? undefined));
  return (
    <StepForm
      cancel={false}
      previous={run?.state !== "running"}
      next="Configure again"
      busy={again.isPending}
      {...(ended && admin ? { onNext: () => again.mutate(run.configuration) } : {})}
    >
      {shown && <ProblemPanel problem={shown} />}
      {lost && run?.state === "running" && (
        <Notice warning>
          The connection was lost and is being tried again. The run goes on in the agent.
        </Notice>
      )}
      {run ? (
        <Progress run={run} admin={admin} />
      ) : (
        !problem && <Waiting words="Asking the agent for the run…" inset={false} />
      )}
    </StepForm>
  );
}

function Progress({ run, admin }: { readonly run: Run; readonly admin: boolean }) {
  return (
    <>
      <p className="max-w-[44rem]">
        {run.state === "running"
          ? "The agent is at work. You can close this page: the run goes on, and this address shows it again."
          : stayed(run)}
      </p>
      <StepList run={run} />
      <p className="text-sm text-muted">
        Started by {run.startedBy}, <When iso={run.startedAt} />. <RunLink run={run.id} />
      </p>
      {run.state === "running" && admin && <CancelRun id={run.id} />}
    </>
  );
}

/** What a run that did not complete leaves behind. */
function stayed({ state, counts: { applied } }: Run): string {
  if (state === "held")
    return "A guard holds the plan. Nothing was written to Active Directory. The page of the whole run shows the plan, and is where it can be released.";
  if (applied === 0) return "The run has ended. Nothing was written to Active Directory.";
  return `The run has ended. ${formatCount(applied, "change")} that had already been written to Active Directory ${applied === 1 ? "stays" : "stay"}; configuring again recognises ${applied === 1 ? "it" : "them"} and completes the rest.`;
}

function CancelRun({ id }: { readonly id: string }) {
  const cancelling = useMutation({ mutationFn: () => call("cancelRun", { parameters: { id } }) });
  return (
    <section className="max-w-[46rem] border-t border-line pt-4">
      <p className="mb-3 text-sm">
        Cancelling stops after the change that is being written. Changes already written stay in Active
        Directory; configuring again completes the rest.
      </p>
      <Button
        look="danger"
        busy={cancelling.isPending || cancelling.isSuccess}
        onClick={() => cancelling.mutate()}
      >
        Cancel run
      </Button>
      <span role="status" className="ml-3 text-sm text-muted">
        {cancelling.isPending || cancelling.isSuccess ? "Stopping…" : ""}
      </span>
      {cancelling.error && (
        <div className="mt-3">
          <ProblemPanel problem={problemOfError(cancelling.error)} />
        </div>
      )}
    </section>
  );
}
