import { failureOf } from "#lib/model/problem.ts";
import { discover } from "#lib/wizard/server/discovery.ts";
import { log } from "#lib/wizard/server/log.ts";
import { type Environment, signInSettings } from "#lib/wizard/server/settings.ts";

/**
 * The origins that a page's scripts call at sign-in: the authority's and that of its token endpoint. Fewer where
 * the set-up is wrong or the authority does not answer: the page must still come, since it is what tells so.
 */
export async function signInOrigins(environment: Environment): Promise<string[]> {
  const origins: string[] = [];
  try {
    const { authority } = signInSettings(environment);
    origins.push(new URL(authority).origin);
    const { tokenEndpoint } = await discover(authority);
    origins.push(new URL(tokenEndpoint).origin);
  } catch (thrown) {
    const { code, why } = failureOf(thrown).problem;
    log.error({ code, why }, "the page's policy was made without the authority's token endpoint");
  }
  return origins;
}
