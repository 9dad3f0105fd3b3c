import type { Connection } from "#lib/directory/connection.ts";
import { equals } from "#lib/directory/filter.ts";
import { dnsName } from "#lib/directory/root.ts";
import { searchAll } from "#lib/directory/search.ts";
import type { DirectoryDescription } from "#lib/model/directory.ts";

/** Whether the forest's schema has the attribute. */
export async function schemaHas(connection: Connection, attribute: string): Promise<boolean> {
  const found = await connection.run((client, root) =>
    searchAll(client, {
      base: root.schemaDn,
      scope: "one",
      filter: equals("lDAPDisplayName", attribute),
      attributes: ["lDAPDisplayName"],
    }),
  );
  return found.length > 0;
}

/** The forest as its domain controller describes it. */
export async function describeForest(
  connection: Connection,
  externalDirectoryObjectId: boolean,
): Promise<DirectoryDescription> {
  const root = await connection.run(async (_client, root) => root);
  const { server, port, account } = connection.credentials;
  return {
    server,
    port,
    account,
    forest: dnsName(root.forestDn),
    domain: dnsName(root.baseDn),
    baseDn: root.baseDn,
    domainController: root.domainController,
    externalDirectoryObjectId,
  };
}
