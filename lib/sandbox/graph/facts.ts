import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import type { Caller } from "#lib/sandbox/graph/caller.ts";
import type { DeltaTokens } from "#lib/sandbox/graph/deltaToken.ts";
import type { Faults } from "#lib/sandbox/graph/faults.ts";
import type { RequestIds } from "#lib/sandbox/graph/graphError.ts";
import type { Journal } from "#lib/sandbox/graph/journal.ts";
import type { Tenant } from "#lib/sandbox/tenant/tenant.ts";

/** How much a page of a delta answer holds; a group with more members goes on in the next page. */
export type DeltaPageSize = { readonly groups: number; readonly members: number; readonly users: number };

/** What the emulator's routes work on. */
export type GraphFacts = {
  readonly tenant: Tenant;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly deltaTokens: DeltaTokens;
  readonly deltaPage: DeltaPageSize;
  /** The emulator's own origin, which its links start with. */
  readonly origin: string;
  readonly readCaller: (authorization: string | undefined) => Promise<Caller>;
};

type GraphBindings = Partial<HttpBindings> & { readonly inBatch?: boolean };
export type GraphEnvironment = {
  Bindings: GraphBindings;
  Variables: { caller: Caller; ids: RequestIds };
};
export type GraphApp = Hono<GraphEnvironment>;
export type GraphContext = Context<GraphEnvironment>;
