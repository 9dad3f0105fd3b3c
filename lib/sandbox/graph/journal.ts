/** One request as the emulator received and answered it. */
export type Entry = {
  readonly time: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** 0 when the connection was dropped on order. */
  readonly status: number;
  /** Whether it came inside a $batch, which has an entry of its own. */
  readonly inBatch: boolean;
};

const most = 20_000;

/** The requests received so far, oldest first; the oldest go when there are very many. */
export class Journal {
  #entries: Entry[] = [];

  add(entry: Omit<Entry, "time">): void {
    this.#entries.push({ time: new Date().toISOString(), ...entry });
    if (this.#entries.length > most) this.#entries.splice(0, most / 10);
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }
}
