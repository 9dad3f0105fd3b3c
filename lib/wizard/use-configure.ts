import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { Body } from "#lib/model/messages.ts";
import { call } from "#lib/wizard/client.ts";
import { changeDraft } from "#lib/wizard/draft-store.ts";
import { pathOfPage } from "#lib/wizard/pages.ts";

/** Configure: starts the run that writes, and goes to its page. */
export function useConfigure() {
  const router = useRouter();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (configuration: Body<"startRun">["configuration"]) =>
      call("startRun", { body: { mode: "apply", policyType: "Initial", configuration } }),
    onSuccess: (run) => {
      client.setQueryData(["run", run.id], run);
      // The preview is stale as soon as something is written.
      changeDraft({ run: run.id, preview: null });
      router.push(pathOfPage("configuring", run.id));
    },
  });
}
