import { once } from "node:events";
import net from "node:net";

/** A way to a domain controller that can be broken in every manner that a network knows. */
export type BreakableProxy = {
  readonly url: string;
  /** Ends all connections now. */
  drop(): void;
  /** Lets the next request through, and ends the connection in place of its answer. */
  dropBeforeAnswer(): void;
  /** Ends all connections, and each new one at once. */
  refuse(): void;
  /** Lets nothing more through, and says nothing. */
  freeze(): void;
  /** Works again. */
  accept(): void;
  close(): Promise<void>;
};

/** Starts a proxy to the `ldaps://host:port` of a domain controller, on a free port of 127.0.0.1. */
export async function breakableProxy(url: string): Promise<BreakableProxy> {
  const { hostname, port } = new URL(url);
  const pairs = new Set<readonly [net.Socket, net.Socket]>();
  let state: "open" | "refusing" | "frozen" | "armed" = "open";

  const drop = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    pairs.clear();
  };
  const server = net.createServer((client) => {
    client.on("error", () => client.destroy());
    if (state === "refusing") return client.destroy();
    const controller = net.connect(Number(port || 636), hostname);
    const pair = [client, controller] as const;
    pairs.add(pair);
    controller.on("error", () => client.destroy());
    controller.on("close", () => client.destroy());
    client.on("close", () => {
      pairs.delete(pair);
      controller.destroy();
    });
    client.on("data", (data) => state !== "frozen" && controller.write(data));
    controller.on("data", (data) => {
      if (state === "frozen") return;
      if (state !== "armed") return client.write(data);
      state = "open";
      return drop();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `ldaps://127.0.0.1:${address.port}`,
    drop,
    dropBeforeAnswer: () => {
      state = "armed";
    },
    refuse: () => {
      state = "refusing";
      drop();
    },
    freeze: () => {
      state = "frozen";
    },
    accept: () => {
      state = "open";
      drop();
    },
    close: async () => {
      drop();
      server.close();
      await once(server, "close");
    },
  };
}
