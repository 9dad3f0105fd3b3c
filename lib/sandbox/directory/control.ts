import { createServer } from "node:http";
import { z } from "zod";
import type { RunningDirectory } from "./directory.ts";

/** What a test can ask of a directory that runs as a process: one JSON object in the body of a POST. */
const command = z.discriminatedUnion("do", [
  z.object({ do: z.literal("stopAnswering") }),
  z.object({ do: z.literal("resume") }),
  z.object({ do: z.literal("beSlow"), delayMs: z.number().int().min(0) }),
  z.object({ do: z.literal("dropConnections") }),
  z.object({ do: z.literal("clear") }),
  z.object({
    do: z.literal("disturb"),
    fault: z.intersection(
      z.object({
        kind: z.enum(["bind", "search", "modify", "add", "delete", "modifyDn", "compare", "extended"]),
        times: z.number().int().min(1).default(1),
      }),
      z.discriminatedUnion("effect", [
        z.object({
          effect: z.literal("refuse"),
          code: z.number().int().min(1),
          diagnostic: z.string().optional(),
        }),
        z.object({ effect: z.enum(["breakBefore", "breakAfter"]) }),
      ]),
    ),
  }),
  z.object({ do: z.literal("read"), dn: z.string() }),
  z.object({ do: z.literal("names") }),
]);

function obey(directory: RunningDirectory, asked: z.output<typeof command>): unknown {
  const { faults } = directory;
  switch (asked.do) {
    case "stopAnswering":
      return faults.stopAnswering();
    case "resume":
      return faults.resume();
    case "beSlow":
      return faults.beSlow(asked.delayMs);
    case "dropConnections":
      return directory.dropConnections();
    case "clear":
      return faults.clear();
    case "disturb":
      return faults.add(asked.fault);
    case "read":
      return directory.read(asked.dn);
    case "names":
      return directory.names();
  }
}

export type Control = { readonly url: string; close(): Promise<void> };

/** Serves the commands on loopback: POST / with JSON, answered with 200 and JSON (null for nothing), or 400. */
export async function startControl(directory: RunningDirectory, port: number): Promise<Control> {
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body ?? null));
    // Only a browser sends an Origin; no web page has business here.
    if (request.method !== "POST" || request.headers.origin !== undefined) return answer(403, "not for you");
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const asked = command.safeParse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      if (!asked.success) return answer(400, z.prettifyError(asked.error));
      return answer(200, obey(directory, asked.data));
    } catch (error) {
      return answer(400, error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the control server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
