import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { RadioList } from "#components/forms/choice.tsx";
import { Notice } from "#components/frame/notice.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { ObjectPicker } from "#components/scope/object-picker.tsx";
import type { Body } from "#lib/model/messages.ts";
import { call } from "#lib/wizard/client.ts";
import { pathOfPage } from "#lib/wizard/pages.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import type { Picked } from "#lib/wizard/selection-form.ts";
import { useShowRun } from "#lib/wizard/use-show-run.ts";

type Kind = "Delta" | "Initial" | "one";

const kinds: readonly { value: Kind; label: string; hint: string }[] = [
  {
    value: "Delta",
    label: "Delta",
    hint: "Reads and writes what changed since the last cycle, on both sides.",
  },
  { value: "Initial", label: "Initial", hint: "Reads everything anew, and puts right whatever differs." },
  { value: "one", label: "One group", hint: "Writes a single group now; the others are left as they are." },
];

/** Starts a cycle by hand, or shows what it would do. */
export function NewCycle({ active }: { readonly active: string | null }) {
  const [kind, setKind] = useState<Kind>("Delta");
  const [group, setGroup] = useState<Picked | null>(null);
  const [asked, setAsked] = useState(false);
  const show = useShowRun();
  const starting = useMutation({
    mutationFn: (body: Body<"startRun">) => call("startRun", { body }),
    onSuccess: show,
  });
  const start = (mode: "preview" | "apply") => {
    setAsked(true);
    if (kind !== "one") starting.mutate({ mode, policyType: kind });
    else if (group) starting.mutate({ mode, policyType: "Initial", only: group.id });
  };
  return (
    <section className="grid justify-items-start gap-4" aria-labelledby="new-cycle">
      <h2 id="new-cycle" className="text-lg font-semibold">
        Run a cycle now
      </h2>
      {active !== null && (
        <Notice>
          A run is under way.{" "}
          <Link href={pathOfPage("run", active)} prefetch={false} className="text-accent underline">
            Show it
          </Link>
        </Notice>
      )}
      {starting.error && <ProblemPanel problem={problemOfError(starting.error)} focused />}
      <RadioList legend="Kind of cycle" name="kind" value={kind} options={kinds} onChange={setKind} />
      {kind === "one" && (
        <ObjectPicker
          id="one-group"
          kind="group"
          label="Group"
          picked={group ? [group] : []}
          onPick={setGroup}
          onDrop={() => setGroup(null)}
          error={asked && group === null ? "Choose the group to write." : undefined}
        />
      )}
      <div className="flex flex-wrap gap-2">
        <Button busy={starting.isPending} onClick={() => start("preview")}>
          Preview
        </Button>
        <Button look="main" busy={starting.isPending} onClick={() => start("apply")}>
          Run now
        </Button>
      </div>
    </section>
  );
}
