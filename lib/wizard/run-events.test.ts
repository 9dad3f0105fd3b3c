import { describe, expect, test, vi } from "vitest";
import type { Run } from "#lib/model/run.ts";
import { backOff, runsOf, watchRun } from "#lib/wizard/run-events.ts";

const run = (state: Run["state"], startedBy = "Ada") => ({ id: "run-1", state, startedBy }) as Run;
const event = (value: Run) => `event: run\ndata: ${JSON.stringify(value)}\n\n`;

function streamOf(...chunks: readonly (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks)
        controller.enqueue(typeof chunk === "string" ? encoder.encode(chunk) : chunk);
      controller.close();
    },
  });
}

async function all(stream: ReadableStream<Uint8Array>): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const each of runsOf(stream)) runs.push(each);
  return runs;
}

test("runs are read from a stream that is cut anywhere, also inside a character", async () => {
  const bytes = new TextEncoder().encode(event(run("running", "Zoë")) + event(run("completed", "Zoë")));
  for (let cut = 1; cut < bytes.length; cut++)
    expect(await all(streamOf(bytes.slice(0, cut), bytes.slice(cut)))).toEqual([
      run("running", "Zoë"),
      run("completed", "Zoë"),
    ]);
});

test("comments that keep the connection open are no runs", async () => {
  expect(await all(streamOf(": still there\n\n", event(run("running"))))).toEqual([run("running")]);
});

test("the waits double from half a second and stay at 15 seconds", () => {
  expect([0, 1, 2, 3, 4, 5, 30].map(backOff)).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
});

describe("watching a run", () => {
  function watch(streams: readonly (ReadableStream<Uint8Array> | Error)[], worthwhile = true) {
    const left = [...streams];
    const seen: string[] = [];
    const waits: number[] = [];
    const stop = new AbortController();
    const onLost = vi.fn();
    const ended = watchRun({
      open: async () => {
        const next = left.shift();
        if (next === undefined) throw new Error("opened more often than expected");
        if (next instanceof Error) throw next;
        return next;
      },
      onRun: ({ state }) => void seen.push(state),
      onLost,
      worthwhile: () => worthwhile && left.length > 0,
      wait: async (milliseconds) => void waits.push(milliseconds),
      signal: stop.signal,
    });
    return { ended, seen, waits, onLost, stop };
  }

  test("ends when the run has ended, without another connection", async () => {
    const { ended, seen, waits } = watch([streamOf(event(run("running")), event(run("failed")))]);
    await ended;
    expect(seen).toEqual(["running", "failed"]);
    expect(waits).toEqual([]);
  });

  test("connects anew after a lost connection, waiting longer each time, and from the start after a success", async () => {
    const { ended, seen, waits, onLost } = watch([
      new Error("down"),
      new Error("down"),
      streamOf(event(run("running"))),
      new Error("down"),
      streamOf(event(run("completed"))),
    ]);
    await ended;
    expect(seen).toEqual(["running", "completed"]);
    expect(waits).toEqual([500, 1000, 500, 1000]);
    expect(onLost).toHaveBeenCalledTimes(4);
  });

  test("gives up, saying why, when another try cannot help", async () => {
    const { ended } = watch([new Error("no such run")], false);
    await expect(ended).rejects.toThrow("no such run");
  });

  test("stops quietly when the page is left", async () => {
    const { ended, seen, stop } = watch([streamOf(event(run("running")))]);
    stop.abort();
    await ended;
    expect(seen).toEqual([]);
  });
});
