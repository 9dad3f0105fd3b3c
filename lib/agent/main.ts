import { serve } from "@hono/node-server";
import { compose } from "#lib/agent/composition.ts";
import { readEnvironment } from "#lib/agent/environment.ts";
import { log } from "#lib/agent/log.ts";
import { failureOf } from "#lib/model/problem.ts";

/** Starts the agent: `node lib/agent/main.ts`. It listens on 127.0.0.1 alone and ends at SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const settings = readEnvironment(process.env);
  const agent = await compose(settings);
  const server = serve({ fetch: agent.api.fetch, hostname: "127.0.0.1", port: settings.port }, () => {
    log.info({ port: settings.port }, "agent listens");
    process.send?.("ready");
  });
  server.on("error", (error: NodeJS.ErrnoException) => {
    log.fatal(
      { code: error.code, port: settings.port },
      "the agent cannot listen on its port: set GW_AGENT_PORT to a free one",
    );
    process.exit(1);
  });
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
    await agent.close();
    log.info("agent ended");
    process.exit(0);
  };
  process.on("SIGINT", () => void end());
  process.on("SIGTERM", () => void end());
  // Whoever started the agent is gone without a word.
  process.on("disconnect", () => void end());
}

main().catch((thrown: unknown) => {
  const { problem } = failureOf(thrown);
  process.stderr.write(`${problem.code}: ${problem.what} ${problem.why}\n${problem.next}\n`);
  if (problem.code === "E2000") log.fatal({ err: thrown }, "the agent cannot start");
  process.exit(1);
});
