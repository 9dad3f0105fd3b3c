import { describe, expect, test } from "vitest";
import { errors } from "#lib/model/errors.ts";
import { endsSignIn, ProblemError, problemOfAnswer, problemOfError, problems } from "#lib/wizard/problems.ts";

test.each(Object.values(problems))(
  "the browser's words for $code are the catalogue's",
  ({ code, what, why, next }) => {
    const { status: _, ...words } = errors[code];
    expect({ what, why, next }).toEqual(words);
  },
);

describe("the problem of an answer", () => {
  const problem = { code: "E4003", what: "What.", why: "Why.", next: "Next.", reference: "r1" };

  test("is the one in its body", () => {
    expect(problemOfAnswer(502, JSON.stringify({ problem }))).toEqual(problem);
  });

  test.each(["<html>Bad gateway</html>", "", "null", "{}", '{"problem":{"code":"E1"}}', '{"problem":"no"}'])(
    "is E2000 with the status when the body is %j",
    (text) => {
      expect(problemOfAnswer(502, text)).toMatchObject({
        code: "E2000",
        why: expect.stringContaining("502"),
      });
    },
  );
});

test("a thrown value that is no problem is a defect, and says what it said", () => {
  expect(problemOfError(new ProblemError(problems.unreachable))).toBe(problems.unreachable);
  expect(problemOfError(new TypeError("x is undefined"))).toMatchObject({
    code: "E2000",
    why: expect.stringContaining("x is undefined"),
  });
  expect(problemOfError("text").code).toBe("E2000");
});

test("a missing role does not end the sign-in, an expired token does", () => {
  expect(endsSignIn(problems.roleMissing)).toBe(false);
  expect(endsSignIn(problems.signInExpired)).toBe(true);
});
