import { createHash, X509Certificate } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";
// @peculiar/x509 needs the polyfill to be there first.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";

const day = 24 * 60 * 60 * 1000;
/** For TLS: quick to make. */
const ec = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
/** For the agent: client assertions are signed with RSA (PS256). */
const rsa = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

/** A certificate and its private key: as files, and as PEM text. */
type KeyPairFiles = {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly certificate: string;
  readonly key: string;
};

/** What the sandbox's servers and its agent identify themselves with. */
export type SandboxCertificates = {
  readonly authority: KeyPairFiles;
  /** For the https servers: localhost, 127.0.0.1 and the names asked for, signed by the authority. */
  readonly server: KeyPairFiles;
  /** Self-signed, as an app registration holds it. */
  readonly agent: KeyPairFiles & { readonly thumbprintSha256: string };
};

/**
 * Makes the sandbox's certificate authority, a server certificate for localhost, 127.0.0.1 and `extraNames` (DNS names
 * or IP addresses), and the agent's client certificate, as PEM files in `directory` (keys readable by the owner alone).
 * What is there already is kept when it is valid for another day, fits its key and covers the names.
 */
export async function sandboxCertificates(
  directory: string,
  extraNames: readonly string[] = [],
): Promise<SandboxCertificates> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const names = ["localhost", "127.0.0.1", ...extraNames];
  const authority = await kept(directory, "authority", () => true, makeAuthority);
  const issuer = new X509Certificate(authority.certificate);
  const server = await kept(
    directory,
    "server",
    (certificate) => certificate.verify(issuer.publicKey) && names.every((name) => covers(certificate, name)),
    () => makeServer(authority, names),
  );
  const agent = await kept(directory, "agent", () => true, makeAgent);
  return { authority, server, agent: { ...agent, thumbprintSha256: thumbprint(agent.certificate) } };
}

/** SHA-256 of a PEM certificate's DER bytes, in upper-case hex: what MSAL calls `thumbprintSha256`. */
export function thumbprint(certificate: string): string {
  return createHash("sha256").update(new X509Certificate(certificate).raw).digest("hex").toUpperCase();
}

function covers(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined;
}

type Made = { readonly certificate: string; readonly key: string };

async function kept(
  directory: string,
  name: string,
  fits: (certificate: X509Certificate) => boolean,
  make: () => Promise<Made>,
): Promise<KeyPairFiles> {
  const certificateFile = join(directory, `${name}.pem`);
  const keyFile = join(directory, `${name}.key`);
  const found = await readPair(certificateFile, keyFile);
  if (found !== undefined && isUsable(found, fits)) return { certificateFile, keyFile, ...found };
  const made = await make();
  await writeFile(keyFile, made.key, { mode: 0o600 });
  // The mode above only counts for a new file.
  await chmod(keyFile, 0o600);
  await writeFile(certificateFile, made.certificate);
  return { certificateFile, keyFile, ...made };
}

async function readPair(certificateFile: string, keyFile: string): Promise<Made | undefined> {
  try {
    return { certificate: await readFile(certificateFile, "utf8"), key: await readFile(keyFile, "utf8") };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function isUsable(pair: Made, fits: (certificate: X509Certificate) => boolean): boolean {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pair.certificate);
  } catch {
    return false; // A half-written file: it is made anew.
  }
  return certificate.validToDate.getTime() > Date.now() + day && fits(certificate);
}

async function generateKeys(algorithm: typeof ec | typeof rsa): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
}

async function keyToPem(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

const authorityName = "CN=Contoso sandbox certificate authority";

async function makeAuthority(): Promise<Made> {
  const keys = await generateKeys(ec);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: authorityName,
    keys,
    signingAlgorithm: ec,
    ...validity(),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await keyToPem(keys.privateKey) };
}

async function makeServer(authority: Made, names: readonly string[]): Promise<Made> {
  const keys = await generateKeys(ec);
  const signingKey = await crypto.subtle.importKey(
    "pkcs8",
    x509.PemConverter.decodeFirst(authority.key),
    ec,
    false,
    ["sign"],
  );
  const issuer = new x509.X509Certificate(authority.certificate);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: "CN=localhost",
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ec,
    ...validity(),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({ type: isIP(name) ? ("ip" as const) : ("dns" as const), value: name })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await keyToPem(keys.privateKey) };
}

async function makeAgent(): Promise<Made> {
  const keys = await generateKeys(rsa);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=Contoso group writeback agent",
    keys,
    signingAlgorithm: rsa,
    ...validity(),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await keyToPem(keys.privateKey) };
}

/** From an hour ago, for clocks that differ, to 397 days ahead, the longest that browsers accept from a server. */
function validity(): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - day / 24), notAfter: new Date(Date.now() + 397 * day) };
}
