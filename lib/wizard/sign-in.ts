import type { IPublicClientApplication, RedirectRequest } from "@azure/msal-browser";
import type { Answer } from "#lib/model/messages.ts";
import { ProblemError, problems } from "#lib/wizard/problems.ts";
import { request } from "#lib/wizard/request.ts";

/** Set while somebody signs in or is signed in in this tab, so that MSAL is loaded only then. Not secret. */
const mark = "groupWriteback.signIn";
/** The redirect URI that the app registration holds: page W3. */
const returnPath = "/connect-entra";

type Session = { readonly application: IPublicClientApplication; readonly scope: string };
let session: Promise<Session> | undefined;

async function open(): Promise<Session> {
  const [msal, settings] = await Promise.all([
    import("@azure/msal-browser"),
    request("settings", {}).then((response) => response.json() as Promise<Answer<"settings">>),
  ]);
  const application = await msal.createStandardPublicClientApplication({
    auth: {
      clientId: settings.clientId,
      authority: settings.authority,
      authorityMetadata: settings.authorityMetadata,
      knownAuthorities: [new URL(settings.authority).host],
      redirectUri: location.origin + returnPath,
      postLogoutRedirectUri: location.origin + returnPath,
    },
    cache: { cacheLocation: msal.BrowserCacheLocation.SessionStorage },
    system: { protocolMode: msal.ProtocolMode.AAD },
  });
  try {
    const result = await application.handleRedirectPromise({ navigateToLoginRequestUrl: false });
    const account = result?.account ?? application.getActiveAccount() ?? application.getAllAccounts()[0];
    if (account) application.setActiveAccount(account);
  } catch (cause) {
    throw interrupted(cause);
  }
  return { application, scope: settings.apiScope };
}

function interrupted(cause: unknown): ProblemError {
  const said = cause instanceof Error && cause.message !== "" ? ` It said: ${cause.message}` : "";
  return new ProblemError(
    { ...problems.signInInterrupted, why: problems.signInInterrupted.why + said },
    { cause },
  );
}

/** One MSAL for the page's life; a failed start is not kept, so that the next try starts anew. */
function opened(): Promise<Session> {
  session ??= open().catch((error: unknown) => {
    session = undefined;
    throw error;
  });
  return session;
}

/** Whether somebody is signed in in this tab, or is just coming back from the authority. */
export function signInBegun(): boolean {
  return sessionStorage.getItem(mark) !== null;
}

/** Forgets that somebody is signed in here; MSAL's own tokens stay until they are overwritten or the tab closes. */
export function forgetSignIn(): void {
  sessionStorage.removeItem(mark);
}

/** Leaves for the authority; comes back on page W3. Throws ProblemError when it cannot leave. */
export async function signIn(): Promise<void> {
  const { application, scope } = await opened();
  sessionStorage.setItem(mark, "begun");
  const asked: RedirectRequest = { scopes: [scope] };
  try {
    await application.loginRedirect(asked);
  } catch (cause) {
    forgetSignIn();
    throw interrupted(cause);
  }
}

/** Ends the session here and at the authority; comes back on page W3. */
export async function signOut(): Promise<void> {
  const { application } = await opened();
  forgetSignIn();
  await application.logoutRedirect({ account: application.getActiveAccount() });
}

/**
 * An access token for this application's API, renewed when it is about to end. Throws ProblemError: E1001 when
 * nobody is signed in, E1002 when the session at the authority has ended, E1007 when the sign-in failed.
 */
export async function accessToken(): Promise<string> {
  if (!signInBegun()) throw new ProblemError(problems.notSignedIn);
  const { application, scope } = await opened().catch((error: unknown) => {
    if (error instanceof ProblemError && error.problem.code === "E1007") forgetSignIn();
    throw error;
  });
  const account = application.getActiveAccount();
  if (account === null) {
    // Somebody left the authority's page by the Back button: there is neither a code nor an error.
    forgetSignIn();
    throw new ProblemError(problems.notSignedIn);
  }
  try {
    return (await application.acquireTokenSilent({ scopes: [scope], account })).accessToken;
  } catch (cause) {
    forgetSignIn();
    throw new ProblemError(problems.signInExpired, { cause });
  }
}
