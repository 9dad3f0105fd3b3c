import { X509Certificate } from "node:crypto";
import tls from "node:tls";
import { Failure } from "#lib/model/problem.ts";

const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** The certificates in a PEM text. Throws E4002 when one of them cannot be read or there is none. */
function certificates(pem: string): readonly string[] {
  const blocks = pem.match(pemBlock) ?? [];
  try {
    for (const block of blocks) new X509Certificate(block);
  } catch (cause) {
    throw new Failure("E4002", {
      why: "The text in the field “Certification authority” is not a readable certificate in PEM form.",
      cause,
    });
  }
  if (blocks.length > 0) return blocks;
  throw new Failure("E4002", {
    why: "The text in the field “Certification authority” holds no whole certificate in PEM form.",
  });
}

/**
 * Whom TLS trusts: Node's roots, the operating system's, those of NODE_EXTRA_CA_CERTS, and the certification
 * authority given with the credentials (PEM, may be empty).
 */
export function trust(certificateAuthority: string): tls.SecureContext {
  const roots = (["default", "system", "extra"] as const).flatMap((kind) => tls.getCACertificates(kind));
  const own = certificateAuthority.trim() === "" ? [] : certificates(certificateAuthority);
  return tls.createSecureContext({ ca: [...new Set([...roots, ...own])], minVersion: "TLSv1.2" });
}
