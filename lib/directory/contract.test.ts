import { afterAll, beforeAll, describe } from "vitest";
import { Bench } from "#lib/directory/contract/bench.ts";
import { breaking } from "#lib/directory/contract/breaking.ts";
import { connecting } from "#lib/directory/contract/connecting.ts";
import { describing } from "#lib/directory/contract/describing.ts";
import { groups } from "#lib/directory/contract/groups.ts";
import { members } from "#lib/directory/contract/members.ts";
import { rights } from "#lib/directory/contract/rights.ts";
import { subjects } from "#lib/directory/contract/subjects.ts";

describe.each(subjects)("the Directory port on $name", ({ start }) => {
  const bench = new Bench();
  beforeAll(() => bench.start(start), 60_000);
  afterAll(() => bench.stop(), 30_000);

  describing(bench);
  groups(bench);
  members(bench);
  connecting(bench);
  rights(bench);
  breaking(bench);
});
