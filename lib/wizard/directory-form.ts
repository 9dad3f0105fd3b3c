import type { Answer, Body } from "#lib/model/messages.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { DirectoryFields } from "#lib/wizard/draft.ts";

/** The fields of page W4: as typed, else as connected, else as the start command suggests. */
export function directoryFieldsOf(
  typed: Partial<DirectoryFields>,
  status: Pick<Answer<"status">, "directory" | "suggestedDirectory"> | undefined,
): DirectoryFields {
  const known = status?.directory ?? status?.suggestedDirectory ?? undefined;
  return {
    server: known?.server ?? "",
    port: String(known?.port ?? 636),
    account: known?.account ?? "",
    certificateAuthority: "",
    ...typed,
  };
}

/** The messages for the fields that cannot be sent as they are, by field id; the server checks again. */
export function directoryErrors(fields: DirectoryFields, password: string): Record<string, string> {
  const errors: Record<string, string> = {};
  const port = Number(fields.port.trim());
  const authority = fields.certificateAuthority.trim();
  if (fields.server.trim() === "") errors.server = "Enter the name of a domain controller or of the domain.";
  else if (!/^[A-Za-z0-9._-]+$/.test(fields.server.trim()))
    errors.server = "Enter a host name, such as dc1.contoso.com, without ldaps:// or a port.";
  if (!/^\d+$/.test(fields.port.trim()) || port < 1 || port > 65_535)
    errors.port = "Enter a port from 1 to 65535. LDAPS is 636.";
  if (fields.account.trim() === "")
    errors.account = "Enter the account, such as CONTOSO\\svc-groupwriteback.";
  if (password === "") errors.password = "Enter the account's password.";
  if (authority !== "" && !authority.includes("-----BEGIN CERTIFICATE-----"))
    errors.certificateAuthority =
      "Paste a certificate in PEM form: it begins with -----BEGIN CERTIFICATE-----.";
  return errors;
}

/** What is sent to connect. Only for fields without errors. */
export function credentialsOf(fields: DirectoryFields, password: string): Body<"connectDirectory"> {
  return {
    server: fields.server.trim(),
    port: Number(fields.port),
    account: fields.account.trim(),
    password,
    certificateAuthority: fields.certificateAuthority.trim(),
  };
}

type Field = keyof DirectoryFields | "password";

/** The fields' labels. */
export const fieldNames: Readonly<Record<Field, string>> = {
  server: "Server",
  port: "Port",
  account: "Account",
  password: "Password",
  certificateAuthority: "Certification authority",
};

const places: Readonly<Record<string, Field>> = {
  E4001: "server",
  E4002: "certificateAuthority",
  E4003: "password",
  E4004: "port",
  E4008: "server",
};

/** The field where a problem is most likely mended, if there is one. */
export function placeOf(problem: Problem): Field | undefined {
  return places[problem.code];
}
