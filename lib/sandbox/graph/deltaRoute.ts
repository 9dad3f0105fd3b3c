import { requirePermission } from "#lib/sandbox/graph/caller.ts";
import { readable, selected } from "#lib/sandbox/graph/collection.ts";
import { deltaPage, type Round } from "#lib/sandbox/graph/deltaPage.ts";
import type { GraphApp, GraphContext, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { type Filter, parseFilter } from "#lib/sandbox/graph/filter.ts";
import { badRequest, unsupportedQuery } from "#lib/sandbox/graph/graphError.ts";
import { permissions } from "#lib/sandbox/graph/permissions.ts";
import { checkSelect, readQuery } from "#lib/sandbox/graph/query.ts";

/** GET /groups/delta (facts.md 6.4; graph-docs: api/group-delta.md). */
export function deltaRoute(app: GraphApp, facts: GraphFacts): void {
  app.get("/v1.0/groups/delta", (c) => {
    requirePermission(c.get("caller"), permissions.readGroups);
    const round = readRound(c, facts);
    const context = {
      "@odata.context": `${facts.origin}/v1.0/$metadata#${selected("groups", round === "latest" ? undefined : round.select)}`,
    };
    if (round === "latest") {
      const { select } = readQuery(new URL(c.req.url).searchParams, ["$select", "$deltatoken"]);
      const token = facts.deltaTokens.writeDelta({
        since: facts.tenant.log.length,
        ...(select ? { select: [...select] } : {}),
      });
      return c.json({ ...context, "@odata.deltaLink": link(facts, "$deltatoken", token), value: [] });
    }
    const preferences = (c.req.header("Prefer") ?? "").split(",").map((text) => text.trim());
    const minimal = preferences.includes("return=minimal");
    const { value, next } = deltaPage(facts.tenant, round, facts.deltaPage, minimal);
    if (minimal) c.header("Preference-Applied", "return=minimal");
    const { since, until, group: _group, member: _member, ...question } = round;
    if (next !== undefined) {
      const token = facts.deltaTokens.writeSkip({
        ...question,
        ...(since === undefined ? {} : { since }),
        until,
        ...next,
      });
      return c.json({ ...context, "@odata.nextLink": link(facts, "$skiptoken", token), value });
    }
    // What happened while the round was under way is told again next time: clients have to take replays anyway.
    const token = facts.deltaTokens.writeDelta({ ...question, since: until });
    return c.json({ ...context, "@odata.deltaLink": link(facts, "$deltatoken", token), value });
  });
}

/** The round that the request begins or goes on with; `latest` asks for a token alone. */
function readRound(c: GraphContext, facts: GraphFacts): Round | "latest" {
  const parameters = new URL(c.req.url).searchParams;
  const restart = `${facts.origin}/v1.0/groups/delta?$deltatoken=`;
  const until = facts.tenant.log.length;
  const query = readQuery(parameters, ["$select", "$filter", "$skiptoken", "$deltatoken"]);
  if (query.skipToken !== undefined) {
    readQuery(parameters, ["$skiptoken"]);
    return facts.deltaTokens.readSkip(query.skipToken, restart);
  }
  checkSelect("v1.0", ["group"], query.select, ["members"]);
  if (query.deltaToken === "latest") return "latest";
  // An empty token, as in a 410's Location, begins anew.
  if (query.deltaToken !== undefined && query.deltaToken !== "") {
    readQuery(parameters, ["$deltatoken"]);
    return { ...facts.deltaTokens.readDelta(query.deltaToken, restart), until };
  }
  return {
    until,
    ...(query.select === undefined ? {} : { select: [...query.select] }),
    ...(query.filter === undefined ? {} : { ids: idsOf(parseFilter(query.filter)) }),
  };
}

/** The filter may only name ids, 50 at most. */
function idsOf(filter: Filter): string[] {
  const ids: string[] = [];
  const visit = (part: Filter): void => {
    if (part.op === "or") {
      visit(part.left);
      visit(part.right);
    } else if (part.op === "eq" && part.property === "id" && typeof part.value === "string") {
      ids.push(part.value.toLowerCase());
    } else {
      throw unsupportedQuery("A delta query's filter may only be of the form id eq '…' or id eq '…'.");
    }
  };
  visit(filter);
  if (ids.length > 50) throw badRequest("Too many ids in the filter of a delta query. The maximum is 50.");
  return ids;
}

function link(facts: GraphFacts, option: string, token: string): string {
  return `${facts.origin}/v1.0/groups/delta?${readable(new URLSearchParams({ [option]: token }))}`;
}
