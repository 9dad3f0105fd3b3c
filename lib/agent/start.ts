import { readEnvironment } from "#lib/agent/environment.ts";
import { supervise, webPort } from "#lib/agent/supervise.ts";
import { Failure, failureOf } from "#lib/model/problem.ts";

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Starts the product against a real tenant and a real domain: `npm start`. Settings come from the environment and `.env`. */
async function main(): Promise<void> {
  try {
    process.loadEnvFile();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ENOENT"))
      throw new Failure("E2010", { cause, why: ".env cannot be read." });
  }
  // The agent reads them again; a mistake is better told here, before anything runs.
  readEnvironment({ GW_AGENT_SECRET: "made by the start command, not here", ...process.env });
  const port = await webPort(Number(process.env.GW_WEB_PORT ?? 3000), say);
  const product = await supervise(process.env, port, say);
  say(`Group Writeback is ready: ${product.url}\nCtrl-C stops it.`);
  const end = async () => {
    await product.stop();
    process.exit(0);
  };
  process.once("SIGINT", () => void end());
  process.once("SIGTERM", () => void end());
}

main().catch((thrown: unknown) => {
  const { problem } = failureOf(thrown);
  process.stderr.write(`${problem.code}: ${problem.what} ${problem.why}\n${problem.next}\n`);
  process.exit(1);
});
