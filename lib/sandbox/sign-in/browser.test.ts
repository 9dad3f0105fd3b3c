import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AxeBuilder } from "@axe-core/playwright";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloudForTest, type TestCloud } from "#lib/sandbox/graph/cloudForTest.ts";
import { roles } from "#lib/sandbox/tenant/identity.ts";

const library = new URL("../../../node_modules/@azure/msal-browser/lib/msal-browser.min.js", import.meta.url);
const flags =
  "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync";

let cloud: TestCloud;
let app: Server;
let origin: string;
let metadata: Record<string, string>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  cloud = await cloudForTest();
  metadata = await (await fetch(`${cloud.authority}/v2.0/.well-known/openid-configuration`)).json();
  app = createServer(async (request, response) => {
    const script = request.url === "/msal.js";
    response.setHeader("Content-Type", script ? "text/javascript" : "text/html");
    response.end(script ? await readFile(library) : appPage());
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  origin = `http://localhost:${(app.address() as AddressInfo).port}`;
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags.split(" ") });
});
afterAll(async () => {
  await browser?.close();
  app?.close();
  await cloud?.close();
});

/** A page that uses MSAL as the product does: https authority, metadata handed in, AAD mode, redirects. */
function appPage(): string {
  const settings = {
    auth: {
      clientId: cloud.webClientId,
      authority: cloud.authority,
      knownAuthorities: [new URL(cloud.authority).host],
      authorityMetadata: JSON.stringify(metadata),
      redirectUri: "/",
      postLogoutRedirectUri: "/",
    },
    system: { protocolMode: "AAD" },
  };
  return `<!doctype html><title>App</title><link rel="icon" href="data:,"><body><script src="/msal.js"></script><script>
const app = new msal.PublicClientApplication(${JSON.stringify(settings)});
app.initialize().then(() => app.handleRedirectPromise()).then(
  (result) => { window.result = result; document.body.append(result ? "Signed in as " + result.account.username : "Nobody"); },
  (error) => document.body.append("Failed: " + error.message));
</script>`;
}

type Result = { readonly accessToken: string; readonly fromCache: boolean; readonly scopes: string[] };

function silently(scopes: readonly string[], forceRefresh: boolean): Promise<Result> {
  const request = JSON.stringify({ scopes, forceRefresh });
  return page.evaluate(`app.acquireTokenSilent({ ...${request}, account: app.getAllAccounts()[0] })`);
}

async function openSignIn(): Promise<void> {
  await page.evaluate(`void app.loginRedirect({ scopes: [${JSON.stringify(cloud.apiScope)}] })`);
  await page.getByRole("heading", { name: "Sign in to Contoso" }).waitFor();
}

test("MSAL in a browser: sign in, verify, refresh, another resource, sign out", async () => {
  await cloud.control("/origins", { origin });
  page = await (await browser.newContext()).newPage();
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!/^http:\/\/localhost:/.test(request.url()) && !request.url().startsWith("data:"))
      foreign.push(request.url());
  });
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(origin);
  await page.getByText("Nobody").waitFor();
  await openSignIn();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.getByRole("button", { name: "Avery Admin — Hybrid Identity Administrator" }).click();
  await page.getByText("Signed in as avery@contoso.onmicrosoft.com").waitFor();

  const { accessToken } = await page.evaluate<Result>("result");
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri ?? ""));
  const { payload } = await jwtVerify(accessToken, keys, {
    issuer: metadata.issuer ?? "",
    audience: cloud.webClientId,
    algorithms: ["RS256"],
  });
  expect(payload).toMatchObject({
    tid: cloud.tenantId,
    name: "Avery Admin",
    preferred_username: "avery@contoso.onmicrosoft.com",
    scp: "access_as_user",
    wids: [roles.hybridIdentityAdministrator],
    azp: cloud.webClientId,
    ver: "2.0",
  });

  await cloud.control("/tokens/lifetime", { seconds: 120 });
  const refreshed = await silently([cloud.apiScope], true);
  expect(refreshed.fromCache).toBe(false);
  const { iat, exp } = decodeJwt(refreshed.accessToken);
  expect((exp ?? 0) - (iat ?? 0)).toBe(120);
  await cloud.control("/tokens/lifetime", { seconds: 3600 });

  const forGraph = await silently(["User.Read"], false);
  expect((await silently(["User.Read"], false)).fromCache).toBe(true);
  const me = await cloud.graph("/v1.0/me?$select=displayName", { token: forGraph.accessToken });
  expect(me.body.displayName).toBe("Avery Admin");

  await page.evaluate("void app.logoutRedirect({ account: app.getAllAccounts()[0] })");
  await page.getByText("Nobody").waitFor();
  await openSignIn();
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});

test("cancelling goes back to the app with an error; a scope without consent is refused", async () => {
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Failed: access_denied: AADSTS65004").waitFor();
  await openSignIn();
  await page.getByRole("button", { name: /^Hal Helpdesk — Helpdesk Administrator, Global Reader/ }).click();
  await page.getByText("Signed in as hal@").waitFor();
  const token = decodeJwt((await page.evaluate<Result>("result")).accessToken);
  expect(token.wids).toEqual([roles.helpdeskAdministrator, roles.globalReader]);
  await expect(silently(["Mail.Read"], false)).rejects.toThrow("AADSTS65001");
});

test("an origin that is not registered gets an error page, not a redirect", async () => {
  await page.goto(origin.replace("localhost", "127.0.0.1"));
  await page.getByText("Nobody").waitFor();
  await page.evaluate(`void app.loginRedirect({ scopes: [${JSON.stringify(cloud.apiScope)}] })`);
  expect(await page.getByRole("alert").textContent()).toContain("AADSTS50011");
});
