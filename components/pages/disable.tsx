"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { RadioList } from "#components/forms/choice.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { call } from "#lib/wizard/client.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useShowRun } from "#lib/wizard/use-show-run.ts";

type Groups = "release" | "delete";

const choices: readonly { value: Groups; label: string; hint: string }[] = [
  {
    value: "release",
    label: "Keep and release them",
    hint: "They stay with their members and their SIDs, and become ordinary groups of Active Directory. Rights that they were granted go on.",
  },
  {
    value: "delete",
    label: "Delete them",
    hint: "They are deleted from Active Directory, and the rights that were granted to them are lost.",
  },
];

/** Chooses what becomes of the written groups; what follows is shown on the page of the preview. */
export function Disable() {
  const [groups, setGroups] = useState<Groups | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const show = useShowRun();
  const previewing = useMutation({
    mutationFn: (chosen: Groups) => call("disableWriteback", { body: { mode: "preview", groups: chosen } }),
    onSuccess: show,
  });
  const onNext = () => {
    setErrors(groups === null ? { groups: "Choose what becomes of the groups." } : {});
    if (groups !== null) previewing.mutate(groups);
  };
  return (
    <StepForm next="Preview" onNext={onNext} busy={previewing.isPending} errors={errors}>
      <p className="max-w-[44rem]">
        Disabling ends the cycles: what changes in the cloud afterwards no longer reaches Active Directory.
        The groups in the cloud are not touched.
      </p>
      <RadioList
        legend="What becomes of the groups that were written to Active Directory?"
        name="groups"
        value={groups}
        options={choices}
        onChange={setGroups}
        error={errors.groups}
      />
      {previewing.error && <ProblemPanel problem={problemOfError(previewing.error)} focused />}
    </StepForm>
  );
}
