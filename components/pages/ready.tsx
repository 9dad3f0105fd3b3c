"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { Notice } from "#components/frame/notice.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { ChangeTable } from "#components/run/change-table.tsx";
import { ConfigurationList, linesOf } from "#components/run/configuration-list.tsx";
import { PlanNumbers, planSentence } from "#components/run/plan-numbers.tsx";
import { SkipTable } from "#components/run/skip-table.tsx";
import { StepList } from "#components/run/step-list.tsx";
import type { Run } from "#lib/model/run.ts";
import { releasable } from "#lib/plan/guards/releasable.ts";
import { configurationOf } from "#lib/wizard/decisions.ts";
import { formatCount } from "#lib/wizard/format.ts";
import { pathOfPage } from "#lib/wizard/pages.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useConfigure } from "#lib/wizard/use-configure.ts";
import { usePreview } from "#lib/wizard/use-preview.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

export function Ready() {
  const { draft, decisions, facts } = useWizard();
  const wanted = configurationOf(decisions);
  const preview = usePreview(draft, wanted);
  const configure = useConfigure();
  const [asked, setAsked] = useState(false);
  const held = preview.run?.problem;
  const canBeReleased = preview.run?.state === "held" && held != null && releasable(held.code);
  const complete = preview.run?.state === "completed" || canBeReleased;
  const onNext = () => {
    if (wanted && complete) configure.mutate(wanted);
    else setAsked(true);
  };
  const errors: Record<string, string> =
    asked && !complete
      ? { preview: "Wait until the preview has ended without a problem: it shows what Configure will do." }
      : {};
  const directory = facts.status?.directory;
  const problem = preview.problem ?? preview.run?.problem ?? undefined;
  const active = facts.status?.activeRun;
  return (
    <StepForm next="Configure" onNext={onNext} busy={configure.isPending} errors={errors}>
      <section aria-labelledby="answers">
        <h2 id="answers" className="mb-2 text-lg font-semibold">
          Check what you decided
        </h2>
        <ConfigurationList
          change
          lines={[
            {
              name: "Directory",
              value: directory ? `${directory.domain}, through ${directory.domainController}` : "",
              page: "connect-directories",
            },
            ...linesOf(decisions),
          ]}
        />
      </section>
      {configure.error && <ProblemPanel problem={problemOfError(configure.error)} />}
      <section aria-labelledby="preview" className="grid gap-4">
        <h2 id="preview" tabIndex={-1} data-quiet-focus className="text-lg font-semibold">
          What Configure will do
        </h2>
        {preview.lost && (
          <Notice warning>
            The connection was lost and is being tried again. The preview goes on in the agent.
          </Notice>
        )}
        {problem && (
          <div className="grid justify-items-start gap-3">
            <ProblemPanel problem={problem}>
              {problem.code === "E2004" && active && (
                <Link
                  href={pathOfPage("configuring", active)}
                  className="mt-3 inline-block text-accent underline"
                >
                  Show the run that is under way
                </Link>
              )}
            </ProblemPanel>
            {canBeReleased && (
              <Notice warning>
                You can choose Configure all the same: the run is then held like this preview, and writes
                nothing until you release it, with a reason, on its page.
              </Notice>
            )}
            <Button onClick={preview.again}>Preview again</Button>
          </div>
        )}
        {preview.run ? (
          <Preview run={preview.run} onAgain={preview.again} />
        ) : (
          !problem && <Waiting words="Starting the preview…" inset={false} />
        )}
      </section>
    </StepForm>
  );
}

function Preview({ run, onAgain }: { readonly run: Run; readonly onAgain: () => void }) {
  if (run.state === "running")
    return (
      <>
        <p className="max-w-[44rem]">The preview reads the tenant and the directory, and writes nothing.</p>
        <StepList run={run} />
      </>
    );
  if (run.state !== "completed" && run.state !== "held") return <StepList run={run} />;
  const { counts } = run;
  return (
    <>
      <p role="status">{planSentence(counts)}</p>
      <PlanNumbers counts={counts} />
      <ChangeTable run={run.id} />
      {counts.groupsSkipped + counts.membersSkipped > 0 && (
        <details>
          <summary className="min-h-6 w-fit text-accent underline underline-offset-4">
            {formatCount(counts.groupsSkipped, "group")} and {formatCount(counts.membersSkipped, "member")}{" "}
            left out
          </summary>
          <div className="mt-3">
            <SkipTable run={run.id} />
          </div>
        </details>
      )}
      {run.state === "completed" && (
        <div>
          <Button onClick={onAgain}>Preview again</Button>
        </div>
      )}
    </>
  );
}
