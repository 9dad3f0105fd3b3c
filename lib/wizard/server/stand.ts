// tsyringe, which @peculiar/x509 is built on, needs this polyfill before it is loaded.
import "reflect-metadata";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import * as x509 from "@peculiar/x509";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export const tenantId = "11111111-2222-4333-8444-555555555555";
export const clientId = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
export const otherTenantId = "99999999-2222-4333-8444-555555555555";
export const secret = "pairing-secret-of-the-test-0123456789";
export const roleId = {
  globalAdministrator: "62e90394-69f5-4237-9190-012177145e10",
  hybridIdentityAdministrator: "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2",
  globalReader: "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
  helpdeskAdministrator: "729827e3-9c14-49f7-bb1b-9608f156bbb8",
  /** Every member of a tenant has it in `wids`. */
  user: "b79fbf4d-3ef9-4689-8143-76b194e85509",
} as const;

/** An authority for tests, over https with a certificate that this process trusts. */
export async function startAuthority() {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "one", use: "sig", alg: "RS256" };
  let reads = 0;
  const server = createTlsServer(await trustedCertificate(), (request, response) => {
    const reply = (value: unknown) =>
      response.setHeader("content-type", "application/json").end(JSON.stringify(value));
    if (request.url === `/${tenantId}/v2.0/.well-known/openid-configuration`) {
      reads += 1;
      return reply({
        issuer,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        jwks_uri: `${origin}/keys`,
      });
    }
    if (request.url === "/keys") return reply({ keys: [jwk] });
    if (request.url?.startsWith("/nonsense/")) return reply({ nothing: "here" });
    return response.writeHead(404).end();
  });
  const origin = `https://localhost:${await listen(server)}`;
  const issuer = `${origin}/${tenantId}/v2.0`;

  /** The claims of an Entra v2 access token for this application's API, with changes. */
  const claims = (changes: Record<string, unknown> = {}) => ({
    aud: clientId,
    iss: issuer,
    tid: tenantId,
    oid: "00000000-0000-4000-8000-000000000001",
    ver: "2.0",
    scp: "access_as_user",
    name: "Zoë Müller 李",
    preferred_username: "zoe@contoso.example",
    wids: [roleId.user],
    nbf: now() - 10,
    exp: now() + 600,
    ...changes,
  });
  const token = (changes: Record<string, unknown> = {}, key = privateKey, kid = "one") =>
    new SignJWT(claims(changes)).setProtectedHeader({ alg: "RS256", kid }).sign(key);
  return {
    authority: `${origin}/${tenantId}`,
    origin,
    jwk,
    claims,
    token,
    reads: () => reads,
    close: () => close(server),
  };
}

export function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** An HTTP server on loopback that records what it was sent. */
export async function startAgent(listener: RequestListener) {
  const seen: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
    listener(request, response);
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  return { url, seen, close: () => close(server) };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function trustedCertificate(): Promise<{ key: string; cert: string }> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=localhost",
    keys,
    signingAlgorithm: algorithm,
    notAfter: new Date(Date.now() + 3_600_000),
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: "localhost" }])],
  });
  const cert = certificate.toString("pem");
  setDefaultCACertificates([...getCACertificates("default"), cert]);
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return { cert, key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n` };
}
