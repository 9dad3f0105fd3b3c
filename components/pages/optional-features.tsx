"use client";

import { useState } from "react";
import { Checkbox, RadioList } from "#components/forms/choice.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { withdrawals } from "#components/scope/withdrawals.ts";
import { type Decisions, featureErrors } from "#lib/wizard/decisions.ts";
import { decide } from "#lib/wizard/draft-store.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

export function OptionalFeatures() {
  const { decisions, goNext } = useWizard();
  const [asked, setAsked] = useState(false);
  const errors = asked ? featureErrors(decisions) : {};
  const onNext = () => {
    if (Object.keys(featureErrors(decisions)).length > 0) return setAsked(true);
    decide(decisions);
    goNext();
  };
  return (
    <StepForm onNext={onNext} errors={errors}>
      <p className="max-w-[44rem]">Choose what this product does for your forest.</p>
      <Checkbox
        id="groupWriteback"
        label="Group writeback"
        hint="Writes groups of Microsoft Entra ID to Active Directory as universal groups."
        checked={decisions.groupWriteback}
        onChange={(groupWriteback) => decide({ groupWriteback })}
        error={errors.groupWriteback}
      />
      {decisions.groupWriteback && <Kinds decisions={decisions} errors={errors} />}
      {decisions.groupWriteback && <Leaving decisions={decisions} errors={errors} />}
      <p className="max-w-[44rem] border-t border-line pt-4 text-sm text-muted">
        Password hash synchronization, password writeback, device writeback and Entra Connect's other optional
        features are not part of this product. Where Entra Connect runs them, they go on there unchanged.
      </p>
    </StepForm>
  );
}

type Part = { readonly decisions: Decisions; readonly errors: Readonly<Record<string, string>> };

function Kinds({ decisions, errors }: Part) {
  return (
    <div className="border-l-2 border-line pl-4 sm:ml-9">
      <fieldset className="grid gap-4">
        <legend className="mb-3 font-semibold">Which groups are written back?</legend>
        <Checkbox
          id="microsoft365Groups"
          label="Microsoft 365 groups"
          hint="They become universal distribution groups, as Entra Connect writes them. They grant no rights."
          checked={decisions.microsoft365Groups}
          onChange={(microsoft365Groups) => decide({ microsoft365Groups })}
          error={errors.microsoft365Groups}
        />
        <Checkbox
          id="securityGroups"
          label="Security groups"
          hint="They become universal security groups, which can be granted rights on premises. Groups that come from Active Directory and role-assignable groups are left out."
          checked={decisions.securityGroups}
          onChange={(securityGroups) => decide({ securityGroups })}
        />
        <Checkbox
          id="ownSelections"
          label="Groups that my own selections take"
          hint="By name, owner, administrative unit, pilot group and more; each selection with its own OU. They are asked before the kinds above, and defined on page W6a."
          checked={decisions.ownSelections}
          onChange={(ownSelections) => decide({ ownSelections })}
        />
      </fieldset>
    </div>
  );
}

function Leaving({ decisions, errors }: Part) {
  return (
    <div className="grid gap-4 border-l-2 border-line pl-4 sm:ml-9">
      <RadioList
        legend="When a group leaves the scope"
        name="withdrawal"
        value={decisions.withdrawal}
        options={withdrawals}
        onChange={(withdrawal) => decide({ withdrawal })}
      />
      {decisions.withdrawal === "delete" && (
        <TextField
          id="deletionThreshold"
          label="Deletion threshold"
          hint="A run that would delete more groups than this is held, and writes nothing."
          value={decisions.deletionThreshold}
          onChange={(deletionThreshold) => decide({ deletionThreshold })}
          error={errors.deletionThreshold}
          numeric
        />
      )}
    </div>
  );
}
