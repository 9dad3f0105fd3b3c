import type { Server as HttpServer } from "node:http";
import type { Server as HttpsServer } from "node:https";
import type { AddressInfo } from "node:net";

export type Listening = {
  readonly server: HttpServer | HttpsServer;
  readonly port: number;
  /** Ends at once, open connections included. */
  close(): Promise<void>;
};

/** Listens on 127.0.0.1; port 0 takes any free one. Throws an error that names a port already in use. */
export function listen(server: HttpServer | HttpsServer, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      reject(
        new Error(`Port ${port} is in use by another program. Choose another one, or 0 for any free port.`),
      );
    });
    server.listen(port, "127.0.0.1", () => {
      resolve({ server, port: (server.address() as AddressInfo).port, close: () => close(server) });
    });
  });
}

function close(server: HttpServer | HttpsServer): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
