import pino from "pino";

/** The web app's log: JSON lines on standard error. */
export const log = pino({ name: "web" }, pino.destination({ dest: 2, sync: true }));

/**
 * A thrown value's chain of messages with its stack, without anything that has the form of a token or of an
 * Authorization header: the messages of `fetch` quote the headers that they refuse.
 */
export function detailOf(thrown: unknown): string {
  const parts: string[] = [];
  for (let link = thrown; link !== undefined && parts.length < 5; ) {
    parts.push(link instanceof Error ? (link.stack ?? link.message) : String(link));
    link = link instanceof Error ? link.cause : undefined;
  }
  return parts
    .join("\ncaused by: ")
    .replace(/bearer\s+[^\s"]+/gi, "Bearer ***")
    .replace(/\bey[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g, "***");
}
