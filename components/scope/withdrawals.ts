import type { Withdrawal } from "#lib/model/selection.ts";

/** What can become of an AD group that left the scope, in words. */
export const withdrawals: readonly { value: Withdrawal; label: string; hint: string }[] = [
  {
    value: "keep",
    label: "Keep it in Active Directory",
    hint: "The safe default, as in Entra Connect: the AD group stays as it last was, with its members and its rights, until the cloud group is deleted for good.",
  },
  {
    value: "convertToDistribution",
    label: "Convert it to a distribution group",
    hint: "The AD group keeps its members and its SID, but grants no rights any more. If the cloud group comes back into scope, so do the rights.",
  },
  {
    value: "delete",
    label: "Delete it from Active Directory",
    hint: "The AD group is deleted in the next cycle. Permissions that were granted to it are lost, also if the cloud group comes back.",
  },
];
