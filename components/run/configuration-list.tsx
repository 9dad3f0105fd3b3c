import Link from "next/link";
import type { ReactNode } from "react";
import type { Decisions } from "#lib/wizard/decisions.ts";
import { formatNumber } from "#lib/wizard/format.ts";
import { type PageId, pathOfPage } from "#lib/wizard/pages.ts";

export type Line = { readonly name: string; readonly value: ReactNode; readonly page: PageId };

/** The decided configuration in words, each line with the page on which it is decided. */
export function linesOf(decisions: Decisions): Line[] {
  const kinds = [
    ...(decisions.microsoft365Groups ? ["Microsoft 365 groups, as universal distribution groups"] : []),
    ...(decisions.securityGroups ? ["Security groups, as universal security groups"] : []),
    ...(decisions.ownSelections ? ["Groups that my own selections take"] : []),
  ];
  const threshold = Number(decisions.deletionThreshold);
  return [
    { name: "Groups written back", value: kinds.join("; "), page: "optional-features" },
    {
      name: "When a group leaves the scope",
      value: {
        keep: "Keep it in Active Directory",
        convertToDistribution: "Convert it to a distribution group",
        delete: `Delete it from Active Directory; a run that would delete more than ${formatNumber(threshold)} is held`,
      }[decisions.withdrawal],
      page: "optional-features",
    },
    {
      name: "Target OU",
      value: <span className="font-mono text-sm">{decisions.target}</span>,
      page: "writeback",
    },
    {
      name: "Distinguished name",
      value: {
        displayName: "With cloud display name: <display name>_<end of the object id>",
        objectId: "Group_<object id>",
        pattern: <>By the pattern {decisions.namingPattern}</>,
      }[decisions.naming],
      page: "writeback",
    },
    ...extraLinesOf(decisions),
  ];
}

/** The lines of the pages below page W6. */
export function extraLinesOf(decisions: Decisions): Line[] {
  const { selections, mapping } = decisions;
  const advanced = [
    ...(decisions.stagingMode ? ["Staging mode: nothing is exported"] : []),
    ...(decisions.decidedBy === "writebackConfiguration"
      ? ["Each group's own setting in the tenant counts"]
      : []),
    ...(decisions.roleAssignableGroups ? ["Role-assignable groups are written back too"] : []),
    ...(decisions.takeOverAttribute
      ? [`Groups with their object id in ${decisions.takeOverAttribute} are taken over`]
      : []),
    ...(decisions.deletionPercentage ? [`Held above ${decisions.deletionPercentage} percent deletions`] : []),
    ...(decisions.membershipRemovalThreshold
      ? [`Held above ${decisions.membershipRemovalThreshold} removed memberships`]
      : []),
    ...(decisions.changeThreshold ? [`Held above ${decisions.changeThreshold} changes`] : []),
  ];
  return [
    {
      name: "Selections",
      value: decisions.ownSelections
        ? selections.map(({ name }) => name).join(", ") || "None yet"
        : "Not used: the kind alone decides",
      page: "selections",
    },
    {
      name: "Attribute mapping",
      value:
        mapping.length === 0
          ? "As Entra Connect wrote them"
          : `As Entra Connect wrote them, and ${mapping.map(({ attribute }) => attribute || "…").join(", ")}`,
      page: "mapping",
    },
    { name: "Advanced settings", value: advanced.join("; ") || "None", page: "advanced" },
  ];
}

type Props = { readonly lines: readonly Line[]; readonly change: boolean };

/** Answers to check, each with the way to change it (GOV.UK Design System, Check answers). */
export function ConfigurationList({ lines, change }: Props) {
  return (
    <dl className="max-w-[54rem] divide-y divide-line border-y border-line">
      {lines.map(({ name, value, page }) => (
        <div key={name} className="grid gap-x-4 py-2 sm:grid-cols-[15rem_minmax(0,1fr)_auto]">
          <dt className="font-semibold">{name}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
          {change && (
            <dd>
              <Link
                href={pathOfPage(page)}
                prefetch={false}
                className="inline-block min-h-6 text-accent underline underline-offset-2"
              >
                Change<span className="sr-only"> {name.toLowerCase()}</span>
              </Link>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
