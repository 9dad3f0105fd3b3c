import { describe, expect, test } from "vitest";
import { refusal } from "#lib/directory/refusal.ts";
import type { Dn } from "#lib/model/dn.ts";

const base = "DC=contoso,DC=test" as Dn;
const judge = (dn: string, objectClass = "organizationalUnit", isCriticalSystemObject = false) =>
  refusal({ dn: dn as Dn, objectClass, isCriticalSystemObject }, base);

describe("a target", () => {
  test.each(["OU=Groups", "OU=Users", "OU=System", "OU=a,OU=b,OU=c", "OU=Builtin,OU=x"])(
    "%s is allowed",
    (rdns) => {
      expect(judge(`${rdns},${base}`)).toBeNull();
    },
  );

  test.each([
    ["", /top of the domain/],
    ["OU=Domain Controllers,", /domain controllers/],
    ["ou=domain controllers,", /domain controllers/],
    ["OU=Berlin,OU=Domain Controllers,", /lies in OU=Domain Controllers/],
    ["CN=Users,", /DnsAdmins/],
    ["OU=x,CN=Users,", /lies in CN=Users/],
    ["CN=Policies,CN=System,", /lies in CN=System/],
    ["OU=Microsoft Exchange Security Groups,", /privileged/],
  ])("%s is refused", (rdns, why) => {
    expect(judge(`${rdns}${base}`)).toMatch(why);
  });

  test("another domain is refused, also the one above", () => {
    expect(judge("OU=Groups,DC=fabrikam,DC=test")).toMatch(/another domain/);
    expect(judge("OU=Groups,DC=test")).toMatch(/another domain/);
  });

  test("what the domain marks as critical, and what is no OU, is refused by any name", () => {
    expect(judge(`OU=Renamed,${base}`, "organizationalUnit", true)).toMatch(/critical/);
    expect(judge(`CN=Groups,${base}`, "container")).toMatch(/not an OU/);
    expect(judge(`CN=x,${base}`, "lostAndFound")).toMatch(/not an OU/);
  });
});
