import { useMutation } from "@tanstack/react-query";
import { Button } from "#components/forms/button.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import type { PlanFormat } from "#lib/model/messages.ts";
import { planFile } from "#lib/wizard/client.ts";
import { problemOfError } from "#lib/wizard/problems.ts";

const formats: Readonly<Record<PlanFormat, { readonly words: string; readonly ending: string }>> = {
  csv: { words: "CSV", ending: "csv" },
  json: { words: "JSON", ending: "json" },
  ldif: { words: "LDIF", ending: "ldif" },
  powershell: { words: "PowerShell", ending: "ps1" },
};

/** The plan as a file: to read, to keep, or to apply by one's own hands. */
export function Downloads({ run }: { readonly run: string }) {
  const saving = useMutation({
    mutationFn: async (format: PlanFormat) => {
      const address = URL.createObjectURL(await planFile(run, format));
      const link = document.createElement("a");
      link.href = address;
      link.download = `plan-${run}.${formats[format].ending}`;
      link.click();
      URL.revokeObjectURL(address);
    },
  });
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-sm text-muted">Download the plan:</span>
        {(Object.keys(formats) as PlanFormat[]).map((format) => (
          <Button key={format} busy={saving.isPending} onClick={() => saving.mutate(format)}>
            {formats[format].words}
          </Button>
        ))}
      </div>
      {saving.error && <ProblemPanel problem={problemOfError(saving.error)} />}
    </div>
  );
}
