import { errors } from "jose";
import { describe, expect, test } from "vitest";
import type { ErrorCode } from "#lib/model/errors.ts";
import type { Failure } from "#lib/model/problem.ts";
import { personOf, refusalFrom, tokenOf } from "#lib/wizard/server/token.ts";

const expected = { tenantId: "t", clientId: "c", scope: "access_as_user" };
const discovery = { issuer: "https://a/t/v2.0", tokenEndpoint: "", jwksUri: "https://a/keys", document: "" };
const claims = { tid: "t", oid: "o", ver: "2.0", scp: "openid access_as_user", exp: 5 };

test.each([
  ["Bearer abc", "abc"],
  ["bearer  abc ", "abc"],
])("the token of %j", (header, token) => {
  expect(tokenOf(header)).toBe(token);
});

test.each([null, "", "Bearer", "Bearer ", "Basic abc", "abc", "Bearer a b"])(
  "%j holds no token",
  (header) => {
    expect(() => tokenOf(header)).toThrow("E1001");
  },
);

test.each<[object, string]>([
  [{ name: "Ann", preferred_username: "ann@x" }, "Ann"],
  [{ preferred_username: "ann@x" }, "ann@x"],
  [{ upn: "ann@y", preferred_username: "ann@x", name: "" }, "ann@y"],
  [{}, "o"],
])("the name of %j is %s", (more, name) => {
  expect(personOf({ ...claims, ...more }, expected).name).toBe(name);
});

test("a person's access ends with the token", () => {
  expect(personOf(claims, expected).expires).toBe(5000);
});

test("wids that are not a list are not understood", () => {
  expect(() => personOf({ ...claims, wids: "62e90394-69f5-4237-9190-012177145e10" }, expected)).toThrow(
    "E1003",
  );
});

describe("what jose says, as a failure", () => {
  const claim = (name: string, payload = {}) => new errors.JWTClaimValidationFailed("no", payload, name);
  test.each<[string, unknown, ErrorCode, RegExp]>([
    ["expired", new errors.JWTExpired("no", {}), "E1002", /./],
    ["issuer, other tenant", claim("iss", { tid: "u" }), "E1004", /tenant u/],
    ["issuer, same tenant", claim("iss", { tid: "t" }), "E1003", /issuer is not https:\/\/a\/t\/v2.0/],
    ["audience", claim("aud"), "E1003", /audience is not c/],
    ["not before", claim("nbf"), "E1003", /clocks/],
    ["a missing claim", claim("oid"), "E1003", /claim oid/],
    ["an unknown key", new errors.JWKSNoMatchingKey(), "E1003", /does not publish/],
    ["several keys", new errors.JWKSMultipleMatchingKeys(), "E1003", /names no key/],
    ["signature", new errors.JWSSignatureVerificationFailed(), "E1003", /signature is wrong/],
    ["algorithm", new errors.JOSEAlgNotAllowed(), "E1003", /RS256/],
    ["no JWS", new errors.JWSInvalid(), "E1003", /not an access token/],
    ["no JWT", new errors.JWTInvalid(), "E1003", /not an access token/],
    ["a critical extension", new errors.JOSENotSupported(), "E1003", /extension/],
    ["keys too late", new errors.JWKSTimeout(), "E1006", /https:\/\/a\/keys/],
    ["keys that are none", new errors.JWKSInvalid(), "E1006", /could not be read/],
    ["keys answered with 500", new errors.JOSEError("Expected 200 OK"), "E1006", /Expected 200/],
    [
      "keys unreachable",
      new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") }),
      "E1006",
      /ECONN/,
    ],
    ["anything else", new RangeError("odd"), "E2000", /./],
  ])("%s", (_, thrown, code, why) => {
    const failure: Failure = refusalFrom(thrown, expected, discovery);
    expect(failure.code).toBe(code);
    expect(failure.problem.why).toMatch(why);
  });
});
