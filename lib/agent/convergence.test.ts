import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { actualState, expectedState } from "#lib/agent/engine/oracle.ts";
import { configured, type Engine, startEngine, target } from "#lib/agent/engine/stand.ts";
import { type CloudGroup, cloudState, search, securityGroup } from "#lib/agent/engine/views.ts";
import { ldapmodify } from "#lib/directory/contract/ldap-tools.ts";

/** How many random histories run; CONVERGENCE_HISTORIES and CONVERGENCE_SEED choose others. */
const histories = Number(process.env.CONVERGENCE_HISTORIES ?? 12);
const seed = Number(process.env.CONVERGENCE_SEED ?? Date.now() % 2 ** 31);

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine("127.0.0.62");
  await engine.run({ policyType: "Initial" });
}, 120_000);
afterAll(() => engine.close(), 60_000);

/** A step of a history: what happens, and two numbers that choose to whom. */
type Step = readonly [what: keyof typeof happenings, one: number, other: number, text: string];

const pick = <Item>(items: readonly Item[], number: number): Item | undefined =>
  items[number % (items.length || 1)];

async function groupOf(number: number): Promise<CloudGroup | undefined> {
  const { groups } = await cloudState(engine);
  return pick(
    groups.filter(
      ({ onPremisesSyncEnabled, groupTypes }) =>
        !onPremisesSyncEnabled && !groupTypes.includes("DynamicMembership"),
    ),
    number,
  );
}

async function dnOf(number: number): Promise<string | undefined> {
  const entries = await search(engine, "(adminDescription=Group_*)", ["cn"], target);
  return pick(entries.map(({ dn }) => dn?.[0] ?? "").sort(), number);
}

/** Changes the directory as a person on premises; what AD refuses a person is no part of the history. */
async function onPremises(number: number, ldif: string): Promise<void> {
  const dn = await dnOf(number);
  if (dn === undefined) return;
  const name = `dn:: ${Buffer.from(dn).toString("base64")}`;
  await ldapmodify(engine.access, `${name}\n${ldif}\n`).catch((thrown: Error) => {
    if (!/ended with (16|20|53|68)/.test(thrown.message)) throw thrown;
  });
}

/** Changes the tenant; what Graph refuses (a group nested in itself, say) is no part of the history. */
async function tell(path: string, body?: unknown): Promise<void> {
  const { status } = await engine.cloud.control(path, body);
  if (status >= 500) throw new Error(`${path} answered ${status}`);
}

/** Everything that can happen on either side, or go wrong between them. */
const happenings = {
  async createGroup(_: number, kind: number, text: string) {
    const group = securityGroup(text || "New");
    const unified = { ...group, securityEnabled: false, mailEnabled: true, groupTypes: ["Unified"] };
    await tell("/groups", kind % 2 === 0 ? group : unified);
  },
  async renameGroup(one: number, _: number, text: string) {
    await tell(`/groups/${(await groupOf(one))?.id}`, { displayName: text || "Renamed" });
  },
  async describeGroup(one: number, _: number, text: string) {
    await tell(`/groups/${(await groupOf(one))?.id}`, { description: text || null });
  },
  async addMember(one: number, other: number) {
    const { users } = await cloudState(engine);
    await tell(`/groups/${(await groupOf(one))?.id}/members`, { id: pick(users, other)?.id });
  },
  async nest(one: number, other: number) {
    await tell(`/groups/${(await groupOf(one))?.id}/members`, { id: (await groupOf(other))?.id });
  },
  async removeMember(one: number, other: number) {
    const group = await groupOf(one);
    const member = pick(group?.members ?? [], other);
    if (member !== undefined) await tell(`/groups/${group?.id}/members/remove`, { id: member });
  },
  async deleteGroup(one: number) {
    const id = (await groupOf(one))?.id;
    await tell(`/groups/${id}/delete`);
    await tell(`/groups/${id}/delete-permanently`);
  },
  editOnPremises: (one: number, _: number, text: string) =>
    onPremises(
      one,
      `changetype: modify\nreplace: description\ndescription:: ${Buffer.from(text || "x").toString("base64")}\n-`,
    ),
  async addMemberOnPremises(one: number, other: number) {
    const people = await search(engine, "(&(objectClass=user)(displayName=*))", ["cn"]);
    const dn = Buffer.from(pick(people, other)?.dn?.[0] ?? "").toString("base64");
    await onPremises(one, `changetype: modify\nadd: member\nmember:: ${dn}\n-`);
  },
  emptyOnPremises: (one: number) => onPremises(one, "changetype: modify\nreplace: member\n-"),
  moveOnPremises: (one: number, other: number) =>
    onPremises(
      one,
      `changetype: modrdn\nnewrdn: CN=Moved ${other}\ndeleteoldrdn: 1\nnewsuperior: OU=Legacy,OU=Groups,DC=contoso,DC=test`,
    ),
  deleteOnPremises: (one: number) => onPremises(one, "changetype: delete"),
  forgetDelta: () => tell("/delta/expire"),
  graphFails: (one: number) =>
    tell("/faults", { match: "GET", status: one % 2 === 0 ? 503 : 429, times: 1 + (one % 3), retryAfter: 0 }),
  async cycle() {
    await engine.run();
  },
  async cancelledCycle() {
    const { id } = await engine.runner.start({
      mode: "apply",
      policyType: "Delta",
      configuration: configured(),
      startedBy: "test",
    });
    await engine.runner.cancel(id);
  },
};

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom(...(Object.keys(happenings) as (keyof typeof happenings)[])),
  fc.nat(50),
  fc.nat(50),
  fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replace(/\p{Cc}/gu, "").trim()),
);

test(`after any history the directory is what the tenant says (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (history) => {
      for (const [what, one, other, text] of history) await happenings[what](one, other, text);
      await tell("/faults/clear");
      let quiet = false;
      for (let cycle = 0; cycle < 4 && !quiet; cycle++) {
        const run = await engine.run();
        expect(run.state).not.toBe("failed");
        quiet = run.counts.applied + run.counts.failed === 0 && run.state === "completed";
      }
      expect(quiet).toBe(true);
      expect(await actualState(engine)).toEqual(await expectedState(engine));
    }),
    { numRuns: histories, seed, endOnFailure: true },
  );
}, 600_000);
