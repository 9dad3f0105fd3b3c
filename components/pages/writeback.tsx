"use client";

import { lazy, Suspense, useState } from "react";
import { Checkbox } from "#components/forms/choice.tsx";
import { FieldError } from "#components/forms/field.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { ConfigurationList, extraLinesOf } from "#components/run/configuration-list.tsx";
import { type Decisions, namingErrors } from "#lib/wizard/decisions.ts";
import { decide } from "#lib/wizard/draft-store.ts";
import { targetIn } from "#lib/wizard/pages.ts";
import { useSettled } from "#lib/wizard/use-settled.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

// The tree and the naming rules are loaded on this page alone.
const UnitTree = lazy(() => import("#components/tree/unit-tree.tsx"));
const ExampleNames = lazy(() => import("#components/tree/example-names.tsx"));

export function Writeback() {
  const { draft, decisions, facts, page, goNext } = useWizard();
  const baseDn = facts.status?.directory?.baseDn;
  const [asked, setAsked] = useState(false);
  const finished = page?.finished(facts) === true;
  const placed = facts.status !== undefined && targetIn(draft, facts.status);
  const errors: Record<string, string> = asked
    ? {
        ...(placed ? {} : { units: "Choose the OU that the groups are written to." }),
        ...namingErrors(decisions),
      }
    : {};
  const onNext = () => {
    if (!finished) return setAsked(true);
    decide(decisions);
    goNext();
  };
  const target = placed ? decisions.target : null;
  const rule = { naming: decisions.naming, namingPattern: useSettled(decisions.namingPattern) };
  return (
    <StepForm onNext={onNext} errors={errors}>
      <p className="max-w-[44rem]">
        Choose the organizational unit that the groups are written to. An OU of its own is best: the agent's
        account then needs rights there and nowhere else.
      </p>
      <div className={errors.units ? "border-l-4 border-danger pl-3" : ""}>
        <FieldError id="units" error={errors.units} />
        <Suspense fallback={<Waiting words="Loading the tree…" inset={false} />}>
          {baseDn && (
            <UnitTree
              key={baseDn}
              baseDn={baseDn}
              target={target}
              onChoose={(dn) => decide({ target: dn })}
            />
          )}
        </Suspense>
      </div>
      <p className="max-w-[46rem] text-sm">
        <span className="text-muted">Chosen: </span>
        <output className="font-mono wrap-anywhere">{target ?? "none yet"}</output>
      </p>
      <Checkbox
        id="naming"
        label="Writeback Group Distinguished Name with cloud Display Name"
        hint="Ticked, a group's name in Active Directory is its display name and the end of its object id; a rename in the cloud renames it. Unticked, it is Group_ and the object id, and never changes."
        checked={decisions.naming === "displayName"}
        onChange={(named) => decide({ naming: named ? "displayName" : "objectId" })}
      />
      <Checkbox
        id="ownPattern"
        label="Name the groups by a pattern of my own"
        hint="In place of both forms above. That no two groups get the same name is checked before anything is written."
        checked={decisions.naming === "pattern"}
        onChange={(own) => decide({ naming: own ? "pattern" : "objectId" })}
      />
      {decisions.naming === "pattern" && (
        <TextField
          id="namingPattern"
          label="Naming pattern"
          hint="Text with {displayName}, {mailNickname}, {objectId} and {shortId}, the end of the object id"
          value={decisions.namingPattern}
          onChange={(namingPattern) => decide({ namingPattern })}
          error={errors.namingPattern}
        />
      )}
      {target && (
        <Suspense fallback={<Waiting words="Loading the examples…" inset={false} />}>
          <ExampleNames target={target} rule={rule} />
        </Suspense>
      )}
      {finished && <Extras decisions={decisions} />}
    </StepForm>
  );
}

/** What few need, with what holds now; each leads to its own page. */
function Extras({ decisions }: { readonly decisions: Decisions }) {
  return (
    <section className="border-t border-line pt-4" aria-labelledby="extras">
      <h2 id="extras" className="mb-2 text-lg font-semibold">
        More settings
      </h2>
      <ConfigurationList change lines={extraLinesOf(decisions)} />
    </section>
  );
}
