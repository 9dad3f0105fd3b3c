/** Where links come from that nobody has edited yet: ids in ascending order, made when asked for. */
export type LinkSource = {
  get(from: string): readonly string[] | undefined;
  keys(): Iterable<string>;
};

/** One kind of link between objects, such as from groups to members or to owners. */
export class Links {
  readonly #source: LinkSource;
  /** What was edited; hides the source. */
  #edited = new Map<string, Set<string>>();
  #ordered = new Map<string, readonly string[]>();

  constructor(source: LinkSource = new Map()) {
    this.#source = source;
  }

  /** The ids that an object links to, in ascending order. */
  ids(from: string): readonly string[] {
    const edited = this.#edited.get(from);
    if (edited === undefined) return this.#source.get(from) ?? [];
    let ordered = this.#ordered.get(from);
    if (ordered === undefined) {
      ordered = [...edited].sort();
      this.#ordered.set(from, ordered);
    }
    return ordered;
  }

  has(from: string, to: string): boolean {
    return this.#edited.get(from)?.has(to) ?? this.#source.get(from)?.includes(to) ?? false;
  }

  /** Whether this link is new. */
  add(from: string, to: string): boolean {
    if (this.has(from, to)) return false;
    this.#edit(from).add(to);
    return true;
  }

  /** Whether there was such a link. */
  remove(from: string, to: string): boolean {
    return this.has(from, to) && this.#edit(from).delete(to);
  }

  replace(from: string, to: readonly string[]): void {
    this.#edited.set(from, new Set(to));
    this.#ordered.delete(from);
  }

  /** The ids of the objects that link to this one. */
  from(to: string): string[] {
    const all = new Set([...this.#source.keys(), ...this.#edited.keys()]);
    return [...all].filter((from) => this.has(from, to));
  }

  #edit(from: string): Set<string> {
    const edited = this.#edited.get(from) ?? new Set(this.#source.get(from));
    this.#edited.set(from, edited);
    this.#ordered.delete(from);
    return edited;
  }
}
