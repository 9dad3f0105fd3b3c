import { setTimeout } from "node:timers/promises";
import { optionsOf } from "#lib/agent/cli/arguments.ts";
import { type AgentAddress, call } from "#lib/agent/cli/client.ts";
import { agentOperations } from "#lib/agent/cli/commands.ts";
import { help } from "#lib/agent/cli/help.ts";
import { readAddress } from "#lib/agent/environment.ts";
import { Failure, failureOf } from "#lib/model/problem.ts";
import { run as runSchema } from "#lib/model/run.ts";

/** Exit codes: the command was refused, it was typed wrongly, or the run that was waited for did not complete. */
const refused = 1;
const mistyped = 2;
const notCompleted = 3;

/** Milliseconds between two looks at a run that is waited for. */
const lookEvery = 300;

async function follow(agent: AgentAddress, first: string): Promise<string> {
  for (let text = first; ; ) {
    const run = runSchema.parse(JSON.parse(text));
    if (run.state !== "running") {
      if (run.state !== "completed") process.exitCode = notCompleted;
      return text;
    }
    await setTimeout(lookEvery);
    text = await call(agent, "run", { id: run.id });
  }
}

/** The command line: every operation of the agent, with its answer as JSON (or the document itself) on stdout. */
async function main([command, ...words]: readonly string[]): Promise<void> {
  if (command === undefined || command === "help" || command === "--help") {
    process.stdout.write(help());
    return;
  }
  const name = agentOperations().get(command);
  if (name === undefined) {
    process.stderr.write(`There is no command “${command}”.\n\n${help()}`);
    process.exitCode = mistyped;
    return;
  }
  const { wait, ...options } = optionsOf(words);
  const agent = readAddress(process.env);
  const answer = await call(agent, name, options);
  const text = wait === true ? await follow(agent, answer) : answer;
  process.stdout.write(name === "runPlan" ? text : `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
}

main(process.argv.slice(2)).catch((thrown: unknown) => {
  const failure = thrown instanceof Failure ? thrown : failureOf(thrown);
  const { code, what, why, next } = failure.problem;
  process.stderr.write(`${code}: ${what} ${why}\n${next}\n`);
  process.exitCode = code === "E1008" ? mistyped : refused;
});
