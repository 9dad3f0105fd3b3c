/** What a page's Content-Security-Policy is made of. */
export type PolicyFacts = {
  /** New for each request. */
  readonly nonce: string;
  /** Origins that the page's scripts may call beside its own: those of the authority. */
  readonly connect: readonly string[];
  /** Next's development server evaluates code and puts in styles without a nonce. */
  readonly development: boolean;
};

/**
 * The Content-Security-Policy of a page (CSP Level 3). The sign-in needs no more than `connect-src`, where codes
 * are redeemed: the way to the authority and back is a navigation, which no directive here restrains.
 * `form-action` is 'none' since every form is sent by script: one sent before its script has loaded would put
 * its fields, the password among them, into the address.
 */
export function contentSecurityPolicy({ nonce, connect, development }: PolicyFacts): string {
  const own = `'self' 'nonce-${nonce}'`;
  const directives: Record<string, string> = {
    "default-src": "'none'",
    "script-src": `${own} 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src": development ? "'self' 'unsafe-inline'" : own,
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": [...new Set(["'self'", ...connect])].join(" "),
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
