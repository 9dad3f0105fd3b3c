import { mkdirSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { serviceAccount } from "#lib/sandbox/contoso/people.ts";
import type { World } from "#lib/sandbox/world.ts";

const pictures = "e2e/pictures";
const account = `CONTOSO\\${serviceAccount.account}`;

function fileName(words: string): string {
  return words
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .toLowerCase()
    .slice(0, 60);
}

/** The wizard as a person drives it: every control is found by its role and accessible name. */
export class Wizard {
  readonly page: Page;
  readonly #world: World;
  readonly #story: string;
  #picture = 0;

  /** `story` names the folder that the pictures of this walk are left in. */
  constructor(page: Page, world: World, story: string) {
    this.page = page;
    this.#world = world;
    this.#story = fileName(story);
  }

  async open(path = "/"): Promise<void> {
    await this.page.goto(new URL(path, this.#world.url).href);
  }

  button(name: string) {
    return this.page.getByRole("button", { name, exact: true });
  }

  async next(name = "Next"): Promise<void> {
    await this.button(name).click();
  }

  /** Waits for a page by its heading, and leaves a picture of it. */
  async at(title: string, picture = title): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await this.picture(picture);
  }

  async picture(name: string): Promise<void> {
    mkdirSync(`${pictures}/${this.#story}`, { recursive: true });
    const number = String(++this.#picture).padStart(2, "0");
    const file = `${pictures}/${this.#story}/${number}-${fileName(name)}.png`;
    const before = this.page.viewportSize();
    const height = await this.page.evaluate(() => document.documentElement.scrollHeight);
    // A window as high as the page shows all of it, with the bar of buttons where it belongs.
    if (before !== null)
      await this.page.setViewportSize({ width: before.width, height: Math.max(before.height, height) });
    await this.page.screenshot({ path: file });
    if (before !== null) await this.page.setViewportSize(before);
  }

  async chooseTask(task = "Customize synchronization options"): Promise<void> {
    await this.page.getByRole("radio", { name: task }).check();
    await this.next();
  }

  /** Signs in with one of Contoso's accounts, through the redirect to the sign-in page. */
  async signIn(name = "Avery Admin"): Promise<void> {
    await this.button("Sign in").click();
    const choice = this.page.getByRole("button", { name: new RegExp(`^${name}`) });
    await expect(choice).toBeVisible();
    await this.picture("Contoso sign-in");
    await choice.click();
    await expect(
      this.page.getByRole("heading", { level: 1, name: "Connect to Microsoft Entra ID" }),
    ).toBeVisible();
    await expect(this.page.getByText(name).first()).toBeVisible();
  }

  async connect(
    fields: Partial<Record<"Server" | "Port" | "Account" | "Password", string>> = {},
  ): Promise<void> {
    const { server, port } = this.#world.forest;
    const values = {
      Server: server,
      Port: String(port),
      Account: account,
      Password: serviceAccount.password,
      ...fields,
    };
    for (const [name, value] of Object.entries(values)) {
      await this.page.getByRole("textbox", { name, exact: true }).fill(value);
    }
    await this.button("Connect").click();
    // The button is busy while the domain controller is asked.
    await expect(this.page.getByText("Connecting to the domain controller")).toHaveCount(0, {
      timeout: 30_000,
    });
  }

  /** Chooses an OU by its path below the domain, outermost first, opening the tree on the way. */
  async chooseOu(...path: string[]): Promise<void> {
    const tree = this.page.getByRole("tree", { name: "Organizational units" });
    const item = (name: string) => tree.getByRole("treeitem", { name, exact: true });
    for (const name of ["contoso.test", ...path.slice(0, -1)]) {
      await expect(item(name)).toBeVisible();
      if ((await item(name).getAttribute("aria-expanded")) !== "true") {
        // The domain itself can't be chosen, which Playwright takes for a control that can't be clicked.
        await item(name).click({ force: true });
        await this.page.keyboard.press("ArrowRight");
      }
      await expect(item(name)).toHaveAttribute("aria-expanded", "true");
    }
    await item(path.at(-1) ?? "").click();
  }

  /** Waits for a problem by its stable code. */
  async problem(code: string): Promise<void> {
    await expect(this.page.getByRole("alert").getByText(code).first()).toBeVisible({ timeout: 45_000 });
    await this.picture(`problem ${code}`);
  }

  /** From Welcome to “Connect your directories”, signed in. */
  async toDirectories(): Promise<void> {
    await this.open();
    await this.next();
    await this.chooseTask();
    await this.signIn();
    await this.next();
    await expect(
      this.page.getByRole("heading", { level: 1, name: "Connect your directories" }),
    ).toBeVisible();
  }

  /** From Welcome to “Writeback”, with both kinds of groups. */
  async toWriteback(): Promise<void> {
    await this.toDirectories();
    await this.connect();
    await expect(this.page.getByRole("heading", { name: "Connected" })).toBeVisible();
    await this.next();
    await this.page.getByRole("checkbox", { name: "Group writeback" }).check();
    await this.page.getByRole("checkbox", { name: "Security groups" }).check();
    await this.next();
  }

  /** From Welcome to “Ready to configure”, with display names in the distinguished names. */
  async toReady(): Promise<void> {
    await this.toWriteback();
    await this.chooseOu("Groups", "Cloud");
    await this.page
      .getByRole("checkbox", { name: "Writeback Group Distinguished Name with cloud Display Name" })
      .check();
    await this.next();
  }

  /** Waits until the preview has ended with a plan. */
  async planned(): Promise<void> {
    await expect(this.page.getByText(/groups in scope[,;]/)).toBeVisible();
    await expect(this.button("Configure")).toBeEnabled();
  }
}
