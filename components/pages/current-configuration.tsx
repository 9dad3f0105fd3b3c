"use client";

import Link from "next/link";
import { Facts } from "#components/forms/facts.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { ConfigurationList, linesOf } from "#components/run/configuration-list.tsx";
import { cell, Table } from "#components/run/table.tsx";
import { When } from "#components/run/when.tsx";
import { runStateWords } from "#components/run/words.ts";
import type { Answer } from "#lib/model/messages.ts";
import type { Run } from "#lib/model/run.ts";
import { decisionsOf } from "#lib/wizard/decisions.ts";
import { formatNumber } from "#lib/wizard/format.ts";
import { pathOfPage } from "#lib/wizard/pages.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useRuns, useStatus } from "#lib/wizard/queries.ts";
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
        <Runs />
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

function Runs() {
  const { data, error } = useRuns();
  if (error) return <ProblemPanel problem={problemOfError(error)} />;
  if (!data) return <Waiting words="Reading the runs…" inset={false} />;
  if (data.runs.length === 0) return <p>There are no runs yet.</p>;
  return (
    <Table caption="Runs" columns={["Started", "By", "Kind", "State", "Written", "Failed"]}>
      <tbody>
        {data.runs.map((run) => (
          <tr key={run.id}>
            <th scope="row" className={`${cell} text-left font-normal`}>
              <Started run={run} />
            </th>
            <td className={cell}>{run.startedBy}</td>
            <td className={cell}>{run.mode === "preview" ? "Preview" : "Configure"}</td>
            <td className={cell}>
              {runStateWords[run.state]}
              {run.problem && (
                <span className="block text-muted">
                  {run.problem.what} ({run.problem.code})
                </span>
              )}
            </td>
            <td className={`${cell} tabular-nums`}>{formatNumber(run.counts.applied)}</td>
            <td className={`${cell} tabular-nums`}>{formatNumber(run.counts.failed)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** A run that wrote has a page of its own. */
function Started({ run }: { readonly run: Run }) {
  if (run.mode === "preview") return <When iso={run.startedAt} />;
  return (
    <Link
      href={pathOfPage("configuring", run.id)}
      prefetch={false}
      className="text-accent underline underline-offset-2"
    >
      <When iso={run.startedAt} />
    </Link>
  );
}
