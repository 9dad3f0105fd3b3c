import { z } from "zod";
import { dn } from "#lib/model/dn.ts";

/** What the wizard asks for on “Connect your directories”. The password is never given back. */
export const directoryCredentials = z.object({
  /** Name of a domain controller or of the domain, without a scheme. */
  server: z
    .string()
    .trim()
    .min(1, "Enter the name of a domain controller or of the domain.")
    .regex(/^[A-Za-z0-9._-]+$/, "Enter a host name, such as dc1.contoso.com, without ldaps:// or a port."),
  port: z
    .int("Enter a whole number.")
    .min(1, "Enter a port from 1 to 65535.")
    .max(65535, "Enter a port from 1 to 65535."),
  /** `DOMAIN\name`, `name@domain` or a DN. */
  account: z.string().trim().min(1, "Enter the account, such as CONTOSO\\svc-groupwriteback."),
  password: z.string().min(1, "Enter the account's password."),
  /** PEM; the agent's own trust store is used where this is empty. */
  certificateAuthority: z
    .string()
    .trim()
    .refine(
      (text) => text === "" || text.includes("-----BEGIN CERTIFICATE-----"),
      "Paste a certificate in PEM form.",
    )
    .default(""),
});
export type DirectoryCredentials = z.infer<typeof directoryCredentials>;

/** The forest as a domain controller describes it (its rootDSE, MS-ADTS 3.1.1.3.2). */
export const directoryDescription = z.object({
  server: z.string(),
  port: z.int(),
  account: z.string(),
  forest: z.string(),
  domain: z.string(),
  baseDn: dn,
  domainController: z.string(),
  /** Whether the schema has msDS-ExternalDirectoryObjectId (Windows Server 2016). */
  externalDirectoryObjectId: z.boolean(),
});
export type DirectoryDescription = z.infer<typeof directoryDescription>;

/** A domain, OU or container, as the tree shows it. */
export const organizationalUnit = z.object({
  dn,
  name: z.string(),
  kind: z.enum(["domain", "organizationalUnit", "container"]),
  hasChildren: z.boolean(),
  /** Why it cannot be the target, or null where it can. */
  refusal: z.string().nullable(),
});
export type OrganizationalUnit = z.infer<typeof organizationalUnit>;
