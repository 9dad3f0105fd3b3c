"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { Select } from "#components/forms/select.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { ObjectPicker } from "#components/scope/object-picker.tsx";
import type { Answer } from "#lib/model/messages.ts";
import { call } from "#lib/wizard/client.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import type { Picked } from "#lib/wizard/selection-form.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

type MemberKind = "none" | "user" | "group";

/** Why a group, or one member of it, is or is not in Active Directory. */
export function Explain() {
  const { leave } = useWizard();
  const [group, setGroup] = useState<Picked | null>(null);
  const [memberKind, setMemberKind] = useState<MemberKind>("none");
  const [member, setMember] = useState<Picked | null>(null);
  const [asked, setAsked] = useState<{ group: string; member: string | undefined } | null>(null);
  const [error, setError] = useState<string>();
  const ask = () => {
    setError(group === null ? "Choose the group first." : undefined);
    if (group !== null) setAsked({ group: group.id, member: member?.id });
  };
  const change = (set: () => void) => {
    set();
    setAsked(null);
  };
  return (
    <StepForm next="Exit" onNext={leave} cancel={false}>
      <p className="max-w-[44rem]">
        Choose a group of your tenant, and if you like one of its members. The answer comes from the same
        rules that decide in a cycle, and from both sides as they are now.
      </p>
      <ObjectPicker
        id="group"
        kind="group"
        label="Group"
        picked={group ? [group] : []}
        onPick={(picked) => change(() => setGroup(picked))}
        onDrop={() => change(() => setGroup(null))}
        error={error}
      />
      <Select
        id="memberKind"
        label="Ask about"
        value={memberKind}
        options={{ none: "The group itself", user: "A person in it", group: "A group in it" }}
        onChange={(kind) =>
          change(() => {
            setMemberKind(kind);
            setMember(null);
          })
        }
      />
      {memberKind !== "none" && (
        <ObjectPicker
          key={memberKind}
          id="member"
          kind={memberKind}
          label="Member"
          picked={member ? [member] : []}
          onPick={(picked) => change(() => setMember(picked))}
          onDrop={() => change(() => setMember(null))}
        />
      )}
      <div>
        <Button look="main" onClick={ask}>
          Explain
        </Button>
      </div>
      {asked && <Explanation group={asked.group} member={asked.member} />}
    </StepForm>
  );
}

function Explanation({ group, member }: { readonly group: string; readonly member: string | undefined }) {
  const { data, error } = useQuery({
    queryKey: ["explain", group, member],
    queryFn: ({ signal }) => call("explain", { query: { group, member }, signal }),
    staleTime: 0,
  });
  if (error) return <ProblemPanel problem={problemOfError(error)} focused />;
  if (!data) return <Waiting words="Asking both sides…" inset={false} />;
  return (
    <section className="grid max-w-[54rem] gap-3" aria-labelledby="verdict">
      <h2 id="verdict" className="text-lg font-semibold">
        {data.name}
      </h2>
      <p role="status" className="font-semibold">
        {data.verdict}
      </p>
      <ol className="grid gap-2" aria-label="Steps of the explanation">
        {data.steps.map((step) => (
          <Step key={step.question} step={step} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step }: { readonly step: Answer<"explain">["steps"][number] }) {
  return (
    <li
      className={`rounded-md border px-4 py-2 ${step.decided ? "border-accent bg-accent-soft" : "border-line"} ${step.outcome === "notAsked" ? "text-muted" : ""}`}
    >
      <p className="font-medium">
        {step.question}{" "}
        {step.decided && <span className="text-sm font-semibold text-accent">This decided.</span>}
      </p>
      <p className="text-sm">{step.answer}</p>
    </li>
  );
}
