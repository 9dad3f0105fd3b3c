import { BindResponse, StatusCodeParser } from "ldapts";
import { describe, expect, test } from "vitest";
import { bindFailure, connectFailure, operationFailure } from "#lib/directory/problem.ts";
import { Failure } from "#lib/model/problem.ts";

const result = (status: number, errorMessage = "") =>
  StatusCodeParser.parse(new BindResponse({ messageId: 1, status, errorMessage }));
const endpoint = { host: "dc1.contoso.com", port: 636, name: "dc1.contoso.com", mode: "ldaps" } as const;
const coded = (code: string, message = "failed") => Object.assign(new Error(message), { code });

function problemOf(failure: unknown) {
  if (!(failure instanceof Failure)) throw new Error(`no failure: ${failure}`);
  return failure.problem;
}

describe("a refused bind", () => {
  // As AD words it: comment, hexadecimal Windows error, and a NUL at the end.
  test.each([
    ["525", /no such account/],
    ["52e", /password is wrong/],
    ["530", /logon hours/],
    ["531", /workstations/],
    ["532", /password has expired/],
    ["533", /disabled/],
    ["701", /account has expired/],
    ["773", /must be changed/],
    ["775", /locked out/],
  ])("data %s is explained", (data, why) => {
    const words = `80090308: LdapErr: DSID-0C090449, comment: AcceptSecurityContext error, data ${data}, v4563\0`;
    const problem = problemOf(bindFailure(result(49, words), "CONTOSO\\svc"));
    expect(problem).toMatchObject({ code: "E4003", why: expect.stringMatching(why) });
    expect(problem.why).toContain("CONTOSO\\svc");
    expect(problem.why).toMatch(new RegExp(`data ${data}, v4563$`));
  });

  test.each([
    [8, "E4004"],
    [13, "E4004"],
    [34, "E4003"],
    [49, "E4003"],
    [51, "E4010"],
    [52, "E4010"],
  ])("result code %i is %s", (status, code) => {
    expect(problemOf(bindFailure(result(status, "words"), "a"))).toMatchObject({ code });
  });
});

describe("a refused operation", () => {
  const action = { doing: "update the group x", absent: "E4013" } as const;

  test.each([
    [1, "E4009"],
    [3, "E4010"],
    [8, "E4004"],
    [10, "E4009"],
    [16, "E4009"],
    [19, "E4009"],
    [21, "E4009"],
    [32, "E4013"],
    [50, "E4005"],
    [51, "E4010"],
    [52, "E4010"],
    [53, "E4009"],
    [66, "E4009"],
    [68, "E4007"],
    [80, "E4009"],
    [999, "E4009"],
  ])("result code %i is %s, with the directory's own words", (status, code) => {
    const problem = problemOf(operationFailure(result(status, "00002098: SecErr: DSID-031514B3\0"), action));
    expect(problem.code).toBe(code);
    expect(problem.why).toContain("It was asked to update the group x.");
    expect(problem.why).toMatch(/00002098: SecErr: DSID-031514B3$/);
  });

  test("a connection on which no one is signed in", () => {
    const words = "000004DC: LdapErr: DSID-0C090A5C, comment: a successful bind must be completed, data 0";
    expect(problemOf(operationFailure(result(1, words), action)).code).toBe("E4003");
  });

  test("no words at all", () => {
    expect(problemOf(operationFailure(result(53), action)).why).toMatch(
      /unwilling.*result code 53, without words/,
    );
  });

  test("anything else passes as it is", () => {
    const failure = new Failure("E4012");
    expect(operationFailure(failure, action)).toBe(failure);
  });
});

describe("a failed connection", () => {
  test.each([
    ["ENOTFOUND", "E4001", /name is unknown/],
    ["EAI_AGAIN", "E4001", /name service/],
    ["ECONNREFUSED", "E4001", /nothing listens/],
    ["EHOSTUNREACH", "E4001", /no way/],
    ["ETIMEDOUT", "E4001", /firewall.*waited 10 seconds/],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "E4001", /does not speak TLS/],
    ["EWHATEVER", "E4001", /failed: failed/],
    ["CERT_HAS_EXPIRED", "E4002", /expired/],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "E4002", /self-signed/],
    ["SELF_SIGNED_CERT_IN_CHAIN", "E4002", /of your own/],
    ["CERT_NOT_YET_VALID", "E4002", /clocks/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "E4002", /another name than dc1\.contoso\.com/],
  ])("%s is %s", (code, expected, why) => {
    const problem = problemOf(connectFailure(coded(code), endpoint, 10_000));
    expect(problem).toMatchObject({ code: expected, why: expect.stringMatching(why) });
    expect(problem.why).toContain("dc1.contoso.com, port 636");
  });

  test("all addresses of a name failed", () => {
    const error = new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")]);
    expect(problemOf(connectFailure(error, endpoint, 10_000)).why).toMatch(/nothing listens.*ECONNREFUSED/);
  });
});
