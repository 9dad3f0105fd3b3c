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
