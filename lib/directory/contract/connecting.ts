import { describe, expect, test } from "vitest";
import type { Bench } from "#lib/directory/contract/bench.ts";
import { expectFailure, failure } from "#lib/directory/contract/verbs.ts";
import { connectDirectory } from "#lib/directory/ldap.ts";

/** Connecting, and every reason for which it fails. */
export function connecting(bench: Bench): void {
  describe("connecting", () => {
    test("over LDAPS and StartTLS", async () => {
      const over = await bench.connect({}, bench.subject.startTlsUrl);
      expect((await over.describe()).domain).toBe("contoso.test");
      await over.close();
    });

    test("a wrong password, an unknown account", async () => {
      await expectFailure(bench.connect({ password: "Wrong-Password-1" }), "E4003", /data 52e/);
      await expectFailure(bench.connect({ account: "nobody@contoso.test" }), "E4003", /data 52|data 525/);
      const { problem, cause } = await failure(bench.connect({ password: "Wrong-Password-1" }));
      expect(JSON.stringify([problem, String(cause)])).not.toContain("Wrong-Password-1");
    });

    test("an unknown name, a port that nothing listens on", async () => {
      await expectFailure(
        connectDirectory({ ...bench.subject.credentials, server: "no-such-host.invalid" }),
        "E4001",
        /name is unknown|not answer/,
      );
      await expectFailure(
        bench.connect({}, bench.subject.url.replace(/:\d+$/, ":9")),
        "E4001",
        /nothing listens/,
      );
    });

    test("an authority that is not trusted, a name that the certificate is not for", async () => {
      await expectFailure(bench.connect({ certificateAuthority: "" }), "E4002", /does not know.*issued by/);
      await expectFailure(
        bench.connect({ server: "dc9.contoso.test" }),
        "E4002",
        /another name than dc9.*dc1\.contoso\.test/,
      );
      await expectFailure(
        bench.connect({ certificateAuthority: "" }, bench.subject.startTlsUrl),
        "E4002",
        /does not know/,
      );
    });
  });
}
