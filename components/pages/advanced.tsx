"use client";

import { useState } from "react";
import { Checkbox, RadioList } from "#components/forms/choice.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { Notice } from "#components/frame/notice.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { advancedErrors, type Decisions } from "#lib/wizard/decisions.ts";
import { decide } from "#lib/wizard/draft-store.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

const deciders: readonly { value: Decisions["decidedBy"]; label: string; hint: string }[] = [
  {
    value: "kinds",
    label: "The kinds that were ticked",
    hint: "Every group of a ticked kind is written back.",
  },
  {
    value: "writebackConfiguration",
    label: "Each group's own setting in the tenant as well",
    hint: "As Entra Connect decides: a group whose writeback is switched off in Microsoft Entra stays out, and a security group must be switched on. Needs Graph's beta property writebackConfiguration.",
  },
];

type Threshold = "deletionPercentage" | "membershipRemovalThreshold" | "changeThreshold";

const thresholds: readonly { field: Threshold; label: string; hint: string }[] = [
  {
    field: "deletionPercentage",
    label: "Deletions, in percent",
    hint: "A plan that deletes a greater share of the written groups is held. Empty: off.",
  },
  {
    field: "membershipRemovalThreshold",
    label: "Removed memberships",
    hint: "A plan that removes more memberships is held. Empty: off.",
  },
  {
    field: "changeThreshold",
    label: "Changes",
    hint: "A plan with more changes of any kind is held. Empty: off.",
  },
];

/** What few need: who decides, guards, staging mode, and the take-over from a script. */
export function Advanced() {
  const { decisions, goNext } = useWizard();
  const [asked, setAsked] = useState(false);
  const errors = asked ? advancedErrors(decisions) : {};
  const onNext = () => {
    if (Object.keys(advancedErrors(decisions)).length > 0) return setAsked(true);
    goNext();
  };
  return (
    <StepForm next="Done" onNext={onNext} errors={errors} previous={false}>
      <Checkbox
        id="stagingMode"
        label="Staging mode"
        hint="Cycles read, plan and show, but export nothing, as with Entra Connect's staging mode."
        checked={decisions.stagingMode}
        onChange={(stagingMode) => decide({ stagingMode })}
      />
      <RadioList
        legend="Which groups of the ticked kinds are written back?"
        name="decidedBy"
        value={decisions.decidedBy}
        options={deciders}
        onChange={(decidedBy) => decide({ decidedBy })}
      />
      <Checkbox
        id="roleAssignableGroups"
        label="Write back role-assignable groups too"
        hint="They are left out unless this is ticked, whatever else selects them."
        checked={decisions.roleAssignableGroups}
        onChange={(roleAssignableGroups) => decide({ roleAssignableGroups })}
      />
      {decisions.roleAssignableGroups && (
        <Notice warning>
          Members of a role-assignable group can hold roles such as Global Administrator. Written back, the
          group shows every reader of Active Directory who they are.
        </Notice>
      )}
      <fieldset className="grid gap-4">
        <legend className="mb-3 font-semibold">Hold a run that is larger than expected</legend>
        {thresholds.map(({ field, label, hint }) => (
          <TextField
            key={field}
            id={field}
            label={label}
            hint={hint}
            value={decisions[field]}
            onChange={(value) => decide({ [field]: value })}
            error={errors[field]}
            numeric
          />
        ))}
      </fieldset>
      <TextField
        id="takeOverAttribute"
        label="Take over the groups of a script"
        hint="The attribute in which AAD-Group-Writeback-Script or a similar tool kept the cloud group's object id, such as info. Its groups are then taken over in place. Groups of Entra Connect and Cloud Sync are recognised without it."
        value={decisions.takeOverAttribute}
        onChange={(takeOverAttribute) => decide({ takeOverAttribute })}
        error={errors.takeOverAttribute}
      />
    </StepForm>
  );
}
