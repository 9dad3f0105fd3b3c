import { answer } from "#lib/wizard/server/answer.ts";

/** Each answer depends on the request: nothing may be made ahead of it or kept. */
export const dynamic = "force-dynamic";

function handle(request: Request): Promise<Response> {
  return answer(request, process.env);
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
