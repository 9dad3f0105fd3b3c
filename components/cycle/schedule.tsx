import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { Checkbox } from "#components/forms/choice.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { When } from "#components/run/when.tsx";
import type { Answer, Schedule as Settings } from "#lib/model/messages.ts";
import { call } from "#lib/wizard/client.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useSchedule } from "#lib/wizard/queries.ts";

/** When cycles run by themselves, and the form that changes it. */
export function Schedule({ admin }: { readonly admin: boolean }) {
  const { data, error } = useSchedule();
  return (
    <section className="grid justify-items-start gap-4" aria-labelledby="schedule">
      <h2 id="schedule" className="text-lg font-semibold">
        Schedule
      </h2>
      {error && <ProblemPanel problem={problemOfError(error)} />}
      {data ? (
        <>
          <Next schedule={data} />
          {admin && <Change schedule={data} />}
        </>
      ) : (
        !error && <Waiting words="Asking the agent for the schedule…" inset={false} />
      )}
    </section>
  );
}

function Next({ schedule }: { readonly schedule: Answer<"schedule"> }) {
  if (!schedule.enabled) return <p>The schedule is suspended: no cycle starts by itself.</p>;
  return (
    <p>
      The next cycle ({schedule.nextPolicyType}){" "}
      {schedule.nextAt === null ? (
        "starts as soon as the agent can"
      ) : (
        <>
          starts on <When iso={schedule.nextAt} />
        </>
      )}
      .
    </p>
  );
}

function Change({ schedule }: { readonly schedule: Answer<"schedule"> }) {
  const client = useQueryClient();
  const [enabled, setEnabled] = useState(schedule.enabled);
  const [minutes, setMinutes] = useState(String(schedule.intervalMinutes));
  const [error, setError] = useState<string>();
  const saving = useMutation({
    mutationFn: (body: Settings) => call("setSchedule", { body }),
    onSuccess: (saved) => client.setQueryData(["schedule"], saved),
  });
  const save = () => {
    const number = /^\d{1,5}$/.test(minutes.trim()) ? Number(minutes) : Number.NaN;
    const fits = number >= 2 && number <= 10_080;
    setError(fits ? undefined : "Enter a whole number of minutes from 2 to 10080 (7 days).");
    if (fits) saving.mutate({ enabled, intervalMinutes: number });
  };
  return (
    <>
      <Checkbox
        id="scheduleEnabled"
        label="Run cycles by the schedule"
        checked={enabled}
        onChange={setEnabled}
        hint="Unticked, cycles run only when somebody starts one."
      />
      <TextField
        id="intervalMinutes"
        label="Minutes between cycles"
        hint="30, as in Entra Connect; 2 at least"
        value={minutes}
        onChange={setMinutes}
        onEnter={save}
        error={error}
        numeric
      />
      {saving.error && <ProblemPanel problem={problemOfError(saving.error)} focused />}
      <div className="flex items-center gap-3">
        <Button busy={saving.isPending} onClick={save}>
          Save the schedule
        </Button>
        <span role="status" className="text-sm text-muted">
          {saving.isSuccess ? "Saved." : ""}
        </span>
      </div>
    </>
  );
}
