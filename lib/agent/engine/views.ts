import type { Engine } from "#lib/agent/engine/stand.ts";
import { ldapsearch } from "#lib/directory/contract/ldap-tools.ts";
import { type LdifEntry, readLdif } from "#lib/directory/contract/ldif.ts";
import type { Change } from "#lib/model/plan.ts";
import type { GroupResult, RecordedChange, Run } from "#lib/model/run.ts";

/** A group of the sandbox's tenant, as far as the tests read it. */
export type CloudGroup = {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly groupTypes: readonly string[];
  readonly mailEnabled: boolean;
  readonly securityEnabled: boolean;
  readonly onPremisesSyncEnabled: boolean | null;
  readonly isAssignableToRole: boolean | null;
  readonly members: readonly string[];
};
export type CloudState = {
  readonly groups: readonly CloudGroup[];
  readonly users: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly onPremisesSecurityIdentifier: string | null;
  }[];
};

/** The tenant as it is. */
export async function cloudState({ cloud }: Engine): Promise<CloudState> {
  return (await cloud.read("/state")).body as CloudState;
}

export async function cloudGroup(engine: Engine, displayName: string): Promise<CloudGroup> {
  const group = (await cloudState(engine)).groups.find((one) => one.displayName === displayName);
  if (group === undefined) throw new Error(`the tenant has no group ${displayName}`);
  return group;
}

/** Changes the tenant; gives what it answers, mostly the object. */
export async function tell({ cloud }: Engine, path: string, body?: unknown): Promise<{ id: string }> {
  const answer = await cloud.control(path, body);
  if (answer.status >= 400)
    throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body as { id: string };
}

/** A new security group as the tenant wants it told. */
export function securityGroup(displayName: string) {
  const mailNickname = `nick${Math.abs([...displayName].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7))}`;
  return { displayName, mailNickname, mailEnabled: false, securityEnabled: true };
}

/** What another program finds in the directory. */
export async function search(
  { access }: Engine,
  filter: string,
  attributes: readonly string[],
  base = "DC=contoso,DC=test",
): Promise<readonly LdifEntry[]> {
  return readLdif(await ldapsearch(access, base, filter, attributes));
}

/** The AD group of a cloud group, or undefined. */
export async function written(engine: Engine, id: string): Promise<LdifEntry | undefined> {
  const names = ["cn", "displayName", "description", "groupType", "member", "objectSid", "objectGUID"];
  const [entry] = await search(engine, `(adminDescription=Group_${id})`, [...names, "sAMAccountName"]);
  return entry;
}

export async function changesOf({ store }: Engine, run: Run): Promise<RecordedChange[]> {
  const changes: RecordedChange[] = [];
  for await (const change of store.eachChange(run.id)) changes.push(change);
  return changes;
}

export async function kindsOf(engine: Engine, run: Run): Promise<Change["kind"][]> {
  return (await changesOf(engine, run)).map(({ change }) => change.kind);
}

export async function resultFor({ store }: Engine, run: Run, id: string): Promise<GroupResult | undefined> {
  return (await store.groups(run.id, 0, 1000)).items.find(({ anchor }) => anchor === id);
}
