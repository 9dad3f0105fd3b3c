import { stepStateWords, stepWords } from "#components/run/words.ts";
import type { Run, RunStep } from "#lib/model/run.ts";
import { formatDuration, formatNumber } from "#lib/wizard/format.ts";

const marks: Record<RunStep["state"], { readonly sign: string; readonly look: string }> = {
  waiting: { sign: "", look: "border-edge" },
  running: { sign: "…", look: "border-accent text-accent" },
  done: { sign: "✓", look: "border-ok bg-ok text-panel" },
  failed: { sign: "!", look: "border-danger bg-danger text-panel" },
};

/** The steps of a run, each with its state in words, and how far it is. */
export function StepList({ run }: { readonly run: Run }) {
  return (
    <ol className="grid max-w-[46rem] gap-1" aria-label="Steps">
      {run.steps.map((step) => (
        <li key={step.name} className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3 py-2">
          <span
            aria-hidden="true"
            className={`grid size-6 place-items-center rounded-full border-2 text-sm font-bold ${marks[step.state].look}`}
          >
            {marks[step.state].sign}
          </span>
          <div className="min-w-0">
            <p className="flex flex-wrap justify-between gap-x-4">
              <span className={step.state === "waiting" ? "text-muted" : "font-medium"}>
                {stepWords[step.name]}
              </span>
              <span className="text-sm text-muted">
                {step.state === "running" && run.state !== "running" ? "Stopped" : stepStateWords[step.state]}
                {step.state === "done" && step.startedAt && step.endedAt && (
                  <> in {formatDuration(step.startedAt, step.endedAt)}</>
                )}
              </span>
            </p>
            {(step.state === "running" || step.done > 0) && (
              <Progress step={step} live={run.state === "running"} />
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Progress({ step, live }: { readonly step: RunStep; readonly live: boolean }) {
  const running = live && step.state === "running";
  const counted = step.total !== null && step.total > 0;
  return (
    <div className="mt-1 grid gap-1 text-sm text-muted">
      {running && (
        <progress
          className="w-full"
          aria-label={stepWords[step.name]}
          {...(counted ? { value: step.done, max: step.total ?? 1 } : {})}
        />
      )}
      <p className="flex flex-wrap justify-between gap-x-4">
        <span className="min-w-0 wrap-anywhere">{running && (step.current ?? "")}</span>
        <span className="tabular-nums">
          {formatNumber(step.done)}
          {step.total !== null && ` of ${formatNumber(step.total)}`}
        </span>
      </p>
    </div>
  );
}
