import { userInfo } from "node:os";
import { z } from "zod";
import type { Options } from "#lib/agent/cli/arguments.ts";
import type { AgentCommand } from "#lib/agent/cli/commands.ts";
import { operations, pathOf } from "#lib/model/api.ts";
import { messages } from "#lib/model/messages.ts";
import { Failure, problem } from "#lib/model/problem.ts";

/** Where the agent is, and the secret that it was paired with. */
export type AgentAddress = { readonly port: number; readonly secret: string };

const refusal = z.object({ problem });
type Schemas = { readonly [part in "body" | "query" | "parameters"]?: z.ZodType };

function namesOf(schema: z.ZodType | undefined): string[] {
  return schema !== undefined && "shape" in schema ? Object.keys(schema.shape as object) : [];
}

function pick(options: Options, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));
}

function texts(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/** Calls an operation of the agent. Gives its answer's text; a refusal is the `Failure` that the agent told. */
export async function call(
  { port, secret }: AgentAddress,
  name: AgentCommand,
  options: Options,
): Promise<string> {
  const { body, query, parameters } = messages[name] as Schemas;
  const known = [body, query, parameters].flatMap(namesOf);
  const unknown = Object.keys(options).find((option) => !known.includes(option));
  if (unknown !== undefined)
    throw new Failure("E1008", {
      why: `The command has no option --${unknown}; it has ${known.map((option) => `--${option}`).join(", ") || "none"}.`,
    });
  const needed = namesOf(parameters).find((parameter) => options[parameter] === undefined);
  if (needed !== undefined) throw new Failure("E1008", { why: `The option --${needed} is missing.` });
  const path = pathOf(name, texts(pick(options, namesOf(parameters))), texts(pick(options, namesOf(query))));
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: operations[name].method,
    headers: {
      authorization: `Bearer ${secret}`,
      "content-type": "application/json",
      "x-actor": encodeURIComponent(`${userInfo().username} (command line)`),
    },
    ...(body === undefined || namesOf(body).length === 0
      ? {}
      : { body: JSON.stringify(pick(options, namesOf(body))) }),
  }).catch((cause: unknown) => {
    throw new Failure("E2001", { cause, why: `Nothing answers on 127.0.0.1:${port}.` });
  });
  const text = await response.text();
  if (response.ok) return text;
  const told = refusal.safeParse(JSON.parse(text));
  if (!told.success) throw new Failure("E2000");
  const { code, why } = told.data.problem;
  throw new Failure(code, { why });
}
