import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import type { Dn } from "#lib/model/dn.ts";
import { groupDn, type NamingRule } from "#lib/plan/naming.ts";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useTenant } from "#lib/wizard/queries.ts";

type Props = { readonly target: Dn; readonly rule: NamingRule };

/** What some of the tenant's own groups would be called under the chosen OU. */
export default function ExampleNames({ target, rule }: Props) {
  const { data: tenant, error } = useTenant();
  if (error) return <ProblemPanel problem={problemOfError(error)} />;
  if (!tenant) return <Waiting words="Asking the tenant for some of its groups…" inset={false} />;
  if (tenant.sampleGroups.length === 0) return null;
  return (
    <section aria-labelledby="examples" className="max-w-[54rem]">
      <h2 id="examples" className="font-semibold">
        For example, in {tenant.displayName}
      </h2>
      <dl className="mt-2 grid gap-3" aria-live="polite">
        {tenant.sampleGroups.slice(0, 3).map((group) => (
          <div key={group.id} className="rounded-md bg-raised px-3 py-2">
            <dt className="font-medium">{group.displayName}</dt>
            <dd className="font-mono text-sm wrap-anywhere">{groupDn(rule, group, target)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
