import type { World } from "#lib/sandbox/world.ts";

export type CloudUser = {
  readonly id: string;
  readonly displayName: string;
  readonly onPremisesSecurityIdentifier: string | null;
};
export type CloudGroup = {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly groupTypes: readonly string[];
  readonly mailEnabled: boolean;
  readonly securityEnabled: boolean;
  readonly onPremisesSyncEnabled: boolean | null;
  /** Object ids. */
  readonly members: readonly string[];
};
export type CloudState = { readonly users: readonly CloudUser[]; readonly groups: readonly CloudGroup[] };

/** Contoso's tenant as a presenter or a test moves it: edits without a token, and faults to order. */
export class Cloud {
  readonly #url: string;

  constructor(world: World) {
    this.#url = world.cloud.controlUrl;
  }

  async send(path: string, body: object = {}): Promise<void> {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${this.#url}${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  }

  async state(): Promise<CloudState> {
    const answer = await fetch(`${this.#url}/state`);
    // The sandbox's own answer: its form is tested beside the emulator.
    return (await answer.json()) as CloudState;
  }

  async group(displayName: string): Promise<CloudGroup> {
    const group = (await this.state()).groups.find((candidate) => candidate.displayName === displayName);
    if (group === undefined) throw new Error(`the tenant has no group ${displayName}`);
    return group;
  }

  async user(displayName: string): Promise<CloudUser> {
    const user = (await this.state()).users.find((candidate) => candidate.displayName === displayName);
    if (user === undefined) throw new Error(`the tenant has no user ${displayName}`);
    return user;
  }
}
