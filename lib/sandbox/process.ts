import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { z } from "zod";

const root = new URL("../../", import.meta.url).pathname;

/** A process of the sandbox: what it said of itself when it was ready, and its end. */
export type SandboxProcess<Ready> = { readonly ready: Ready; stop(): Promise<void> };

/**
 * Starts a TypeScript program of ours that prints one line of JSON on standard output when it is ready.
 * Its log goes to `logFile`. Throws with the log's end when the program ends before it is ready.
 */
export async function startProcess<Schema extends z.ZodType>(
  program: string,
  parameters: readonly string[],
  logFile: string,
  schema: Schema,
): Promise<SandboxProcess<z.infer<Schema>>> {
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(process.execPath, [program, ...parameters], {
    cwd: root,
    stdio: ["ignore", "pipe", log],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  if (child.stdout === null) throw new Error(`${program} has no standard output`);
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    new Promise<string>((resolve) => lines.once("line", resolve)),
    ended.then(() => undefined),
  ]);
  if (first === undefined)
    throw new Error(`${program} ended before it was ready:\n${readFileSync(logFile, "utf8").slice(-2000)}`);
  return {
    ready: schema.parse(JSON.parse(first)),
    async stop() {
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(hard);
    },
  };
}
