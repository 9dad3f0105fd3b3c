import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Body } from "#lib/model/messages.ts";
import { call } from "#lib/wizard/client.ts";
import type { Draft } from "#lib/wizard/draft.ts";
import { changeDraft } from "#lib/wizard/draft-store.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useRun } from "#lib/wizard/queries.ts";

type Wanted = Body<"startRun">["configuration"];

/**
 * The preview of a configuration. It is started by itself when the page opens and none was made for this very
 * configuration; it reads and writes nothing, so nobody need ask for it.
 */
export function usePreview(draft: Draft, wanted: Wanted | undefined) {
  const key = JSON.stringify(wanted);
  const known = draft.preview?.configuration === key ? draft.preview.run : undefined;
  const starting = useMutation({
    mutationFn: (configuration: Wanted) =>
      call("startRun", { body: { mode: "preview", policyType: "Initial", configuration } }),
    onSuccess: ({ id }) => changeDraft({ preview: { run: id, configuration: key } }),
  });
  const followed = useRun(known);
  // React's strict mode runs effects twice; a second start would be refused (E2004).
  const started = useRef<string>(undefined);
  const start = starting.mutate;
  useEffect(() => {
    if (!wanted || known !== undefined || started.current === key) return;
    started.current = key;
    start(wanted);
  }, [wanted, known, key, start]);
  return {
    run: followed.run,
    lost: followed.lost,
    problem: starting.error ? problemOfError(starting.error) : followed.problem,
    again: () => wanted && starting.mutate(wanted),
  };
}
