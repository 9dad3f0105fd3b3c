import { randomUUID } from "node:crypto";
import { stableId } from "#lib/sandbox/tenant/identity.ts";
import type { Device, OrgContact } from "#lib/sandbox/tenant/objects.ts";

const lastSync = "2026-03-02T08:00:00Z";

/** A Windows device: hybrid-joined when it is synchronised from AD, where it then has a SID; else Entra-joined. */
export function windowsDevice(
  given: Pick<Device, "displayName" | "onPremisesSyncEnabled" | "onPremisesSecurityIdentifier"> & {
    readonly id?: string;
  },
): Device {
  const id = given.id ?? randomUUID();
  const synced = given.onPremisesSyncEnabled === true;
  return {
    kind: "device",
    deviceId: stableId(`deviceId/${id}`),
    operatingSystem: "Windows",
    operatingSystemVersion: "10.0.26100.4652",
    trustType: synced ? "ServerAd" : "AzureAd",
    accountEnabled: true,
    onPremisesLastSyncDateTime: synced ? lastSync : null,
    ...given,
    id,
  };
}

/** A mail contact, from AD or from Exchange Online. */
export function mailContact(
  given: Pick<OrgContact, "displayName" | "mail" | "onPremisesSyncEnabled"> & { readonly id?: string },
): OrgContact {
  return {
    kind: "orgContact",
    givenName: null,
    surname: null,
    companyName: null,
    mailNickname: given.mail?.split("@")[0] ?? null,
    proxyAddresses: given.mail === null ? [] : [`SMTP:${given.mail}`],
    onPremisesLastSyncDateTime: given.onPremisesSyncEnabled === true ? lastSync : null,
    ...given,
    id: given.id ?? randomUUID(),
  };
}
