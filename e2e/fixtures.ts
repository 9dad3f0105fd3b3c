import { test as base } from "@playwright/test";
import { Cloud } from "#e2e/cloud.ts";
import { Wizard } from "#e2e/wizard.ts";
import { type DirectoryKind, startWorld, type World } from "#lib/sandbox/world.ts";

type Options = { directory: DirectoryKind };

/**
 * Playwright's `test` with the product running: `world` is the whole of it, started once for all tests of a
 * directory kind (`test.use({ directory: "samba" })`), `wizard` drives it, `cloud` moves the tenant.
 */
export const test = base.extend<{ wizard: Wizard; cloud: Cloud }, Options & { world: World }>({
  directory: ["simulated", { option: true, scope: "worker" }],
  world: [
    async ({ directory }, use) => {
      const world = await startWorld({ directory, port: 3900, say: () => undefined });
      await use(world);
      await world.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  wizard: async ({ page, world }, use, testInfo) => {
    const violations: string[] = [];
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) violations.push(message.text());
    });
    page.on("pageerror", (error) => violations.push(error.message));
    await use(new Wizard(page, world, testInfo.title));
    if (violations.length > 0) throw new Error(`the page broke: ${violations.join("; ")}`);
  },
  cloud: async ({ world }, use) => {
    const cloud = new Cloud(world);
    await use(cloud);
    await cloud.send("/faults/clear");
  },
});
export { expect } from "@playwright/test";
