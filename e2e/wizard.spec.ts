import { expect, test } from "#e2e/fixtures.ts";

test("a deep link to a page whose predecessors are unfinished leads to the first unfinished one and says why", async ({
  wizard,
  page,
}) => {
  await wizard.open("/writeback");
  await wizard.at("Welcome", "Deep link");
  await expect(page.getByRole("status")).toContainText(
    "You asked for “Writeback” (page W6). It cannot be shown yet: first read this page and choose Next.",
  );
  expect(new URL(page.url()).searchParams.get("wanted")).toBe("writeback");
});

test("Previous and a reload lose nothing but secrets", async ({ wizard, page }) => {
  await wizard.toDirectories();
  await page.getByRole("textbox", { name: "Account", exact: true }).fill("CONTOSO\\somebody");
  await page.getByRole("textbox", { name: "Password", exact: true }).fill("a secret");
  await wizard.button("Previous").click();
  await wizard.at("Connect to Microsoft Entra ID", "Previous");
  await wizard.next();
  await wizard.at("Connect your directories", "Back again");
  await page.reload();
  await wizard.at("Connect your directories", "Reloaded");
  await expect(page.getByRole("textbox", { name: "Account", exact: true })).toHaveValue("CONTOSO\\somebody");
  await expect(page.getByRole("textbox", { name: "Password", exact: true })).toHaveValue("");
  const stored = await page.evaluate(() => JSON.stringify(localStorage));
  expect(stored).not.toContain("a secret");
  expect(stored).not.toMatch(/eyJ[A-Za-z0-9_-]{20}/);
});

test("the list of pages marks the current one and ticks the finished ones", async ({ wizard, page }) => {
  await wizard.toDirectories();
  const pages = page.getByRole("navigation", { name: "Pages" });
  await expect(pages.locator('[aria-current="step"]')).toContainText("Connect your directories");
  await expect(pages.getByRole("link", { name: /^Finished: Welcome/ })).toBeVisible();
  await expect(pages.getByRole("link", { name: /Configuration complete/ })).toHaveCount(0);
});

test("a person without the role is told which one is missing and how to get it", async ({ wizard, page }) => {
  await wizard.open();
  await wizard.next();
  await wizard.chooseTask();
  await wizard.signIn("Nora NoRole");
  await wizard.problem("E1005");
  await expect(page.getByText("Hybrid Identity Administrator").first()).toBeVisible();
  await expect(page.getByText("Privileged Role Administrator").first()).toBeVisible();
});

test("a helpdesk reader may look, not configure", async ({ wizard, page }) => {
  await wizard.open();
  await wizard.next();
  await wizard.chooseTask();
  await wizard.signIn("Hal Helpdesk");
  await wizard.problem("E1005");
  await wizard.button("View current configuration").click();
  await wizard.at("Current configuration");
  await expect(page.getByRole("heading", { name: "Last runs" })).toBeVisible();
});

test("Cancel asks, and keeps everything when the answer is no", async ({ wizard, page }) => {
  await wizard.toDirectories();
  await wizard.button("Cancel").click();
  await expect(page.getByRole("dialog", { name: "Cancel the wizard?" })).toBeVisible();
  await wizard.picture("Cancel asks");
  await wizard.button("Keep going").click();
  await wizard.at("Connect your directories", "Kept");
  await wizard.button("Cancel").click();
  await wizard.button("Discard and leave").click();
  await wizard.at("Welcome", "Left");
});

test("a run goes on in the agent while the page is reloaded, and when the browser is closed", async ({
  wizard,
  cloud,
  page,
  context,
}) => {
  await cloud.send("/faults", { match: "GET /v1.0/users", delayMs: 1200, times: 3 });
  await wizard.toReady();
  await wizard.planned();
  await cloud.send("/faults", { match: "GET /v1.0/users", delayMs: 1200, times: 3 });
  await wizard.next("Configure");
  await wizard.at("Configuring", "Configuring before the reload");
  await page.reload();
  await expect(page.getByRole("list", { name: "Steps" })).toBeVisible();
  const address = page.url();
  const session = await page.evaluate(() => JSON.stringify(sessionStorage));
  await page.close();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const again = await context.newPage();
  await again.addInitScript((text) => {
    for (const [key, value] of Object.entries(JSON.parse(text) as Record<string, string>))
      sessionStorage.setItem(key, value);
  }, session);
  await again.goto(address);
  await expect(again.getByRole("heading", { level: 1, name: "Configuration complete" })).toBeVisible();
});

test("with the keyboard alone, from Welcome to a connected directory", async ({ wizard, page }) => {
  await wizard.open();
  await expect(page.getByRole("heading", { level: 1, name: "Welcome" })).toBeVisible();
  const tabTo = async (name: string | RegExp, role: "button" | "radio" | "textbox") => {
    const target = page.getByRole(role, { name, exact: typeof name === "string" });
    await expect(target).toBeVisible();
    for (let presses = 0; presses < 40; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab never reached ${name}`);
  };
  await tabTo("Next", "button");
  await page.keyboard.press("Enter");
  await tabTo(/^Customize synchronization options/, "radio");
  await page.keyboard.press("Space");
  await tabTo("Next", "button");
  await page.keyboard.press("Enter");
  await tabTo("Sign in", "button");
  await page.keyboard.press("Enter");
  await tabTo(/^Avery Admin/, "button");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Avery Admin").first()).toBeVisible();
  await tabTo("Next", "button");
  await page.keyboard.press("Enter");
  await tabTo("Password", "textbox");
  await page.keyboard.type("Writeback-Demo-2026");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Connected" })).toBeVisible();
});
