import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import type { Run } from "#lib/model/run.ts";
import { releasable } from "#lib/plan/guards/releasable.ts";
import { call } from "#lib/wizard/client.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useShowRun } from "#lib/wizard/use-show-run.ts";

/** Releases a plan that a guard holds for its numbers; the reason is recorded with the run. */
export function Release({ run }: { readonly run: Run }) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string>();
  const client = useQueryClient();
  const show = useShowRun();
  const releasing = useMutation({
    mutationFn: () => call("releaseRun", { parameters: { id: run.id }, body: { reason } }),
    onSuccess: (released) => {
      // What was read of the held plan is stale once it is exported.
      client.removeQueries({ queryKey: ["changes", run.id] });
      client.removeQueries({ queryKey: ["groups", run.id] });
      show(released);
    },
  });
  if (run.problem === null || !releasable(run.problem.code)) return null;
  const release = () => {
    const given = reason.trim() !== "";
    setError(given ? undefined : "Say why the plan may be exported.");
    if (given) releasing.mutate();
  };
  return (
    <section className="grid max-w-[46rem] gap-3 rounded-lg border border-line p-4" aria-labelledby="release">
      <h2 id="release" className="font-semibold">
        Release this plan
      </h2>
      <p className="text-sm">
        Look through the changes below first. If all of them are wanted, release the plan: it is then exported
        as it stands, and your name and reason are kept with the run. A configuration that it came with is
        kept as well.
      </p>
      <TextField
        id="reason"
        label="Reason"
        value={reason}
        onChange={setReason}
        onEnter={release}
        error={error}
      />
      {releasing.error && <ProblemPanel problem={problemOfError(releasing.error)} focused />}
      <div>
        <Button look="danger" busy={releasing.isPending} onClick={release}>
          Release and export
        </Button>
      </div>
    </section>
  );
}
