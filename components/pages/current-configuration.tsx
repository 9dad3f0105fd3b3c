"use client";

import { RunTable } from "#components/cycle/run-table.tsx";
import { Facts } from "#components/forms/facts.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { ConfigurationList, linesOf } from "#components/run/configuration-list.tsx";
import type { Answer } from "#lib/model/messages.ts";
import { decisionsOf } from "#lib/wizard/decisions.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useStatus } from "#lib/wizard/queries.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

export function CurrentConfiguration() {
  const { leave } = useWizard();
  const { data: status, error } = useStatus();
  return (
    <StepForm next="Exit" onNext={leave} cancel={false}>
      {error && <ProblemPanel problem={problemOfError(error)} />}
      {status ? (
        <Configured status={status} />
      ) : (
        !error && <Waiting words="Asking the agent…" inset={false} />
      )}
      <section className="grid gap-3">
        <h2 className="text-lg font-semibold">Last runs</h2>
        <RunTable />
      </section>
    </StepForm>
  );
}

function Configured({ status }: { readonly status: Answer<"status"> }) {
  const { directory, configuration } = status;
  return (
    <>
      <section aria-labelledby="agent">
        <h2 id="agent" className="text-lg font-semibold">
          Agent
        </h2>
        <Facts
          facts={{
            Machine: status.machine,
            Version: status.version,
            Directory: directory
              ? `${directory.domain}, through ${directory.domainController} as ${directory.account}`
              : "Not connected",
          }}
        />
      </section>
      <section aria-labelledby="configuration">
        <h2 id="configuration" className="mb-2 text-lg font-semibold">
          Configuration
        </h2>
        {configuration ? (
          <ConfigurationList change={false} lines={linesOf(decisionsOf({}, configuration))} />
        ) : (
          <p>Group writeback has not been configured yet.</p>
        )}
      </section>
    </>
  );
}
