import { describe, expect, test } from "vitest";
import { authorizationRequest, reportedScopes, tokenRequest } from "#lib/sandbox/sign-in/dialect.ts";
import { apiResource, apiScope, graphResource } from "#lib/sandbox/tenant/identity.ts";

const request = (values: Record<string, string>) => new URLSearchParams(values);

describe("an authorization request", () => {
  test("names both resources, so that one refresh token serves both", () => {
    const to = authorizationRequest(
      request({ scope: `${apiScope} openid profile offline_access`, state: "x" }),
    );
    expect(to.getAll("resource")).toEqual([apiResource, graphResource]);
    expect(to.get("scope")?.split(" ")).toContain(apiScope);
    expect(to.get("scope")?.split(" ")).not.toContain("offline_access");
    expect(to.get("state")).toBe("x");
  });

  test.each([
    ["select_account", "login"],
    ["login", "login"],
    ["none", "none"],
    ["consent", null],
  ])("with prompt=%s asks for %s", (prompt, expected) => {
    expect(authorizationRequest(request({ scope: apiScope, prompt })).get("prompt")).toBe(expected);
  });
});

describe("a token request", () => {
  test.each([
    [apiScope, apiResource],
    ["User.Read", graphResource],
    [`${graphResource}/User.Read openid`, graphResource],
    [`${graphResource}/.default`, graphResource],
    ["openid profile", graphResource],
  ])("for %s goes to %s", (scope, resource) => {
    expect(tokenRequest(request({ grant_type: "refresh_token", scope })).get("resource")).toBe(resource);
  });

  test.each([
    ["client_credentials", "User.Read", "AADSTS1002012"],
    ["refresh_token", "api://other/access", "AADSTS500011"],
    ["refresh_token", `${apiResource}/other`, "AADSTS650053"],
    ["refresh_token", `${apiScope} User.Read`, "AADSTS28000"],
    ["refresh_token", "Mail.Read", "AADSTS65001"],
  ])("%s for %s is refused with %s", (grant_type, scope, code) => {
    expect(() => tokenRequest(request({ grant_type, scope }))).toThrow(code);
  });
});

test("a scope asked for in its short form is reported in that form too", () => {
  expect(reportedScopes(`openid ${graphResource}/User.Read`, "User.Read openid")).toBe(
    `${graphResource}/User.Read User.Read`,
  );
});
