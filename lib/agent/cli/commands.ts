import { type OperationName, operations } from "#lib/model/api.ts";

/** The operations that the agent answers with a document; the stream of a run's events is what --wait is for. */
export type AgentCommand = {
  [Name in OperationName]: (typeof operations)[Name]["by"] extends "agent" ? Name : never;
}[OperationName];

/** The commands by the words that they are called with: `startRun` is `start-run`. */
export function agentOperations(): ReadonlyMap<string, AgentCommand> {
  const names = Object.keys(operations) as OperationName[];
  return new Map(
    names
      .filter((name): name is AgentCommand => operations[name].by === "agent" && name !== "runEvents")
      .map((name) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), name]),
  );
}
