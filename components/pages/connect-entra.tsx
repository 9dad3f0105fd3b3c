"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { Facts } from "#components/forms/facts.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import type { Answer } from "#lib/model/messages.ts";
import { changeDraft } from "#lib/wizard/draft-store.ts";
import { mayDo } from "#lib/wizard/pages.ts";
import { problemOfError, problems } from "#lib/wizard/problems.ts";
import { useMe, useSignInProblem, useTenant } from "#lib/wizard/queries.ts";
import { signIn, signOut } from "#lib/wizard/sign-in.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

export function ConnectEntra() {
  const { facts, page, goNext } = useWizard();
  const me = useMe();
  const ended = useSignInProblem();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const entering = useMutation({ mutationFn: signIn });
  const leaving = useMutation({ mutationFn: signOut });
  const onNext = () => {
    if (page?.finished(facts)) goNext();
    else if (me.data) setErrors({ "sign-out": "Sign in with an account that has the role for this task." });
    else setErrors({ "sign-in": "Sign in to go on." });
  };
  const error = entering.error ?? leaving.error ?? me.error;
  const problem = error ? problemOfError(error) : me.data ? undefined : ended;
  return (
    <StepForm onNext={onNext} errors={errors}>
      <p className="max-w-[44rem]">
        Sign in with an account of your tenant that has the role Hybrid Identity Administrator or Global
        Administrator. Your password is entered at Microsoft's sign-in page and never seen here.
      </p>
      {problem && <ProblemPanel problem={problem} />}
      {me.isPending ? (
        <Waiting words="Finishing the sign-in…" inset={false} />
      ) : me.data ? (
        <SignedIn me={me.data} busy={leaving.isPending} onSignOut={() => leaving.mutate()} />
      ) : (
        <div>
          <Button id="sign-in" look="main" busy={entering.isPending} onClick={() => entering.mutate()}>
            Sign in
          </Button>
          <p role="status" className="mt-2 text-sm text-muted">
            {entering.isPending ? "Opening the sign-in page…" : "You come back to this page afterwards."}
          </p>
        </div>
      )}
    </StepForm>
  );
}

type SignedInProps = { readonly me: Answer<"me">; readonly busy: boolean; readonly onSignOut: () => void };

function SignedIn({ me, busy, onSignOut }: SignedInProps) {
  const { draft } = useWizard();
  const task = draft.task ?? "customize";
  const tenant = useTenant();
  return (
    <>
      <section className="max-w-[46rem] rounded-lg border border-line p-4" aria-labelledby="signed-in">
        <h2 id="signed-in" className="font-semibold">
          Signed in
        </h2>
        <Facts
          facts={{
            Name: me.name,
            Account: me.userPrincipalName,
            Roles: me.roles.length > 0 ? me.roles.join(", ") : "None that matters here",
            ...(tenant.data ? { Tenant: `${tenant.data.displayName} (${tenant.data.defaultDomain})` } : {}),
          }}
        />
        <div className="mt-4">
          <Button id="sign-out" busy={busy} onClick={onSignOut}>
            Sign out
          </Button>
        </div>
      </section>
      {tenant.error && <ProblemPanel problem={problemOfError(tenant.error)} />}
      {!mayDo(task, me) && mayDo(task, { ...me, access: "reader" }) && (
        <ProblemPanel
          problem={{
            ...problems.roleMissing,
            why: "This task needs the role Global Reader, Helpdesk Administrator, Hybrid Identity Administrator or Global Administrator, assigned to you and active.",
            next: "Ask a Privileged Role Administrator to assign you Global Reader (Microsoft Entra admin centre, Roles & admins), then sign out and sign in again.",
          }}
        />
      )}
      {!mayDo(task, me) && !mayDo(task, { ...me, access: "reader" }) && (
        <RoleMissing reader={me.access === "reader"} />
      )}
    </>
  );
}

function RoleMissing({ reader }: { readonly reader: boolean }) {
  const router = useRouter();
  const view = () => {
    changeDraft({ task: "view", welcomed: true });
    router.push("/current-configuration");
  };
  return (
    <ProblemPanel problem={problems.roleMissing}>
      {reader && (
        <div className="mt-4 grid justify-items-start gap-2">
          <p>Your role lets you view the current configuration and the runs.</p>
          <Button onClick={view}>View current configuration</Button>
        </div>
      )}
    </ProblemPanel>
  );
}
