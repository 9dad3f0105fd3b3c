import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "#components/forms/button.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { EndWriteback } from "#components/run/end-writeback.tsx";
import type { Run } from "#lib/model/run.ts";
import { call } from "#lib/wizard/client.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useShowRun } from "#lib/wizard/use-show-run.ts";

/** What can follow a run: the preview of its undo, or what it previews, for good. */
export function Undo({ run }: { readonly run: Run }) {
  if (run.state === "running" || run.state === "held") return null;
  if (run.mode === "apply" && run.counts.applied > 0)
    return (
      <Follow words="Preview the undo" id={run.id} mode="preview">
        Everything that this run wrote can be taken back, in reverse order. The undo is shown first.
      </Follow>
    );
  if (run.mode !== "preview" || run.state !== "completed") return null;
  if (run.undoes !== null)
    return (
      <Follow words="Undo now" id={run.undoes} mode="apply">
        The changes above take back what the run wrote. The schedule is suspended afterwards, since the next
        cycle would write it anew.
      </Follow>
    );
  if (run.disable !== null) return <EndWriteback groups={run.disable} />;
  return null;
}

type FollowProps = {
  readonly words: string;
  readonly id: string;
  readonly mode: "preview" | "apply";
  readonly children: ReactNode;
};

function Follow({ words, id, mode, children }: FollowProps) {
  const show = useShowRun();
  const undoing = useMutation({
    mutationFn: () => call("undoRun", { parameters: { id }, body: { mode } }),
    onSuccess: show,
  });
  return (
    <section className="grid max-w-[46rem] justify-items-start gap-3 border-t border-line pt-4">
      <p className="text-sm">{children}</p>
      {undoing.error && <ProblemPanel problem={problemOfError(undoing.error)} focused />}
      <Button
        look={mode === "apply" ? "danger" : "plain"}
        busy={undoing.isPending}
        onClick={() => undoing.mutate()}
      >
        {words}
      </Button>
    </section>
  );
}
