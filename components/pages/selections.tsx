"use client";

import { useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { Checkbox } from "#components/forms/choice.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { ScopePreview } from "#components/scope/scope-preview.tsx";
import { SelectionEditor } from "#components/scope/selection-editor.tsx";
import { SelectionSummary } from "#components/scope/selection-summary.tsx";
import type { Selection } from "#lib/model/selection.ts";
import { configurationOf } from "#lib/wizard/decisions.ts";
import { decide } from "#lib/wizard/draft-store.ts";
import { newSelection, selectionErrors } from "#lib/wizard/selection-form.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

/** The admin's own rules, in the order in which they are asked, and what they take of the real tenant. */
export function Selections() {
  const { decisions, goNext } = useWizard();
  const { selections, ownSelections, target } = decisions;
  const [editing, setEditing] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const errors = asked ? selectionErrors(decisions) : {};
  const set = (next: readonly Selection[]) => decide({ selections: next });
  const onNext = () => {
    const found = Object.keys(selectionErrors(decisions));
    if (found.length === 0) return goNext();
    setAsked(true);
    // A field that is to be mended must be on the page.
    setEditing(selections.find(({ id }) => found.some((field) => field.endsWith(id)))?.id ?? editing);
  };
  const add = () => {
    if (target === null) return;
    const added = newSelection(`Selection ${selections.length + 1}`, target);
    set([...selections, added]);
    setEditing(added.id);
  };
  return (
    <StepForm next="Done" onNext={onNext} errors={errors} previous={false}>
      <p className="max-w-[44rem]">
        Selections are asked in this order, and the first that takes a group decides what it becomes and where
        it goes. A group that none takes is written back if its kind was ticked on page W5.
      </p>
      <Checkbox
        id="useSelections"
        label="Use selections"
        checked={ownSelections}
        onChange={(use) => decide({ ownSelections: use })}
      />
      {ownSelections && (
        <>
          <ol className="grid gap-4" aria-label="Selections">
            {selections.map((selection, index) => (
              <li key={selection.id} className="grid gap-4 rounded-lg border border-line p-4">
                <SelectionSummary
                  selection={selection}
                  open={editing === selection.id}
                  onOpen={(open) => setEditing(open ? selection.id : null)}
                  onUp={
                    index === 0
                      ? undefined
                      : () => set(selections.toSpliced(index, 1).toSpliced(index - 1, 0, selection))
                  }
                  onRemove={() => set(selections.toSpliced(index, 1))}
                />
                {editing === selection.id && (
                  <SelectionEditor
                    selection={selection}
                    onChange={(changed) => set(selections.with(index, changed))}
                    errors={errors}
                  />
                )}
              </li>
            ))}
          </ol>
          <div>
            <Button id="add-selection" onClick={add}>
              Add a selection
            </Button>
          </div>
        </>
      )}
      <ScopePreview configuration={configurationOf(decisions)} />
    </StepForm>
  );
}
