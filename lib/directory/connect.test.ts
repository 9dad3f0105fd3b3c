import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
// @peculiar/x509 needs this polyfill before it is loaded.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectDirectory } from "#lib/directory/ldap.ts";
import type { DirectoryCredentials } from "#lib/model/directory.ts";

const secret = "A-Secret-That-Must-Not-Leak-1";
const day = 86_400_000;
const keys: EcKeyGenParams & { hash: string } = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

type Made = { readonly certificate: string; readonly key: string };

/** A self-signed certificate for `name` that ends `days` from now. */
async function selfSigned(name: string, days: number): Promise<Made> {
  const pair = await crypto.subtle.generateKey(keys, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 30 * day),
    notAfter: new Date(Date.now() + days * day),
    signingAlgorithm: keys,
    keys: pair,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }])],
  });
  const key = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  return { certificate: certificate.toString("pem"), key: x509.PemConverter.encode(key, "PRIVATE KEY") };
}

/** Servers that are no domain controllers, and all that was ever sent to them in clear text. */
const servers: net.Server[] = [];
let heard = "";

async function listen(server: net.Server): Promise<number> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as net.AddressInfo).port;
}

function answering(reply: (data: Buffer) => Buffer | undefined) {
  return (socket: net.Socket) => {
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => {
      heard += data.toString("latin1");
      const answer = reply(data);
      if (answer) socket.write(answer);
    });
  };
}

const credentials = (certificateAuthority = ""): DirectoryCredentials => ({
  server: "dc1.contoso.test",
  port: 636,
  account: "svc@contoso.test",
  password: secret,
  certificateAuthority,
});

async function problemAt(url: string, certificateAuthority = "", timeoutMs = 3000) {
  const thrown = await connectDirectory(credentials(certificateAuthority), { url, timeoutMs }).catch(
    (error: unknown) => error,
  );
  expect(thrown).toMatchObject({ name: "Failure" });
  const { problem } = thrown as { problem: { code: string; why: string } };
  expect(JSON.stringify(problem)).not.toContain(secret);
  return problem;
}

describe("a server that must not be trusted", () => {
  let good: Made;
  let expired: Made;
  beforeAll(async () => {
    [good, expired] = await Promise.all([
      selfSigned("dc1.contoso.test", 30),
      selfSigned("dc1.contoso.test", -1),
    ]);
  });
  afterAll(() => {
    for (const server of servers) server.close();
    expect(heard).not.toContain(secret);
  });

  const serve = async (made: Made, reply: (data: Buffer) => Buffer | undefined = () => undefined) =>
    `ldaps://127.0.0.1:${await listen(tls.createServer({ cert: made.certificate, key: made.key }, answering(reply)))}`;

  test("its certificate is self-signed", async () => {
    const problem = await problemAt(await serve(good));
    expect(problem).toMatchObject({ code: "E4002", why: expect.stringMatching(/self-signed/) });
    expect(problem.why).toMatch(/is for dc1\.contoso\.test, issued by dc1\.contoso\.test, valid from/);
  });

  test("its certificate has expired, though it is the one that was given", async () => {
    const problem = await problemAt(await serve(expired), expired.certificate);
    expect(problem).toMatchObject({
      code: "E4002",
      why: expect.stringMatching(/expired.*valid from .* to /),
    });
  });

  test("it is no directory of Active Directory", async () => {
    // SearchResultDone without an entry, to message 2 (ldapts begins there).
    const none = Buffer.from("300c02010265070a010004000400", "hex");
    const problem = await problemAt(await serve(good, () => none), good.certificate);
    expect(problem.code).toBe("E4008");
  });

  test("it takes the connection and says nothing", async () => {
    const port = await listen(net.createServer(answering(() => undefined)));
    const began = Date.now();
    for (const scheme of ["ldaps", "ldap"]) {
      const problem = await problemAt(`${scheme}://127.0.0.1:${port}`, "", 400);
      expect(problem).toMatchObject({ code: "E4001", why: expect.stringMatching(/no answer in time/) });
    }
    expect(Date.now() - began).toBeLessThan(3000);
  });

  test("it does not offer StartTLS: nothing is sent in clear text", async () => {
    // ExtendedResponse with result code 52 (unavailable), as AD answers without a certificate.
    const refusal = Buffer.from("300c02010178070a013404000400", "hex");
    const port = await listen(net.createServer(answering(() => refusal)));
    const problem = await problemAt(`ldap://127.0.0.1:${port}`);
    expect(problem).toMatchObject({ code: "E4004", why: expect.stringMatching(/no password was sent/) });
  });

  test("it speaks something else", async () => {
    const port = await listen(
      net.createServer(answering(() => Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"))),
    );
    expect((await problemAt(`ldaps://127.0.0.1:${port}`)).code).toBe("E4001");
    expect((await problemAt(`ldap://127.0.0.1:${port}`, "", 1000)).code).toBe("E4001");
  });

  test("no password at all is not a sign-in", async () => {
    const url = await serve(good);
    const empty = { ...credentials(good.certificate), password: "" };
    await expect(connectDirectory(empty, { url })).rejects.toMatchObject({ code: "E4003" });
  });

  test("a certification authority that is none", async () => {
    const pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
    expect(await problemAt("ldaps://127.0.0.1:1", pem)).toMatchObject({
      code: "E4002",
      why: expect.stringMatching(/not a readable certificate/),
    });
  });
});
