/** What the hexadecimal `data` of a refused AD bind means: a Windows error code (MS-ERREF 2.2). */
export const bindReasons: Readonly<Record<string, string>> = {
  "525": "The domain has no such account.",
  "52e": "The account name or the password is wrong.",
  "530": "The account must not sign in at this time of day (its logon hours).",
  "531": "The account must not sign in from this machine (its logon workstations).",
  "532": "The account's password has expired. Set a new one, and let it not expire for a service account.",
  "533": "The account is disabled.",
  "568": "The account is in too many groups to sign in.",
  "569": "A policy of the domain denies the account this kind of sign-in.",
  "701": "The account has expired (its “Account expires” date is past).",
  "773": "The account's password must be changed at the next logon. Change it, then try again.",
  "775": "The account is locked out after too many wrong passwords. Unlock it, or wait until the lock ends.",
  "80090346": "The domain controller demands LDAP channel binding, which a simple bind does not have.",
};

/** Why the certificate was not accepted, by the code that Node gives (from OpenSSL's X509_V_ERR_…). */
export const certificateReasons: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "It is self-signed, and is not among the certificates that the agent trusts.",
  SELF_SIGNED_CERT_IN_CHAIN:
    "It was issued by a certification authority of your own that the agent does not know.",
  UNABLE_TO_GET_ISSUER_CERT: "The certificate of its certification authority is missing.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "It was issued by a certification authority that the agent does not know.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "It was issued by a certification authority that the agent does not know.",
  CERT_UNTRUSTED: "Its certification authority is not trusted.",
  CERT_SIGNATURE_FAILURE: "Its signature does not match the certification authority of that name.",
  CERT_HAS_EXPIRED: "It, or the certificate of its certification authority, has expired.",
  CERT_NOT_YET_VALID: "It is not valid yet; check the clocks of both machines.",
  CERT_REVOKED: "It was revoked.",
  INVALID_CA: "The certificate that issued it is not one of a certification authority.",
  INVALID_PURPOSE: "It is not meant for server authentication.",
  PATH_LENGTH_EXCEEDED: "Its chain of certification authorities is longer than one of them allows.",
  CERT_CHAIN_TOO_LONG: "Its chain of certification authorities is too long.",
  HOSTNAME_MISMATCH: "It is for another name.",
};

const closedEarly =
  "The connection was closed before it was encrypted; the port may be for the other kind of TLS (LDAPS is 636, StartTLS is 389).";

/** Why no connection came about, by the code that Node gives (from the system's errno or resolver). */
export const networkReasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "The name is unknown: the name service of the agent's machine does not resolve it.",
  EAI_AGAIN: "The name service of the agent's machine does not answer.",
  ENODATA: "The name exists, but has no address.",
  ECONNREFUSED: "The machine answers, but nothing listens on this port.",
  EHOSTUNREACH: "There is no way to the machine in the network.",
  ENETUNREACH: "There is no way to the machine's network.",
  EADDRNOTAVAIL: "The agent's machine has no free local port or address for the connection.",
  ETIMEDOUT: "There was no answer in time; a firewall may be in the way.",
  ECONNRESET: closedEarly,
  EPIPE: closedEarly,
  EPROTO: "What listens there does not speak TLS as it should; LDAPS is usually on port 636.",
};

/** What a result code says when a change is refused (RFC 4511, appendix A; MS-ADTS 3.1.1.3.1.9). */
export const refusalReasons: Readonly<Record<number, string>> = {
  4: "More entries were found than the domain controller gives out at once.",
  10: "This domain controller cannot do it and named another one. Connect to a writable domain controller of this domain, on port 636 or 389 (the global catalogue's ports only read).",
  11: "A limit of the domain controller was exceeded.",
  12: "The domain controller does not know an operation that the agent needs.",
  16: "The attribute does not have the value that was to be changed.",
  17: "The forest's schema does not have the attribute.",
  19: "A value breaks a constraint, for example because it is too long.",
  20: "A value is there already.",
  21: "A value does not have the form that its attribute demands.",
  34: "A name is not a valid distinguished name.",
  53: "The domain controller is unwilling to do it; a rule of Active Directory forbids it.",
  64: "The name is not allowed in this place.",
  65: "An attribute does not belong to this kind of object, or a necessary one is missing.",
  66: "The object holds other objects.",
  67: "The name cannot be changed in this way.",
  71: "The object would have to move to another domain controller's domain.",
};
