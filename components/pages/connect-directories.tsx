"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { Facts } from "#components/forms/facts.tsx";
import { FieldLink } from "#components/forms/field-link.tsx";
import { PasswordField } from "#components/forms/password-field.tsx";
import { TextArea, TextField } from "#components/forms/text-field.tsx";
import { Notice } from "#components/frame/notice.tsx";
import { StepForm } from "#components/frame/step-form.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import type { DirectoryDescription } from "#lib/model/directory.ts";
import type { Answer } from "#lib/model/messages.ts";
import { call } from "#lib/wizard/client.ts";
import {
  credentialsOf,
  directoryErrors,
  directoryFieldsOf,
  fieldNames,
  placeOf,
} from "#lib/wizard/directory-form.ts";
import type { DirectoryFields } from "#lib/wizard/draft.ts";
import { changeDraft } from "#lib/wizard/draft-store.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useStatus } from "#lib/wizard/queries.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

export function ConnectDirectories() {
  const { draft, goNext } = useWizard();
  const { data: status, error: statusError, isPending } = useStatus();
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const connecting = useConnect();
  const fields = directoryFieldsOf(draft.directory, status);
  const directory = status?.directory ?? null;
  const problem = connecting.error ? problemOfError(connecting.error) : undefined;
  const place = problem && placeOf(problem);
  // What the agent found stands in its own panel, and again beside the field where it is mended.
  const beside: Record<string, string> = place ? { [place]: problem.what, ...errors } : errors;

  const change = (field: keyof DirectoryFields) => (value: string) =>
    changeDraft({ directory: { ...draft.directory, [field]: value } });
  const connect = () => {
    const found = directoryErrors(fields, password);
    setErrors(found);
    if (connecting.isPending || Object.keys(found).length > 0) return;
    connecting.mutate(credentialsOf(fields, password), { onSuccess: () => setPassword("") });
  };
  const onNext = () => {
    if (directory && password === "") goNext();
    else if (directory)
      setErrors({ connect: "Choose Connect to use the password that you typed, or clear it." });
    else
      setErrors({
        connect: "Choose Connect first: the connection is checked before you go on.",
        ...directoryErrors(fields, password),
      });
  };

  return (
    <StepForm onNext={onNext} errors={errors}>
      {problem && (
        <ProblemPanel problem={problem} focused>
          {place && (
            <p className="mt-2">
              <FieldLink field={place}>Go to the field “{fieldNames[place]}”</FieldLink>
            </p>
          )}
        </ProblemPanel>
      )}
      <p className="max-w-[44rem]">
        The agent connects to a domain controller over LDAPS with an account of your forest. The password goes
        to the agent and is not kept in this browser.
      </p>
      {statusError && <ProblemPanel problem={problemOfError(statusError)} />}
      {!directory && !isPending && draft.connectedDomain !== null && !statusError && (
        <Notice warning>
          The agent no longer holds the connection to {draft.connectedDomain}: it was restarted, and it keeps
          a password only once you have chosen Configure. Enter the password and choose Connect again.
        </Notice>
      )}
      {directory && <Connected directory={directory} />}
      <div className="grid gap-4">
        <div className="grid max-w-[34rem] gap-4 items-start sm:grid-cols-[minmax(0,1fr)_8rem]">
          <TextField
            id="server"
            label="Server"
            hint="Such as dc1.contoso.com"
            value={fields.server}
            onChange={change("server")}
            error={beside.server}
          />
          <TextField
            id="port"
            label="Port"
            hint="LDAPS is 636"
            value={fields.port}
            onChange={change("port")}
            error={beside.port}
            numeric
          />
        </div>
        <TextField
          id="account"
          label="Account"
          hint="As CONTOSO\name, name@contoso.com or a distinguished name. It needs rights on the target OU alone."
          value={fields.account}
          onChange={change("account")}
          error={beside.account}
        />
        <PasswordField value={password} onChange={setPassword} error={beside.password} />
        <Authority
          value={fields.certificateAuthority}
          onChange={change("certificateAuthority")}
          error={beside.certificateAuthority}
        />
        <div className="flex flex-wrap items-center gap-3">
          {/* The first button that submits is the one that Enter presses: while nothing is connected, this one. */}
          <Button
            id="connect"
            type={directory ? "button" : "submit"}
            look={directory ? "plain" : "main"}
            busy={connecting.isPending}
            onClick={connect}
          >
            Connect
          </Button>
          <span role="status" className="text-sm text-muted">
            {connecting.isPending ? "Connecting to the domain controller…" : ""}
          </span>
        </div>
      </div>
    </StepForm>
  );
}

/** Connects, and tells the rest of the wizard at once. */
function useConnect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ReturnType<typeof credentialsOf>) => call("connectDirectory", { body }),
    onSuccess: (directory) => {
      changeDraft({ connectedDomain: directory.domain });
      client.setQueryData<Answer<"status">>(["status"], (status) => status && { ...status, directory });
      client.removeQueries({ queryKey: ["units"] });
      return client.invalidateQueries({ queryKey: ["status"] });
    },
  });
}

function Connected({ directory }: { readonly directory: DirectoryDescription }) {
  return (
    <section className="max-w-[46rem] rounded-lg border border-line p-4" aria-labelledby="connected">
      <h2 id="connected" className="font-semibold">
        <span aria-hidden="true" className="text-ok">
          ✓{" "}
        </span>
        Connected
      </h2>
      <Facts
        facts={{
          Forest: directory.forest,
          Domain: directory.domain,
          "Domain controller": directory.domainController,
          Account: directory.account,
        }}
      />
      {!directory.externalDirectoryObjectId && (
        <p className="mt-2 text-sm text-muted">
          The schema is older than Windows Server 2016: groups carry their anchor in adminDescription alone.
        </p>
      )}
    </section>
  );
}

type AuthorityProps = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
};

function Authority({ value, onChange, error }: AuthorityProps) {
  return (
    <details open={value !== "" || error !== undefined || undefined} className="max-w-[34rem]">
      <summary className="min-h-6 w-fit text-accent underline underline-offset-4">
        Use a certification authority of your own
      </summary>
      <div className="mt-3">
        <TextArea
          id="certificateAuthority"
          label="Certification authority"
          hint="Its certificate in PEM form. Leave it empty if the agent's machine trusts the authority already."
          value={value}
          onChange={onChange}
          error={error}
        />
      </div>
    </details>
  );
}
