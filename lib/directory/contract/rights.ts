import { describe, test } from "vitest";
import type { Bench } from "#lib/directory/contract/bench.ts";
import { attributes, byGuid, bySid, expectFailure } from "#lib/directory/contract/verbs.ts";
import { childDn } from "#lib/model/dn.ts";
import type { Sid } from "#lib/model/identifier.ts";

/** An account with rights in one OU alone. */
export function rights(bench: Bench): void {
  describe("an account that may write to one OU only", () => {
    test("writes there, and is told what it lacks elsewhere", async () => {
      const limited = await bench.connect(bench.limited);
      const values = attributes();
      const guid = await limited.create(childDn("CN", "by the limited account", bench.target), values);
      await limited.addMembers(guid, [bySid(bench.people[0]?.sid as Sid)]);
      await limited.rename(guid, childDn("CN", "renamed by the limited account", bench.target));
      await limited.update(guid, { description: ["x"] });
      await expectFailure(
        limited.create(childDn("CN", "no", bench.elsewhere), attributes()),
        "E4005",
        /not allowed.*create the group CN=no/,
      );
      const foreign = await bench.directory.create(childDn("CN", "foreign", bench.elsewhere), attributes());
      await expectFailure(limited.update(foreign, { description: ["x"] }), "E4005", /not allowed/);
      await expectFailure(limited.addMembers(foreign, [byGuid(guid)]), "E4005", /not allowed/);
      await expectFailure(limited.delete(foreign), "E4005", /not allowed/);
      await limited.delete(guid);
      await limited.close();
    });
  });
}
