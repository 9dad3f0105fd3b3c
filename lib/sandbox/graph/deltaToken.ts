import { randomUUID } from "node:crypto";
import { z } from "zod";
import { badRequest, GraphError } from "#lib/sandbox/graph/graphError.ts";

const question = {
  /** The tokens' generation; others are expired. */
  generation: z.string(),
  resource: z.enum(["groups", "users"]),
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
  /** The last object told about. */
  last: z.string(),
  /** The last member told of it, when it is a group and more of its members follow. */
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

  /** Throws 410 for an expired token and 400 for what is none of this resource; `restart`: where to begin anew. */
  readDelta(resource: DeltaToken["resource"], text: string, restart: string): DeltaToken {
    return this.#read(deltaToken, resource, text, restart);
  }

  readSkip(resource: DeltaToken["resource"], text: string, restart: string): SkipToken {
    return this.#read(skipToken, resource, text, restart);
  }

  #read<T extends { generation: string; resource: string }>(
    schema: z.ZodType<T>,
    resource: string,
    text: string,
    restart: string,
  ): T {
    const parsed = schema.safeParse(decode(text));
    if (!parsed.success || parsed.data.resource !== resource) throw badRequest("Badly formed token.");
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
