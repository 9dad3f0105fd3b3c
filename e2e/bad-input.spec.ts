import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "#e2e/fixtures.ts";
import { ldapmodify } from "#e2e/ldap.ts";
import { actualIn, expectedFrom } from "#e2e/oracle.ts";
import type { Wizard } from "#e2e/wizard.ts";
import type { World } from "#lib/sandbox/world.ts";

const ou = "OU=Cloud,OU=Groups,DC=contoso,DC=test";

/** Orders a fault of the simulated directory. */
async function directoryFault(world: World, command: object): Promise<void> {
  const answer = await fetch(world.forest.controlUrl ?? "", {
    method: "POST",
    body: JSON.stringify(command),
  });
  expect(answer.status).toBe(200);
}

/** Configures again once the cause is gone, and sees the job completed. */
async function completes(wizard: Wizard): Promise<void> {
  await wizard.next("Configure again");
  await wizard.at("Configuration complete", "Completed after all");
}

test("a wrong password", async ({ wizard, page }) => {
  await wizard.toDirectories();
  await wizard.connect({ Password: "wrong" });
  await wizard.problem("E4003");
  await wizard.connect();
  await expect(page.getByRole("heading", { name: "Connected" })).toBeVisible();
});

test("no domain controller at the address", async ({ wizard }) => {
  await wizard.toDirectories();
  await wizard.connect({ Port: "1" });
  await wizard.problem("E4001");
});

test("a server that does not exist", async ({ wizard }) => {
  await wizard.toDirectories();
  await wizard.connect({ Server: "dc9.contoso.invalid" });
  await wizard.problem("E4001");
});

for (const [name, fault, code] of [
  ["401", { status: 401, times: 99 }, "E3001"],
  ["403", { status: 403, times: 99 }, "E3002"],
  ["404", { status: 404, times: 99 }, "E3003"],
  ["429 that does not end", { status: 429, retryAfter: 0, times: 99 }, "E3004"],
  ["500 that does not end", { status: 500, times: 99 }, "E3005"],
  ["no answer", { dropConnection: true, times: 99 }, "E3006"],
  ["answers too late", { delayMs: 4000, times: 99 }, "E3006"],
] as const) {
  test(`Graph: ${name}`, async ({ wizard, cloud }) => {
    await cloud.send("/faults", { match: "GET /v1.0/groups/delta", ...fault });
    await wizard.toReady();
    await wizard.problem(code);
    await cloud.send("/faults/clear");
    await wizard.button("Preview again").click();
    await wizard.planned();
  });
}

test("Graph: a passing 429 and 503 are waited for", async ({ wizard, cloud }) => {
  await cloud.send("/faults", { match: "GET /v1.0/groups/delta", status: 429, retryAfter: 1, times: 1 });
  await cloud.send("/faults", { match: "GET /v1.0/users", status: 503, times: 1 });
  await wizard.toReady();
  await wizard.planned();
});

test("the agent's token expires in the middle of a run", async ({ wizard, cloud, world }) => {
  await wizard.toReady();
  await wizard.planned();
  await cloud.send("/tokens/expire");
  await wizard.next("Configure");
  await wizard.at("Configuration complete", "After an expired token");
  const state = await cloud.state();
  expect(await actualIn(world, ou, state)).toEqual(expectedFrom(state));
});

test("the domain controller goes away in the middle of the export", async ({ wizard, cloud, world }) => {
  const sales = await cloud.group("Sales team");
  await cloud.send(`/groups/${sales.id}`, { description: "Changed while the domain controller was away" });
  await wizard.toReady();
  await wizard.planned();
  await directoryFault(world, { do: "disturb", fault: { kind: "modify", times: 50, effect: "breakBefore" } });
  await wizard.next("Configure");
  await wizard.problem("E4010");
  await directoryFault(world, { do: "clear" });
  await completes(wizard);
  const state = await cloud.state();
  expect(await actualIn(world, ou, state)).toEqual(expectedFrom(state));
});

test("the agent is down", async ({ wizard, page, world }) => {
  await wizard.toReady();
  await wizard.planned();
  // Once something was configured the agent keeps its credentials over a restart.
  await wizard.next("Configure");
  await wizard.at("Configuration complete", "Configured before");
  await wizard.open("/ready");
  await wizard.planned();
  await world.product.agent.stop();
  await wizard.next("Configure");
  await wizard.problem("E2001");
  world.product.agent.start();
  const complete = page.getByRole("heading", { level: 1, name: "Configuration complete" });
  await expect(async () => {
    await wizard.button("Configure").or(wizard.button("Try again")).first().click({ timeout: 2000 });
    await expect(complete).toBeVisible({ timeout: 5000 });
  }).toPass({ timeout: 40_000 });
});

test("the agent is killed in the middle of a run", async ({ wizard, cloud, world }) => {
  await wizard.toReady();
  await wizard.planned();
  await cloud.send("/faults", { match: "GET /v1.0/users", delayMs: 1300, times: 4 });
  await wizard.next("Configure");
  await wizard.at("Configuring", "Configuring before the kill");
  process.kill(world.product.agent.pid() ?? 0, "SIGKILL");
  await wizard.problem("E2006");
  await cloud.send("/faults/clear");
  await completes(wizard);
});

test("web app and agent do not share the pairing secret", async ({ wizard, page, world }) => {
  const file = join(world.folder, "agent/pairing-secret");
  const secret = readFileSync(file, "utf8");
  await wizard.toReady();
  await wizard.planned();
  writeFileSync(file, "another-secret-just-as-long-as-the-right-one-is");
  await wizard.next("Configure");
  await wizard.problem("E2002");
  writeFileSync(file, secret);
  await page.reload();
  await wizard.planned();
});

test("the OU is deleted between choosing and configuring", async ({ wizard, page, world }) => {
  await ldapmodify(
    world,
    "dn: OU=Short lived,OU=Groups,DC=contoso,DC=test\nchangetype: add\nobjectClass: organizationalUnit\n\n",
  );
  await wizard.toWriteback();
  await wizard.chooseOu("Groups", "Short lived");
  await wizard.next();
  await wizard.planned();
  await ldapmodify(world, "dn: OU=Short lived,OU=Groups,DC=contoso,DC=test\nchangetype: delete\n\n");
  await wizard.next("Configure");
  await wizard.problem("E4006");
  await page
    .getByRole("navigation", { name: "Pages" })
    .getByRole("link", { name: /Writeback/ })
    .click();
  await wizard.chooseOu("Groups", "Cloud");
  await wizard.next();
  await wizard.planned();
  await wizard.next("Configure");
  await wizard.at("Configuration complete", "With another OU");
});
