import { randomUUID } from "node:crypto";
import { operations } from "#lib/model/api.ts";
import type { Answer } from "#lib/model/messages.ts";
import { Failure } from "#lib/model/problem.ts";
import { askAgent } from "#lib/wizard/server/agent.ts";
import { discover } from "#lib/wizard/server/discovery.ts";
import { inputOf } from "#lib/wizard/server/input.ts";
import { detailOf, log } from "#lib/wizard/server/log.ts";
import { match } from "#lib/wizard/server/match.ts";
import { originRefusal } from "#lib/wizard/server/origin.ts";
import { failureResponse, jsonResponse } from "#lib/wizard/server/response.ts";
import { refusalOf } from "#lib/wizard/server/role.ts";
import { agentSettings, type Environment, signInSettings } from "#lib/wizard/server/settings.ts";
import { type Person, tokenOf, verify } from "#lib/wizard/server/token.ts";

/** The answer to a request below `/api`; every failure is a `{problem}`. Never throws. */
export async function answer(request: Request, environment: Environment): Promise<Response> {
  try {
    return await answerOrThrow(request, environment);
  } catch (thrown) {
    return failureResponse(recorded(thrown, request));
  }
}

/** Order matters: nobody learns more about a request than their sign-in allows. */
async function answerOrThrow(request: Request, environment: Environment): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/api(?=\/)/, "");
  const found = match(request.method, path);
  if (found === undefined)
    throw new Failure("E1009", { why: `There is no operation ${request.method} ${path}.` });
  const { access, method } = operations[found.name];

  const refused = method === "GET" ? undefined : originRefusal(request.headers);
  if (refused !== undefined) throw refused;
  if (found.name === "settings") return jsonResponse(await settingsAnswer(environment));

  const token = tokenOf(request.headers.get("authorization"));
  const person = await verify(token, signInSettings(environment));
  const lacking = refusalOf(person, access);
  if (lacking !== undefined) throw lacking;
  if (found.name === "me") return jsonResponse(meAnswer(person));

  const input = await inputOf(found, request);
  return askAgent(await agentSettings(environment), found, input, person, request.signal);
}

async function settingsAnswer(environment: Environment): Promise<Answer<"settings">> {
  const { tenantId, clientId, authority, apiScope } = signInSettings(environment);
  const { document } = await discover(authority);
  return { tenantId, clientId, authority, apiScope, authorityMetadata: document };
}

function meAnswer({ name, userPrincipalName, roles, access }: Person): Answer<"me"> {
  return { name, userPrincipalName, roles: [...roles], access };
}

/** The failure as the browser gets it. What is our fault or the set-up's is logged; E2000 with a reference. */
function recorded(thrown: unknown, request: Request): Failure {
  const failure = thrown instanceof Failure ? thrown : new Failure("E2000", { cause: thrown });
  const { code } = failure;
  const { pathname: path } = new URL(request.url);
  const { method } = request;
  if (code === "E2000") {
    const reference = randomUUID();
    log.error({ code, reference, method, path, error: detailOf(failure.cause) }, "unexpected failure");
    // The catalogue's words: an unknown error's own message may hold what nobody must see.
    return new Failure(code, { reference, cause: failure.cause });
  }
  const { why } = failure.problem;
  if (code === "E1006" || code === "E1010" || code === "E2001")
    log.error({ code, method, path, why }, "request failed");
  else log.info({ code, method, path }, "request refused");
  return failure;
}
