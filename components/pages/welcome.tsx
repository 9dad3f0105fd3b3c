"use client";

import { StepForm } from "#components/frame/step-form.tsx";
import { changeDraft } from "#lib/wizard/draft-store.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

export function Welcome() {
  const { goNext } = useWizard();
  const onNext = () => {
    changeDraft({ welcomed: true });
    goNext();
  };
  return (
    <StepForm onNext={onNext} cancel={false}>
      <p className="max-w-[44rem] text-lg">
        This wizard sets up group writeback: the groups of your Microsoft Entra tenant appear as groups in an
        organizational unit of your Active Directory, with their members, and are kept up to date by cycles
        that you start.
      </p>
      <Section title="What will happen">
        <ul className="grid list-disc gap-1 pl-5">
          <li>You decide which groups are written, where, and under which names.</li>
          <li>You see every change that would be made, group by group.</li>
          <li>
            <strong>Nothing is written to Active Directory before you choose Configure</strong> on the page
            “Ready to configure”.
          </li>
          <li>Only groups that this product created itself are ever changed. All others are left alone.</li>
        </ul>
      </Section>
      <Section title="What you will need">
        <ul className="grid list-disc gap-1 pl-5">
          <li>
            An account of the tenant with the role Hybrid Identity Administrator or Global Administrator.
            Readers can view the current configuration.
          </li>
          <li>
            The name of a domain controller that speaks LDAPS, and its certification authority's certificate.
          </li>
          <li>
            An Active Directory account that may create, change and delete groups in the target OU, and its
            password.
          </li>
        </ul>
      </Section>
    </StepForm>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section className="max-w-[44rem]">
      <h2 className="mb-2 text-lg font-semibold">{title}</h2>
      {children}
    </section>
  );
}
