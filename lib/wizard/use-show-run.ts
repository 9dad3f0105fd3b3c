import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { Run } from "#lib/model/run.ts";
import { pathOfPage } from "#lib/wizard/pages.ts";

/** Goes to the page of a run that was just started or changed. */
export function useShowRun(): (run: Run) => void {
  const router = useRouter();
  const client = useQueryClient();
  return (run) => {
    client.setQueryData(["run", run.id], run);
    void client.invalidateQueries({ queryKey: ["runs"] });
    router.push(pathOfPage("run", run.id));
  };
}
