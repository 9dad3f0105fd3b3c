import { matcher } from "./match.ts";
import { type Session, signedIn, target } from "./session.ts";
import { knownAttribute } from "./writable.ts";

/** Compare (RFC 4511, 4.10). Throws Refusal. */
export function compare(session: Session, dn: string, attribute: string, value: Buffer): boolean {
  signedIn(session);
  const entry = target(session.tree, dn);
  knownAttribute(attribute);
  return matcher(session.tree, { kind: "equal", attribute, value })(entry) === true;
}
