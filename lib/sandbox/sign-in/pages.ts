import { type Account, roleNames } from "#lib/sandbox/tenant/accounts.ts";
import { webClientId } from "#lib/sandbox/tenant/identity.ts";

/** A page and the Content-Security-Policy that it needs; nothing in it comes from elsewhere. */
export type Page = { readonly html: string; readonly policy: string };

const style = `
:root{color-scheme:light;font:16px/1.5 system-ui,"Segoe UI",Roboto,sans-serif;color:#1b1a19}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#eef2f7 linear-gradient(160deg,#e6eefb,#f6f3ee)}
main{box-sizing:border-box;width:min(31rem,calc(100vw - 2rem));margin:1rem;padding:2.25rem;background:#fff;border-radius:.5rem;box-shadow:0 .25rem 1.5rem #0f2a4a24}
.brand{display:flex;gap:.6rem;align-items:center;font-weight:600;color:#0b3d73}
h1{margin:1rem 0 .25rem;font-size:1.5rem;line-height:1.25;font-weight:600}
p{margin:.25rem 0 1rem;color:#4a4846}
ul{list-style:none;margin:0 -1rem;padding:0}
li+li{border-top:1px solid #edebe9}
button{font:inherit;cursor:pointer}
.account{display:flex;gap:.9rem;align-items:center;width:100%;padding:.75rem 1rem;border:0;border-radius:.35rem;background:none;text-align:start;color:inherit}
.account:hover{background:#f3f2f1}
.account span{display:block}
.initials{flex:none;width:2.6rem;height:2.6rem;border-radius:50%;display:grid!important;place-items:center;background:#0b5cad;color:#fff;font-weight:600}
strong{font-weight:600}
.detail{font-size:.875rem;color:#4a4846;overflow-wrap:anywhere}
.actions{display:flex;justify-content:flex-end;gap:.5rem;margin-top:1.25rem}
.plain{padding:.4rem 1.25rem;border:1px solid #8a8886;border-radius:.25rem;background:#fff;color:inherit}
.primary{padding:.4rem 1.25rem;border:1px solid #0b5cad;border-radius:.25rem;background:#0b5cad;color:#fff}
:focus-visible{outline:3px solid #0b5cad;outline-offset:2px}
.primary:focus-visible{outline-color:#1b1a19}
.note{margin:1.5rem 0 0;font-size:.875rem}
code{overflow-wrap:anywhere;font-size:.875rem}
`;

/** Where somebody chooses whom to be. The form goes to `action` with the account's id, or with `cancel`. */
export function signInPage(accounts: readonly Account[], action: string, nonce: string): Page {
  const items = accounts.map(
    (account) =>
      `<li><button class="account" name="account" value="${htmlSafe(account.id)}"><span class="initials" aria-hidden="true">${htmlSafe(initials(account))}</span><span><span><strong>${htmlSafe(account.displayName)}</strong> — ${htmlSafe(roleNames(account))}</span><span class="detail">${htmlSafe(account.userPrincipalName)}</span></span></button></li>`,
  );
  return page(
    "Sign in to Contoso",
    `<h1>Sign in to Contoso</h1><p>Pick an account to continue to Group writeback.</p>
<form method="post" action="${htmlSafe(action)}"><ul>${items.join("")}</ul>
<div class="actions"><button class="plain" name="cancel" value="yes">Cancel</button></div></form>
<p class="note">This is the sandbox’s own tenant. It asks for no password, and nothing leaves this computer.</p>`,
    nonce,
  );
}

/** Signs out by itself; the button is for browsers without scripts. `form` is oidc-provider's, with id op.logoutForm. */
export function signOutPage(form: string, nonce: string): Page {
  return page(
    "Signing out of Contoso",
    `<h1>Signing out of Contoso</h1><p>One moment.</p>${form.replace("</form>", '<input type="hidden" name="logout" value="yes"></form>')}
<div class="actions"><button class="primary" form="op.logoutForm">Sign out</button></div>
<script nonce="${nonce}">document.getElementById("op.logoutForm").submit()</script>`,
    nonce,
  );
}

export function signedOutPage(nonce: string): Page {
  return page(
    "Signed out of Contoso",
    "<h1>You signed out of your account</h1><p>It’s a good idea to close this browser window, or go back to Group writeback to sign in again.</p>",
    nonce,
  );
}

/** What went wrong, with Entra's code where it has one. */
export function errorPage(message: string, nonce: string): Page {
  return page(
    "Sorry, but we’re having trouble signing you in",
    `<h1>Sorry, but we’re having trouble signing you in.</h1><p role="alert"><code>${htmlSafe(message)}</code></p>
<p class="note">Application <code>${webClientId}</code> in Contoso’s sandbox tenant. Go back to the page that you came from and try again.</p>`,
    nonce,
  );
}

function page(title: string, body: string, nonce: string): Page {
  return {
    policy: `default-src 'none'; img-src data:; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'`,
    html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${htmlSafe(title)}</title><link rel="icon" href="data:,"><style nonce="${nonce}">${style}</style></head>
<body><main><div class="brand"><svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><path fill="#0b5cad" d="M12 1 22 7v10l-10 6L2 17V7z"/><path fill="#7fb2e5" d="M12 6.5 17.2 9.6v4.8L12 17.5l-5.2-3.1V9.6z"/></svg>Contoso</div>
${body}</main></body></html>`,
  };
}

function initials(account: Account): string {
  return account.givenName.slice(0, 1) + account.surname.slice(0, 1);
}

function htmlSafe(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
