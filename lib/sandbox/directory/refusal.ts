/** LDAP result codes (RFC 4511, appendix A) that the server gives. */
export const resultCodes = {
  success: 0,
  operationsError: 1,
  protocolError: 2,
  sizeLimitExceeded: 4,
  compareFalse: 5,
  compareTrue: 6,
  authMethodNotSupported: 7,
  strongerAuthRequired: 8,
  referral: 10,
  unavailableCriticalExtension: 12,
  noSuchAttribute: 16,
  constraintViolation: 19,
  attributeOrValueExists: 20,
  invalidAttributeSyntax: 21,
  noSuchObject: 32,
  invalidDnSyntax: 34,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  busy: 51,
  unavailable: 52,
  unwillingToPerform: 53,
  namingViolation: 64,
  objectClassViolation: 65,
  notAllowedOnNonLeaf: 66,
  notAllowedOnRdn: 67,
  entryAlreadyExists: 68,
  other: 80,
} as const;

export type ResultName = keyof typeof resultCodes;

/** An operation that the directory refuses; nothing of it was done. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: number;
  readonly matchedDn: string;

  /** `diagnostic` is the text that AD gives; it begins with the Windows error in hexadecimal. */
  constructor(result: ResultName, diagnostic: string, matchedDn = "") {
    super(diagnostic);
    this.code = resultCodes[result];
    this.matchedDn = matchedDn;
  }
}

/** AD's build number in its diagnostics: Windows Server 2022 (20348 is 0x4f7c). */
export const build = "v4f7c";
