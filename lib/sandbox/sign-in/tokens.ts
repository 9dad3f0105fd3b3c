/** Which access tokens the sandbox has issued and still honours, and how long new ones live. */
export class IssuedTokens {
  /** Seconds. */
  lifetime: number;
  #valid = new Map<string, number>();

  constructor(lifetime: number) {
    this.lifetime = lifetime;
  }

  /** Notes a token by its `uti` claim, with its expiry in seconds since 1970. */
  issued(uti: string, expiry: number): void {
    const now = Date.now() / 1000;
    for (const [other, end] of this.#valid) {
      if (end > now) break; // In the order of issue, so the first live one ends the search.
      this.#valid.delete(other);
    }
    this.#valid.set(uti, expiry);
  }

  isHonoured(uti: unknown): boolean {
    return typeof uti === "string" && this.#valid.has(uti);
  }

  /** From now on no token issued so far is honoured, as if all had expired. */
  expireAll(): void {
    this.#valid.clear();
  }
}
