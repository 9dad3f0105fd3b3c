import type { Directory } from "#lib/directory/directory.ts";
import type { Dn } from "#lib/model/dn.ts";
import { refusing } from "#lib/sandbox/bench/ports.ts";

/** A directory for planning alone, which asks no more of it than this; nobody has any of the names. */
export const quietDirectory = refusing<Directory>("directory", {
  describe: async () => ({
    server: "dc1.contoso.test",
    port: 636,
    account: "benchmark",
    forest: "contoso.test",
    domain: "contoso.test",
    baseDn: "DC=contoso,DC=test" as Dn,
    domainController: "dc1.contoso.test",
    externalDirectoryObjectId: true,
  }),
  namesTaken: async () => ({ dns: new Map(), samAccountNames: new Map() }),
});
