"use client";

import { useState } from "react";
import { RadioList } from "#components/forms/choice.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import type { Task } from "#lib/wizard/draft.ts";
import { changeDraft } from "#lib/wizard/draft-store.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

const options: readonly { value: Task; label: string; hint: string }[] = [
  {
    value: "customize",
    label: "Customize synchronization options",
    hint: "Choose which groups are written back, and where, then run a cycle. Needs Hybrid Identity Administrator or Global Administrator.",
  },
  {
    value: "view",
    label: "View current configuration",
    hint: "Shows what the agent is set up to do and its last runs. Changes nothing. Global Reader or Helpdesk Administrator is enough.",
  },
  {
    value: "cycles",
    label: "Cycles and runs",
    hint: "Run a cycle now, write one group now, change the schedule, and look at what each run did, release what a guard holds, undo a run. Looking needs the role of a reader, the rest that of an administrator.",
  },
  {
    value: "explain",
    label: "Explain a group or a member",
    hint: "Why is this group, or this person in it, (not) in Active Directory? Answered step by step. Changes nothing.",
  },
  {
    value: "disable",
    label: "Disable group writeback",
    hint: "Ends writeback, and lets you choose what becomes of the groups in Active Directory. Shown first, like every change.",
  },
];

export function Tasks() {
  const { draft, goNext } = useWizard();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const onNext = () => (draft.task === null ? setErrors({ task: "Choose a task." }) : goNext());
  return (
    <StepForm onNext={onNext} errors={errors}>
      <RadioList
        legend="What do you want to do?"
        name="task"
        value={draft.task}
        options={options}
        error={errors.task}
        onChange={(task) => {
          setErrors({});
          changeDraft({ task });
        }}
      />
    </StepForm>
  );
}
