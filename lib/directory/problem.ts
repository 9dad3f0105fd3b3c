import type { PeerCertificate } from "node:tls";
import { ResultCodeError } from "ldapts";
import type { Endpoint } from "#lib/directory/endpoint.ts";
import { bindReasons, certificateReasons, networkReasons, refusalReasons } from "#lib/directory/words.ts";
import type { ErrorCode } from "#lib/model/errors.ts";
import { Failure } from "#lib/model/problem.ts";

/** What was being done when the directory answered with an error, as far as it decides the error's code. */
export type Action = {
  /** Ends the sentence “It was asked to …”. */
  readonly doing: string;
  /** What it means that an object does not exist (result code 32). */
  readonly absent: "E4006" | "E4013";
};

/** The LDAP result code (RFC 4511, appendix A) that the error stands for, or undefined. */
export function resultCode(error: unknown): number | undefined {
  return error instanceof ResultCodeError ? error.code : undefined;
}

/** The directory's own words. ldapts adds the code at the end; AD ends with a NUL. */
export function diagnostic(error: ResultCodeError): string {
  const text = error.message.replace(/ ?Code: 0x[0-9a-f]+$/, "");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed.
  return text.replace(/[\u0000-\u001f\u007f]+/g, " ").trim();
}

/** The Windows error code with which AD's diagnostic begins (MS-ADTS 3.1.1.3.1.9), upper case, or "". */
export function windowsCode(error: ResultCodeError): string {
  return /^([0-9a-fA-F]{8}):/.exec(diagnostic(error))?.[1]?.toUpperCase() ?? "";
}

function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

function ownWords(error: ResultCodeError): string {
  const words = diagnostic(error);
  return words === ""
    ? `The directory answered with result code ${error.code}, without words.`
    : `The directory's own words (result code ${error.code}): ${words}`;
}

/** AD's words for “no one is signed in on this connection” (Windows error 1244, ERROR_NOT_AUTHENTICATED). */
const notSignedIn = "000004DC";

function codeFor(error: ResultCodeError, absent: Action["absent"]): ErrorCode {
  if (windowsCode(error) === notSignedIn) return "E4003";
  switch (error.code) {
    case 8:
    case 13:
      return "E4004";
    case 32:
      return absent;
    case 48:
    case 49:
      return "E4003";
    case 50:
      return "E4005";
    case 68:
      return "E4007";
    case 3:
    case 51:
    case 52:
      return "E4010";
    case 2:
      return "E4012";
    default:
      return "E4009";
  }
}

const plainWords: Partial<Record<ErrorCode, string>> = {
  E4005: "The account is not allowed to do this.",
  E4006: "The directory has no such container.",
  E4007: "The name is taken.",
  E4010: "The domain controller is too busy or about to stop.",
  E4013: "The directory has no such object any more.",
};

/** The failure that an error of an operation is. Failures pass unchanged. */
export function operationFailure(error: unknown, action: Action): unknown {
  if (!(error instanceof ResultCodeError)) return error;
  const code = codeFor(error, action.absent);
  const plain = plainWords[code] ?? refusalReasons[error.code] ?? "";
  return new Failure(code, {
    why: sentences(plain, `It was asked to ${action.doing}.`, ownWords(error)),
    cause: error,
  });
}

/** The failure that an error of the bind is. The password is in none of its parts. */
export function bindFailure(error: unknown, account: string): unknown {
  if (!(error instanceof ResultCodeError)) return error;
  if (error.code === 51 || error.code === 52) {
    return operationFailure(error, { doing: `sign in ${account}`, absent: "E4013" });
  }
  const data = /data ([0-9a-f]+)/i.exec(diagnostic(error))?.[1]?.toLowerCase() ?? "";
  const scheme = /^([0-9a-f]{8}):/i.exec(diagnostic(error))?.[1]?.toLowerCase() ?? "";
  const form = error.code === 34 ? "The account name does not have a form that the directory knows." : "";
  const plain = bindReasons[data] ?? bindReasons[scheme] ?? form;
  const code = error.code === 8 || error.code === 13 ? "E4004" : "E4003";
  return new Failure(code, { why: sentences(plain, `Account: ${account}.`, ownWords(error)), cause: error });
}

/** The code of a Node error, also inside the AggregateError of a name with several addresses. */
export function nodeCode(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return nodeCode(error.errors[0]);
  if (!(error instanceof Error)) return "";
  if (error.name === "AbortError" || error.name === "TimeoutError") return "ETIMEDOUT";
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

function namesOf(certificate: PeerCertificate): string {
  const alternative = certificate.subjectaltname?.replaceAll("IP Address:", "").replaceAll("DNS:", "");
  return alternative ?? [certificate.subject.CN ?? []].flat().join(", ");
}

function described(certificate: PeerCertificate | undefined): string {
  if (certificate === undefined) return "";
  const issuer = [certificate.issuer?.CN ?? certificate.issuer?.O ?? "an unnamed authority"]
    .flat()
    .join(", ");
  return `The certificate is for ${namesOf(certificate)}, issued by ${issuer}, valid from ${certificate.valid_from} to ${certificate.valid_to}.`;
}

/** Whether the error says that the certificate was not accepted. */
export function isCertificateError(error: unknown): boolean {
  const code = nodeCode(error);
  return code in certificateReasons || code === "ERR_TLS_CERT_ALTNAME_INVALID" || code.startsWith("CERT_");
}

/** The failure that an error of connecting is; `certificate` is what the server showed, where it is known. */
export function connectFailure(
  error: unknown,
  endpoint: Endpoint,
  timeoutMs: number,
  certificate?: PeerCertificate,
): Failure {
  if (error instanceof Failure) return error;
  const where = `${endpoint.name}, port ${endpoint.port}`;
  const place = endpoint.host === endpoint.name ? `${where}.` : `${where} (at ${endpoint.host}).`;
  if (error instanceof ResultCodeError) {
    const why = `The domain controller does not begin TLS on this port, so no password was sent; it may have no certificate for server authentication. Server: ${place}`;
    return new Failure("E4004", { why: sentences(why, ownWords(error)), cause: error });
  }
  const code = nodeCode(error);
  if (isCertificateError(error)) {
    const reason =
      code === "ERR_TLS_CERT_ALTNAME_INVALID"
        ? `It is for another name than ${endpoint.name}.`
        : (certificateReasons[code] ?? "It was not accepted.");
    return new Failure("E4002", {
      why: sentences(reason, described(certificate), `Server: ${place} (${code})`),
      cause: error,
    });
  }
  const own = error instanceof Error ? error.message : String(error);
  const tlsFault = code.startsWith("ERR_SSL") ? networkReasons.EPROTO : undefined;
  const reason = networkReasons[code] ?? tlsFault ?? `The attempt failed: ${own}.`;
  const waited = code === "ETIMEDOUT" ? ` The agent waited ${timeoutMs / 1000} seconds.` : "";
  return new Failure("E4001", {
    why: `${reason}${waited} Server: ${place}${code === "" ? "" : ` (${code})`}`,
    cause: error,
  });
}

/** The failure of an operation whose connection ended, or that had no answer in time. */
export function lostFailure(error: unknown, endpoint: Endpoint, cause: "closed" | "late"): Failure {
  const why =
    cause === "late"
      ? `${endpoint.name} did not answer in time.`
      : `${endpoint.name} closed the connection in the middle of an operation, or the network did.`;
  return new Failure("E4010", { why, cause: error });
}
