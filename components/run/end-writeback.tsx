import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { call } from "#lib/wizard/client.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useShowRun } from "#lib/wizard/use-show-run.ts";

/** The last step of ending writeback, once its preview was seen. Deletion asks for a typed word. */
export function EndWriteback({ groups }: { readonly groups: "release" | "delete" }) {
  const client = useQueryClient();
  const show = useShowRun();
  const [word, setWord] = useState("");
  const [error, setError] = useState<string>();
  const ending = useMutation({
    mutationFn: () => call("disableWriteback", { body: { mode: "apply", groups } }),
    onSuccess: (run) => {
      void client.invalidateQueries({ queryKey: ["status"] });
      show(run);
    },
  });
  const end = () => {
    const sure = groups === "release" || word.trim() === "DELETE";
    setError(sure ? undefined : "Type DELETE, in capital letters.");
    if (sure) ending.mutate();
  };
  return (
    <section className="grid max-w-[46rem] gap-3 rounded-lg border border-line p-4" aria-labelledby="end">
      <h2 id="end" className="font-semibold">
        Disable group writeback
      </h2>
      <p className="text-sm">
        {groups === "delete"
          ? "The groups above are deleted from Active Directory, and with them the rights that were granted to them."
          : "The groups above stay in Active Directory with their members and their SIDs, as ordinary groups of its own."}{" "}
        Cycles end with it. The run can be undone from its page.
      </p>
      {groups === "delete" && (
        <TextField
          id="confirm"
          label="Type DELETE to confirm"
          value={word}
          onChange={setWord}
          onEnter={end}
          error={error}
        />
      )}
      {ending.error && <ProblemPanel problem={problemOfError(ending.error)} focused />}
      <div>
        <Button look="danger" busy={ending.isPending} onClick={end}>
          Disable now
        </Button>
      </div>
    </section>
  );
}
