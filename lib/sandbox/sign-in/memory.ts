import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";

type Entry = { readonly payload: AdapterPayload; readonly end: number };

/** oidc-provider's store in memory: sign-ins last as long as the sandbox runs. */
export function memoryAdapter(): AdapterFactory {
  const entries = new Map<string, Entry>();

  function live(key: string): AdapterPayload | undefined {
    const entry = entries.get(key);
    if (entry !== undefined && entry.end > Date.now()) return entry.payload;
    entries.delete(key);
    return undefined;
  }

  function first(matches: (payload: AdapterPayload) => boolean, model: string): AdapterPayload | undefined {
    for (const [key, { payload }] of entries) {
      if (key.startsWith(`${model}:`) && matches(payload)) return live(key);
    }
    return undefined;
  }

  function sweep(): void {
    for (const [key, { end }] of entries) if (end <= Date.now()) entries.delete(key);
  }

  return (model): Adapter => ({
    async upsert(id, payload, expiresIn) {
      // Access tokens carry their own claims and are never looked up here.
      if (model === "AccessToken" || model === "ClientCredentials") return;
      // MSAL sends one client assertion for several token requests, which Entra takes while it is valid.
      if (model === "ReplayDetection") return;
      if (entries.size > 1000) sweep();
      entries.set(`${model}:${id}`, {
        payload: structuredClone(payload),
        end: expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1000,
      });
    },
    async find(id) {
      const found = live(`${model}:${id}`);
      return found && structuredClone(found);
    },
    async findByUid(uid) {
      return first((payload) => payload.uid === uid, model);
    },
    async findByUserCode(code) {
      return first((payload) => payload.userCode === code, model);
    },
    async consume(id) {
      const found = live(`${model}:${id}`);
      if (found !== undefined) found.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  });
}
