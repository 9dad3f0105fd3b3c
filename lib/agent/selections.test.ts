import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configured, type Engine, otherTarget, startEngine } from "#lib/agent/engine/stand.ts";
import { cloudState, securityGroup, tell, written } from "#lib/agent/engine/views.ts";
import type { ObjectId } from "#lib/model/identifier.ts";
import type { Condition } from "#lib/model/selection.ts";

let engine: Engine;
let unit: ObjectId;
let pilot: ObjectId;
let owner: ObjectId;
let group: string;
beforeAll(async () => {
  engine = await startEngine("127.0.0.64");
  for (const permission of ["AdministrativeUnit.Read.All", "GroupSettings.Read.All"])
    await tell(engine, "/permissions/grant", { permission });
  unit = (await tell(engine, "/administrativeUnits", { displayName: "Plants" })).id as ObjectId;
  pilot = (await tell(engine, "/groups", securityGroup("Pilot groups"))).id as ObjectId;
  owner = (await cloudState(engine)).users[0]?.id as ObjectId;
  group = (await tell(engine, "/groups", securityGroup("Welders"))).id;
}, 120_000);
afterAll(() => engine.close(), 60_000);

/** Nothing by kind: the selection alone takes groups, to the other OU, and those that leave it are deleted. */
function takenBy(condition: Condition) {
  return configured({
    scope: {
      decidedBy: "kinds",
      microsoft365Groups: false,
      securityGroups: false,
      roleAssignableGroups: false,
    },
    selections: [
      {
        id: "plants",
        name: "Plants",
        include: [condition],
        exclude: [],
        becomes: null,
        target: otherTarget,
        withdrawal: "delete",
      },
    ],
  });
}

async function cycle(configuration: ReturnType<typeof configured>): Promise<string | undefined> {
  const run = await engine.run({ configuration });
  expect([run.state, run.problem]).toEqual(["completed", null]);
  return (await written(engine, group))?.dn?.[0];
}

describe("a selection follows the tenant from one cycle to the next", () => {
  test("by owner", async () => {
    const configuration = takenBy({ by: "owner", owner: { id: owner, displayName: "Owner" } });
    expect(await cycle(configuration)).toBeUndefined();
    await tell(engine, `/groups/${group}/owners`, { id: owner });
    expect(await cycle(configuration)).toContain(otherTarget);
    await tell(engine, `/groups/${group}/owners/remove`, { id: owner });
    expect(await cycle(configuration)).toBeUndefined();
  });

  test("by administrative unit", async () => {
    const configuration = takenBy({ by: "administrativeUnit", unit: { id: unit, displayName: "Plants" } });
    expect(await cycle(configuration)).toBeUndefined();
    await tell(engine, `/administrativeUnits/${unit}/members`, { id: group });
    expect(await cycle(configuration)).toContain(otherTarget);
    await tell(engine, `/administrativeUnits/${unit}/members/remove`, { id: group });
    expect(await cycle(configuration)).toBeUndefined();
  });

  test("by membership of a pilot group", async () => {
    const configuration = takenBy({ by: "memberOf", group: { id: pilot, displayName: "Pilot groups" } });
    expect(await cycle(configuration)).toBeUndefined();
    await tell(engine, `/groups/${pilot}/members`, { id: group });
    expect(await cycle(configuration)).toContain(otherTarget);
    await tell(engine, `/groups/${pilot}/members/remove`, { id: group });
    expect(await cycle(configuration)).toBeUndefined();
  });
});

test("each group's own setting in the tenant decides where it is asked, and is followed", async () => {
  const configuration = configured({
    scope: {
      decidedBy: "writebackConfiguration",
      microsoft365Groups: true,
      securityGroups: true,
      roleAssignableGroups: false,
    },
    withdrawal: "delete",
  });
  expect(await cycle(configuration)).toBeUndefined();
  const set = (isEnabled: boolean) =>
    tell(engine, `/groups/${group}`, {
      writebackConfiguration: { isEnabled, onPremisesGroupType: "universalSecurityGroup" },
    });
  await set(true);
  expect(await cycle(configuration)).toContain("OU=Cloud");
  await set(false);
  expect(await cycle(configuration)).toBeUndefined();
});
