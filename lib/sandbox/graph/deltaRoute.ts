import { requirePermission } from "#lib/sandbox/graph/caller.ts";
import { readable, selected } from "#lib/sandbox/graph/collection.ts";
import { type DeltaPage, groupDeltaPage, type Round } from "#lib/sandbox/graph/deltaPage.ts";
import type { GraphApp, GraphContext, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { type Filter, parseFilter } from "#lib/sandbox/graph/filter.ts";
import { badRequest, unsupportedQuery } from "#lib/sandbox/graph/graphError.ts";
import { permissions } from "#lib/sandbox/graph/permissions.ts";
import { checkSelect, readQuery } from "#lib/sandbox/graph/query.ts";
import { userDeltaPage } from "#lib/sandbox/graph/userDeltaPage.ts";

/** What delta queries can be asked about. */
type Resource = {
  readonly set: "groups" | "users";
  readonly type: string;
  readonly anyOf: readonly string[];
  /** What may be selected beside properties. */
  readonly more: () => Iterable<string>;
  /** The present place in the log of changes. */
  readonly position: () => number;
  readonly page: (
    tenant: GraphFacts["tenant"],
    round: Round,
    size: GraphFacts["deltaPage"],
    minimal: boolean,
  ) => DeltaPage;
};

/** GET /groups/delta and /users/delta (facts.md 6.4; graph-docs: api/group-delta.md, api/user-delta.md). */
export function deltaRoute(app: GraphApp, facts: GraphFacts): void {
  const { tenant } = facts;
  answerDelta(app, facts, {
    set: "groups",
    type: "group",
    anyOf: permissions.readGroups,
    more: () => ["members", ...tenant.extensions],
    position: () => tenant.log.length,
    page: groupDeltaPage,
  });
  answerDelta(app, facts, {
    set: "users",
    type: "user",
    anyOf: permissions.readUsers,
    more: () => [],
    position: () => tenant.userLog.length,
    page: userDeltaPage,
  });
}

function answerDelta(app: GraphApp, facts: GraphFacts, resource: Resource): void {
  const { set } = resource;
  app.get(`/v1.0/${set}/delta`, (c) => {
    requirePermission(c.get("caller"), resource.anyOf);
    const round = readRound(c, facts, resource);
    const context = {
      "@odata.context": `${facts.origin}/v1.0/$metadata#${selected(set, round === "latest" ? undefined : round.select)}`,
    };
    if (round === "latest") {
      const { select } = readQuery(new URL(c.req.url).searchParams, ["$select", "$deltatoken"]);
      const token = facts.deltaTokens.writeDelta({
        resource: set,
        since: resource.position(),
        ...(select ? { select: [...select] } : {}),
      });
      return c.json({ ...context, "@odata.deltaLink": link(facts, set, "$deltatoken", token), value: [] });
    }
    const preferences = (c.req.header("Prefer") ?? "").split(",").map((text) => text.trim());
    const minimal = preferences.includes("return=minimal");
    const { value, next } = resource.page(facts.tenant, round, facts.deltaPage, minimal);
    if (minimal) c.header("Preference-Applied", "return=minimal");
    const { since, until, last: _last, member: _member, ...question } = round;
    if (next !== undefined) {
      const token = facts.deltaTokens.writeSkip({
        ...question,
        ...(since === undefined ? {} : { since }),
        until,
        ...next,
      });
      return c.json({ ...context, "@odata.nextLink": link(facts, set, "$skiptoken", token), value });
    }
    // What happened while the round was under way is told again next time: clients have to take replays anyway.
    const token = facts.deltaTokens.writeDelta({ ...question, since: until });
    return c.json({ ...context, "@odata.deltaLink": link(facts, set, "$deltatoken", token), value });
  });
}

/** The round that the request begins or goes on with; `latest` asks for a token alone. */
function readRound(c: GraphContext, facts: GraphFacts, resource: Resource): Round | "latest" {
  const parameters = new URL(c.req.url).searchParams;
  const { set } = resource;
  const restart = `${facts.origin}/v1.0/${set}/delta?$deltatoken=`;
  const until = resource.position();
  const query = readQuery(parameters, ["$select", "$filter", "$skiptoken", "$deltatoken"]);
  if (query.skipToken !== undefined) {
    readQuery(parameters, ["$skiptoken"]);
    return facts.deltaTokens.readSkip(set, query.skipToken, restart);
  }
  checkSelect("v1.0", [resource.type], query.select, resource.more());
  if (query.deltaToken === "latest") return "latest";
  // An empty token, as in a 410's Location, begins anew.
  if (query.deltaToken !== undefined && query.deltaToken !== "") {
    readQuery(parameters, ["$deltatoken"]);
    return { ...facts.deltaTokens.readDelta(set, query.deltaToken, restart), until };
  }
  return {
    resource: set,
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

function link(facts: GraphFacts, set: string, option: string, token: string): string {
  return `${facts.origin}/v1.0/${set}/delta?${readable(new URLSearchParams({ [option]: token }))}`;
}
