import { createHash } from "node:crypto";

/** The sandbox's tenant, Contoso. Fixed, so that configurations and screenshots stay the same. */
export const tenantId = "c0a7050a-5b1e-4c3d-9f20-7d3c1a6e8b11";
export const tenantName = "Contoso";
/** The domain that every Entra tenant has. */
export const initialDomain = "contoso.onmicrosoft.com";

/** The web app's registration: the browser's client and, at once, the API that it asks for tokens to. */
export const webClientId = "3f1c0de5-2a94-4f57-8c61-0b9e4d7a1c22";
/** The unattended agent's registration, which signs in with a certificate. */
export const agentClientId = "a6e17b52-84d0-4b3f-b9ce-5f28d1c07e33";

export const apiResource = `api://${webClientId}`;
export const apiScope = `${apiResource}/access_as_user`;
export const graphResource = "https://graph.microsoft.com";

/** Role template ids (facts.md 6.2). */
export const roles = {
  globalAdministrator: "62e90394-69f5-4237-9190-012177145e10",
  hybridIdentityAdministrator: "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2",
  groupsAdministrator: "fdd7a751-b60b-444a-984c-02652fe8fa1c",
  helpdeskAdministrator: "729827e3-9c14-49f7-bb1b-9608f156bbb8",
  globalReader: "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
} as const;

/** The application permissions that the agent's registration is granted at the start. */
export const agentPermissions: readonly string[] = [
  "GroupMember.Read.All",
  "User.Read.All",
  "Organization.Read.All",
  "Device.Read.All",
  "OrgContact.Read.All",
];

/** The delegated Graph permissions that an admin of Contoso has consented to for the web app. */
export const delegatedPermissions: readonly string[] = [
  "User.Read",
  "User.Read.All",
  "Device.Read.All",
  "Group.ReadWrite.All",
  "Directory.Read.All",
  "OnPremDirectorySynchronization.Read.All",
];

/** A GUID that is always the same for the same text, so that the sandbox's object ids are. */
export function stableId(text: string): string {
  const hex = createHash("sha256").update(`contoso/${text}`).digest("hex");
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The SID that Entra gives a cloud object: S-1-12-1 and the object id as four little-endian numbers. */
export function cloudSecurityIdentifier(objectId: string): string {
  const hex = objectId.replaceAll("-", "");
  const bytes = Buffer.from(hex, "hex");
  // AD's byte order of a GUID: the first three fields are little-endian (MS-DTYP 2.3.4.2).
  const first = bytes.readUInt32BE(0);
  const second = bytes.readUInt16BE(4) + bytes.readUInt16BE(6) * 0x10000;
  return `S-1-12-1-${first}-${second}-${bytes.readUInt32LE(8)}-${bytes.readUInt32LE(12)}`;
}
