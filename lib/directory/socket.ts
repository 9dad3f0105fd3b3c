import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import { ExtendedRequest, ExtendedResponse, MessageParser, StatusCodeParser } from "ldapts";
import type { Endpoint } from "#lib/directory/endpoint.ts";

const startTlsOid = "1.3.6.1.4.1.1466.20037";

/** Without a listener an error on a socket would end the process; it is read from `socket.errored` instead. */
function heard(): void {}

/** Asks for TLS (RFC 4511, 4.14). ldapts's own StartTLS does not notice when the encrypted socket closes. */
async function requestStartTls(socket: net.Socket, signal: AbortSignal): Promise<void> {
  const request = new ExtendedRequest({ messageId: 1, oid: startTlsOid });
  const parser = new MessageParser();
  const answer = new Promise<unknown>((resolve, reject) => {
    parser.on("message", resolve);
    parser.on("error", reject);
    socket.once("end", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
    socket.once("error", reject);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  const read = (data: Buffer) => parser.read(data, new Map([["1", { message: request }]]));
  socket.on("data", read);
  socket.write(request.write());
  const response = await answer.finally(() => socket.off("data", read));
  if (!(response instanceof ExtendedResponse)) throw new Error("the answer to StartTLS is of another kind");
  if (response.status !== 0) throw StatusCodeParser.parse(response);
}

/** A connection that is ready for the TLS handshake. */
async function openSocket(endpoint: Endpoint, signal: AbortSignal): Promise<net.Socket> {
  const socket = net.connect({ host: endpoint.host, port: endpoint.port, keepAlive: true, noDelay: true });
  socket.on("error", heard);
  try {
    await once(socket, "connect", { signal });
    if (endpoint.mode === "startTls") await requestStartTls(socket, signal);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function handshake(
  endpoint: Endpoint,
  options: tls.ConnectionOptions,
  timeoutMs: number,
): Promise<tls.TLSSocket> {
  const signal = AbortSignal.timeout(timeoutMs);
  const socket = await openSocket(endpoint, signal);
  // RFC 6066, 3: server name indication carries no addresses.
  const servername = net.isIP(endpoint.name) === 0 ? { servername: endpoint.name } : {};
  const secure = tls.connect({ ...options, ...servername, socket, host: endpoint.name });
  try {
    await once(secure, "secureConnect", { signal });
  } catch (error) {
    secure.on("error", heard);
    secure.destroy();
    socket.destroy();
    throw error;
  }
  secure.on("error", heard);
  return secure;
}

/**
 * An encrypted connection to the endpoint, its certificate verified against `context` and the endpoint's name.
 * Rejects with Node's own errors, an LDAP result code for a refused StartTLS, or an AbortError after `timeoutMs`.
 */
export function openSecureSocket(
  endpoint: Endpoint,
  context: tls.SecureContext,
  timeoutMs: number,
): Promise<tls.TLSSocket> {
  return handshake(endpoint, { secureContext: context }, timeoutMs);
}

/**
 * The certificate that the endpoint shows, for the words of an error; undefined when it shows none. This is the
 * one place that does not verify it: nothing is sent, and the connection is closed at once.
 */
export async function shownCertificate(
  endpoint: Endpoint,
  timeoutMs: number,
): Promise<tls.PeerCertificate | undefined> {
  try {
    const secure = await handshake(endpoint, { rejectUnauthorized: false }, timeoutMs);
    const certificate = secure.getPeerCertificate();
    secure.destroy();
    return Object.keys(certificate).length > 0 ? certificate : undefined;
  } catch {
    // It only explains a failure that is already known, and is left out where it cannot be had.
    return undefined;
  }
}
