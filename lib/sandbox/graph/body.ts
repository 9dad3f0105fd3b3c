import type { z } from "zod";
import type { GraphContext } from "#lib/sandbox/graph/facts.ts";
import { badRequest, GraphError } from "#lib/sandbox/graph/graphError.ts";

/** A request's JSON body as the schema has it. Throws Graph's 400 that names what is wrong. */
export async function readBody<T>(c: GraphContext, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/json\b/i.test(c.req.header("Content-Type") ?? "")) {
    throw badRequest("Write requests (excluding DELETE) must contain the Content-Type header declaration.");
  }
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    throw badRequest(
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    );
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join(".") ?? "";
  if (issue?.code === "unrecognized_keys") {
    throw new GraphError(400, "Request_BadRequest", `Invalid property '${issue.keys[0]}'.`);
  }
  throw new GraphError(
    400,
    "Request_BadRequest",
    `Invalid value specified for property '${where}' of the resource: ${issue?.message}.`,
  );
}
