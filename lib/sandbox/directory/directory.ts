import { createServer, type Server, type Socket } from "node:net";
import { createSecureContext, createServer as createTlsServer } from "node:tls";
import { Connection } from "./connection.ts";
import { Faults } from "./faults.ts";
import { formatDn, parseDn } from "./names/dn.ts";
import { find } from "./operations/search.ts";
import { chooser, select } from "./operations/selection.ts";
import { newForest } from "./tree/forest.ts";
import type { Tree } from "./tree/tree.ts";

export type DirectoryConfig = {
  /** Port for LDAP over TLS; 0 takes a free one. */
  readonly port: number;
  /** Port for LDAP without TLS, with StartTLS; 0 takes a free one, undefined opens none. */
  readonly plainPort?: number | undefined;
  readonly key: string;
  readonly certificate: string;
  readonly administratorPassword: string;
  /** Loopback address to listen on (default 127.0.0.1). */
  readonly host?: string | undefined;
};

/** A running simulated directory. */
export type RunningDirectory = {
  readonly url: string;
  readonly plainUrl: string | undefined;
  readonly baseDn: string;
  readonly faults: Faults;
  /** Breaks all connections that are open. */
  dropConnections(): void;
  /** All attributes of the object at the DN, binary values in hexadecimal; undefined when there is none. */
  read(dn: string): Readonly<Record<string, readonly string[]>> | undefined;
  /** The DNs of the living objects of the domain, the domain's own first. */
  names(): string[];
  close(): Promise<void>;
};

const domain = { base: parseDn("DC=contoso,DC=test"), netbiosName: "CONTOSO" };

/** Starts a simulated domain controller of a new forest contoso.test, which lives in memory. */
export async function startDirectory(config: DirectoryConfig): Promise<RunningDirectory> {
  const tree = newForest({ ...domain, administratorPassword: config.administratorPassword });
  const faults = new Faults();
  const connections = new Set<Connection>();
  const secureContext = createSecureContext({
    key: config.key,
    cert: config.certificate,
    minVersion: "TLSv1.2",
  });
  const sockets = new Set<Socket>();
  const accept = (isSecure: boolean) => (socket: Socket) => {
    const connection = new Connection(socket, isSecure, tree, faults, secureContext);
    connections.add(connection);
    socket.once("close", () => connections.delete(connection));
  };
  const track = (server: Server) =>
    server.on("connection", (socket: Socket) => {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    });
  const secure = track(
    createTlsServer({ key: config.key, cert: config.certificate, minVersion: "TLSv1.2" }, accept(true)),
  );
  // A client that does not trust the certificate breaks the handshake off; that is its business.
  secure.on("tlsClientError", (_error, socket) => socket.destroy());
  const plain = config.plainPort === undefined ? undefined : track(createServer(accept(false)));
  const host = config.host ?? "127.0.0.1";
  const securePort = await listen(secure, config.port, host);
  const plainPort = plain === undefined ? undefined : await listen(plain, config.plainPort ?? 0, host);
  const name = host === "127.0.0.1" ? "localhost" : host;
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `ldaps://${name}:${securePort}`,
    plainUrl: plainPort === undefined ? undefined : `ldap://${name}:${plainPort}`,
    baseDn: formatDn(domain.base),
    faults,
    dropConnections: drop,
    read: (dn) => read(tree, dn),
    names: () => [...tree.below(tree.domain)].filter((one) => !one.deleted).map((one) => tree.dnOf(one)),
    async close() {
      faults.clear();
      drop();
      await Promise.all([secure, plain].map((server) => server && closed(server)));
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

const everything = { names: ["*"], typesOnly: false, dnForm: "plain", sdFlags: undefined } as const;

function read(tree: Tree, dn: string): Record<string, string[]> | undefined {
  if (tree.walk(parseDn(dn)).entry === undefined) return undefined;
  const filter = { kind: "present", attribute: "objectClass" } as const;
  const request = {
    kind: "search",
    base: dn,
    scope: "base",
    sizeLimit: 0,
    typesOnly: false,
    filter,
    attributes: [],
  } as const;
  const [entry] = find(tree, request, true);
  if (entry === undefined) return undefined;
  const attributes = select(tree, entry, chooser(everything)(entry), everything, new Set());
  const text = (value: string | Buffer) => (typeof value === "string" ? value : value.toString("hex"));
  return Object.fromEntries(attributes.map(({ name, values }) => [name, values.map(text)]));
}
