import { randomBytes } from "node:crypto";
import { IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { errors, type Provider } from "oidc-provider";
import {
  authorizationRequest,
  RefusedRequest,
  signOutRequest,
  tokenRequest,
} from "#lib/sandbox/sign-in/dialect.ts";
import { discoveryDocument, paths } from "#lib/sandbox/sign-in/discovery.ts";
import { errorPage, type Page, signInPage } from "#lib/sandbox/sign-in/pages.ts";
import { refusalBody } from "#lib/sandbox/sign-in/refusals.ts";
import { accounts } from "#lib/sandbox/tenant/accounts.ts";
import { tenantId } from "#lib/sandbox/tenant/identity.ts";

export type Origins = { readonly https: string; readonly http: string };

const largestBody = 64 * 1024;

/** Answers every request to the authority: Entra's dialect and pages here, the protocol in oidc-provider. */
export function signInHandler(provider: Provider, origins: Origins): RequestListener {
  const protocol = provider.callback();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", origins.https);
    const tenant = url.pathname.split("/")[1] ?? "";
    if (tenant !== tenantId) return refuseTenant(response, tenant);
    const path = url.pathname.slice(tenantId.length + 1);
    if (path === paths.discovery && request.method === "GET") {
      response.setHeader("Access-Control-Allow-Origin", "*");
      return sendJson(response, 200, discoveryDocument(origins.https, origins.http));
    }
    if (path.startsWith(`${paths.interaction}/`)) return interact(request, response, url.pathname);
    if (path === paths.authorize) url.search = authorizationRequest(url.searchParams).toString();
    if (path === paths.signOut) url.search = signOutRequest(url.searchParams).toString();
    let toProtocol = request;
    if (path === paths.token && request.method === "POST") toProtocol = await translated(request);
    // oidc-provider knows where it is mounted by comparing the two (its docs: "Mounting oidc-provider").
    toProtocol.url = path + url.search;
    Object.assign(toProtocol, { originalUrl: url.pathname + url.search });
    await protocol(toProtocol, response);
  }

  async function interact(request: IncomingMessage, response: ServerResponse, action: string): Promise<void> {
    if (request.method === "POST") {
      const form = new URLSearchParams(await bodyOf(request));
      const account = accounts.find(({ id }) => id === form.get("account"));
      const result =
        account === undefined
          ? { error: "access_denied", error_description: "AADSTS65004: User declined to sign in." }
          : { login: { accountId: account.id } };
      return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    }
    await provider.interactionDetails(request, response);
    sendPage(response, 200, (nonce) => signInPage(accounts, action, nonce));
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else refuse(request, response, error);
    });
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (error instanceof RefusedRequest && request.method === "POST") {
    // Else the app's script could not read why.
    response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
    sendJson(response, 400, refusalBody(error.error, error.message, error.suberror));
  } else if (error instanceof RefusedRequest) {
    sendPage(response, 400, (nonce) => errorPage(error.message, nonce));
  } else if (error instanceof errors.SessionNotFound) {
    const message = "AADSTS50017: This sign-in is over, perhaps because it was finished in another window.";
    sendPage(response, 400, (nonce) => errorPage(message, nonce));
  } else {
    console.error("sign-in:", error);
    const message = "AADSTS90033: The sandbox’s sign-in failed; its log tells why.";
    sendPage(response, 500, (nonce) => errorPage(message, nonce));
  }
}

/** The token request as oidc-provider understands it; it reads a request's stream, so this has to be a request too. */
async function translated(request: IncomingMessage): Promise<IncomingMessage> {
  const parameters = new URLSearchParams(await bodyOf(request));
  const body = Buffer.from(tokenRequest(parameters).toString());
  const copy = new IncomingMessage(request.socket);
  copy.method = "POST";
  copy.headers = {
    ...request.headers,
    "content-length": String(body.length),
    "x-sandbox-asked-scope": encodeURI(parameters.get("scope") ?? ""),
  };
  delete copy.headers["transfer-encoding"];
  copy.push(body);
  copy.push(null);
  // Else the end of this stream would be taken for a broken connection.
  copy.complete = true;
  return copy;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  if (Number(request.headers["content-length"] ?? 0) > largestBody) {
    throw new RefusedRequest("invalid_request", "AADSTS900144: The request body is too large.");
  }
  return text(request);
}

function refuseTenant(response: ServerResponse, tenant: string): void {
  const message = `AADSTS90002: Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`;
  sendJson(response, 400, refusalBody("invalid_tenant", message));
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
  });
  response.end(JSON.stringify(body));
}

function sendPage(response: ServerResponse, status: number, make: (nonce: string) => Page): void {
  const { html, policy } = make(randomBytes(16).toString("base64"));
  response.writeHead(status, {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": policy,
  });
  response.end(html);
}
