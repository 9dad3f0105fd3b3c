import { afterAll, beforeAll, describe } from "vitest";
import { Bench } from "./bench.ts";
import { contoso } from "./contoso.ts";
import { deleting } from "./deleting.ts";
import type { Kind } from "./directories.ts";
import { groups } from "./groups.ts";
import { ldapTools } from "./ldap-tools.ts";
import { members } from "./members.ts";
import { refusing } from "./refusing.ts";
import { searching } from "./searching.ts";
import { signingIn } from "./signing-in.ts";

// Where the two differ, the simulated directory follows AD; the tests say so in each place.
describe.each<Kind>(["simulated", "samba"])("a directory: %s", (kind) => {
  const bench = new Bench(kind);
  beforeAll(() => bench.start(), 60_000);
  afterAll(() => bench.stop(), 30_000);

  refusing(bench);
  signingIn(bench);
  groups(bench);
  members(bench);
  searching(bench);
  deleting(bench);
  contoso(bench);
  ldapTools(bench);
});
