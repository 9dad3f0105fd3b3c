import { randomUUID } from "node:crypto";
import { z } from "zod";
import { badRequest, GraphError } from "#lib/sandbox/graph/graphError.ts";

const question = {
  /** The tokens' generation; others are expired. */
  generation: z.string(),
  select: z.array(z.string()).optional(),
  ids: z.array(z.string()).optional(),
};

/** `$deltatoken`: what was asked, and from which place of the change log on to tell. */
const deltaToken = z.strictObject({ ...question, kind: z.literal("delta"), since: z.int().min(0) });
/** `$skiptoken`: a round under way, and how far it got. */
const skipToken = z.strictObject({
  ...question,
  kind: z.literal("skip"),
  /** Absent in a first round, which tells everything. */
  since: z.int().min(0).optional(),
  until: z.int().min(0),
  /** The last group told about. */
  group: z.string(),
  /** The last member told of it, when more of its members follow. */
  member: z.string().optional(),
});

export type DeltaToken = Omit<z.infer<typeof deltaToken>, "generation" | "kind">;
export type SkipToken = Omit<z.infer<typeof skipToken>, "generation" | "kind">;

/** Writes and reads the tokens of delta queries; they hold all their state, so the emulator keeps none. */
export class DeltaTokens {
  #generation = randomUUID();

  /** From now on every token given out so far is answered with 410. */
  expireAll(): void {
    this.#generation = randomUUID();
  }

  writeDelta(token: DeltaToken): string {
    return encode({ ...token, kind: "delta", generation: this.#generation });
  }

  writeSkip(token: SkipToken): string {
    return encode({ ...token, kind: "skip", generation: this.#generation });
  }

  /** Throws 410 for an expired token and 400 for what is none; `restart` is where a new round begins. */
  readDelta(text: string, restart: string): DeltaToken {
    return this.#read(deltaToken, text, restart);
  }

  readSkip(text: string, restart: string): SkipToken {
    return this.#read(skipToken, text, restart);
  }

  #read<T extends { generation: string }>(schema: z.ZodType<T>, text: string, restart: string): T {
    const parsed = schema.safeParse(decode(text));
    if (!parsed.success) throw badRequest("Badly formed token.");
    if (parsed.data.generation === this.#generation) return parsed.data;
    throw new GraphError(
      410,
      "syncStateNotFound",
      "The sync state generation is not found. A full resynchronization is required.",
      { Location: restart },
    );
  }
}

function encode(token: unknown): string {
  return Buffer.from(JSON.stringify(token)).toString("base64url");
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}
