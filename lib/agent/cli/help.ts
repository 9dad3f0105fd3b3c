import type { z } from "zod";
import { type AgentCommand, agentOperations } from "#lib/agent/cli/commands.ts";
import { operations } from "#lib/model/api.ts";
import { messages } from "#lib/model/messages.ts";

function fields(name: AgentCommand): string[] {
  const { body, query, parameters } = messages[name] as {
    [part in "body" | "query" | "parameters"]?: z.ZodType;
  };
  return [parameters, query, body].flatMap((schema) =>
    schema !== undefined && "shape" in schema ? Object.keys(schema.shape as object) : [],
  );
}

/** What the command line can do: one command for each operation that the agent answers. */
export function help(): string {
  const lines = [...agentOperations()].map(([command, name]) => {
    const options = fields(name).map((field) => `--${field}`);
    return `  ${command} ${options.join(" ")}\n      ${operations[name].purpose}`;
  });
  return `Usage: npm run gw -- COMMAND [--option value …]

A value is a text, JSON, or @FILE for the JSON in a file. --wait follows a run to its end.
The agent is found by GW_AGENT_PORT, and GW_AGENT_SECRET_FILE or GW_AGENT_SECRET.

${lines.join("\n")}
`;
}
