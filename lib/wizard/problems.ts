import type { Problem } from "#lib/model/problem.ts";

/**
 * The few problems that the browser finds by itself. The catalogue (lib/model/errors.ts) stays on the server to
 * keep the pages small; a test holds these words equal to it.
 */
export const problems = {
  notSignedIn: {
    code: "E1001",
    what: "You are not signed in.",
    why: "The request carried no access token.",
    next: "Sign in on the page “Connect to Microsoft Entra ID”.",
  },
  signInExpired: {
    code: "E1002",
    what: "Your sign-in has expired.",
    why: "The access token is past its end, and no new one could be fetched.",
    next: "Sign in again; what you entered is kept.",
  },
  roleMissing: {
    code: "E1005",
    what: "Your account lacks the role for this.",
    why: "Setting up group writeback needs the role Hybrid Identity Administrator or Global Administrator, assigned to you and active.",
    next: "Ask a Privileged Role Administrator to assign you Hybrid Identity Administrator (Microsoft Entra admin centre, Roles & admins), or activate it in Privileged Identity Management, then sign out and sign in again.",
  },
  signInUnreachable: {
    code: "E1006",
    what: "The sign-in service cannot be reached.",
    why: "The web app could not read the authority's OpenID configuration or its signing keys.",
    next: "Check the authority's address, the machine's name resolution and its proxy, then try again.",
  },
  signInInterrupted: {
    code: "E1007",
    what: "The sign-in did not finish.",
    why: "The authority sent an error back instead of a code.",
    next: "Start the sign-in again. If it happens again, check the redirect URI of the app registration.",
  },
  noSuchPage: {
    code: "E1009",
    what: "There is no such address.",
    why: "The path names no page and no operation of this application.",
    next: "Start from the Welcome page.",
  },
  unexpected: {
    code: "E2000",
    what: "The product met an unexpected state.",
    why: "The program met a state it was not written for.",
    next: "Nothing is lost: run it again. If it happens again, report the code and the reference.",
  },
  unreachable: {
    code: "E2001",
    what: "The agent cannot be reached.",
    why: "No agent answers at the configured address: it is not running, or a firewall is in the way.",
    next: "Start the agent (npm run agent), then try again; runs that were under way are listed as interrupted.",
  },
} as const satisfies Record<string, Problem>;

/** An error that is shown to a person as it is. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(`${problem.code}: ${problem.what}`, options);
    this.problem = problem;
  }
}

/** The problem of a thrown value; a value that is no ProblemError is a defect of ours (E2000). */
export function problemOfError(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  if (!(thrown instanceof Error)) return problems.unexpected;
  return { ...problems.unexpected, why: `${problems.unexpected.why} It said: ${thrown.message}` };
}

const signedOutCodes = new Set(["E1001", "E1002", "E1003", "E1004", "E1007"]);

/** Whether the problem means that nobody is signed in any more. */
export function endsSignIn(problem: Problem): boolean {
  return signedOutCodes.has(problem.code);
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  return ["code", "what", "why", "next"].every((key) => typeof Reflect.get(value, key) === "string");
}

/** The problem in the body of an answer with an error status; E2000 when the body holds none. */
export function problemOfAnswer(status: number, text: string): Problem {
  try {
    const body: unknown = JSON.parse(text);
    const problem = typeof body === "object" && body !== null ? Reflect.get(body, "problem") : undefined;
    if (isProblem(problem)) return problem;
  } catch {
    // Not JSON: something between the browser and the web app answered.
  }
  return {
    ...problems.unexpected,
    why: `The web app, or a proxy before it, answered HTTP ${status} without saying why.`,
  };
}
