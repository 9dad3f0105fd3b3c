import type { Run } from "#lib/model/run.ts";
import type { Changes } from "#lib/plan/document/outstanding.ts";

/** The run and its changes as one JSON object, a change on each line. */
export async function* json(run: Run, changes: Changes): AsyncGenerator<string> {
  yield `{"run":${JSON.stringify(run)},\n"changes":[`;
  let separator = "\n";
  for await (const change of changes()) {
    yield separator + JSON.stringify(change);
    separator = ",\n";
  }
  yield "\n]}\n";
}
