"use client";

import { useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { MappingRow } from "#components/scope/mapping-row.tsx";
import { TryMapping } from "#components/scope/try-mapping.tsx";
import type { AttributeMapping } from "#lib/model/mapping.ts";
import { configurationOf, mappingErrors } from "#lib/wizard/decisions.ts";
import { decide } from "#lib/wizard/draft-store.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

const empty: AttributeMapping = {
  attribute: "",
  source: { from: "property", property: "displayName" },
  apply: "always",
};

/** What AD attributes get, beside or instead of what Entra Connect wrote; tried out before anything is saved. */
export function Mapping() {
  const { decisions, goNext } = useWizard();
  const [asked, setAsked] = useState(false);
  const { mapping } = decisions;
  const errors = asked ? mappingErrors(decisions) : {};
  const onNext = () => {
    if (Object.keys(mappingErrors(decisions)).length > 0) return setAsked(true);
    goNext();
  };
  const set = (next: readonly AttributeMapping[]) => decide({ mapping: next });
  return (
    <StepForm next="Done" onNext={onNext} errors={errors} previous={false}>
      <p className="max-w-[44rem]">
        Without any mapping of your own, groups get what Entra Connect wrote: display name, description, mail
        of mail-enabled groups, and the anchors. Map an attribute here to set it otherwise, or to set one
        more.
      </p>
      {mapping.length > 0 && (
        <ol className="grid gap-4" aria-label="Mapped attributes">
          {mapping.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place; its fields are all controlled.
            <li key={index}>
              <MappingRow
                index={index}
                mapping={entry}
                errors={errors}
                onChange={(changed) => set(mapping.with(index, changed))}
                onRemove={() => set(mapping.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ol>
      )}
      <div>
        <Button onClick={() => set([...mapping, empty])}>Map an attribute</Button>
      </div>
      {mapping.length > 0 && <TryMapping configuration={configurationOf(decisions)} />}
    </StepForm>
  );
}
