import { createParser } from "eventsource-parser";
import type { Run } from "#lib/model/run.ts";

/** The runs in a stream of server-sent events, each event being one whole run. */
export async function* runsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Run> {
  const read: Run[] = [];
  // The web app checks each run against its schema before it passes it on.
  const parser = createParser({ onEvent: ({ data }) => read.push(JSON.parse(data) as Run) });
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* read.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Milliseconds to wait before try number `attempt` (from 0): doubling from half a second to at most 15 s. */
export function backOff(attempt: number): number {
  return Math.min(15_000, 500 * 2 ** attempt);
}

/** What watching a run needs of the world around it. */
export type Watch = {
  readonly open: () => Promise<ReadableStream<Uint8Array>>;
  readonly onRun: (run: Run) => void;
  /** Told when the connection is lost, before it is tried again. */
  readonly onLost: (error: unknown) => void;
  /** Whether another try could help. */
  readonly worthwhile: (error: unknown) => boolean;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
};

/**
 * Follows a run until it is no longer running, connecting anew with back-off as often as it takes. Throws what
 * `open` threw when it is not worthwhile to try again. Returns quietly when `signal` aborts.
 */
export async function watchRun({ open, onRun, onLost, worthwhile, wait, signal }: Watch): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      for await (const run of runsOf(await open())) {
        if (signal.aborted) return;
        attempt = 0;
        onRun(run);
        if (run.state !== "running") return;
      }
      onLost(undefined);
    } catch (error) {
      if (signal.aborted) return;
      if (!worthwhile(error)) throw error;
      onLost(error);
    }
    await wait(backOff(attempt));
  }
}
