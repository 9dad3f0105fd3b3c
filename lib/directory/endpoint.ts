import type { DirectoryCredentials } from "#lib/model/directory.ts";

/** Where a domain controller listens and how TLS begins there. */
export type Endpoint = {
  /** The name or address that is connected to. */
  readonly host: string;
  readonly port: number;
  /** The name that the certificate must be for: what the administrator typed. */
  readonly name: string;
  /** `ldaps`: TLS from the first byte; `startTls`: by the StartTLS operation (RFC 4511, 4.14). */
  readonly mode: "ldaps" | "startTls";
};

/** The ports on which AD speaks LDAP without TLS at first: the directory's and the global catalogue's. */
const startTlsPorts = new Set([389, 3268]);

/**
 * The endpoint that the credentials name. `url` (`ldaps://host:port`, or `ldap://host:port` for StartTLS) sends
 * the connection elsewhere, for a name that does not resolve; the certificate is still checked against the
 * server's name. Throws TypeError when `url` is not one.
 */
export function endpointOf(credentials: DirectoryCredentials, url?: string): Endpoint {
  const name = credentials.server;
  if (url === undefined) {
    const mode = startTlsPorts.has(credentials.port) ? "startTls" : "ldaps";
    return { host: name, port: credentials.port, name, mode };
  }
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== "ldaps:" && protocol !== "ldap:") throw new TypeError(`not an LDAP address: ${url}`);
  const mode = protocol === "ldaps:" ? "ldaps" : "startTls";
  const standard = mode === "ldaps" ? 636 : 389;
  return { host: hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(port || standard), name, mode };
}
