/** Objects by id that can be walked in ascending order of id without sorting them for every page. */
export class OrderedMap<T> extends Map<string, T> {
  #ids: readonly string[] | undefined;
  #ordered: readonly T[] | undefined;

  override set(id: string, object: T): this {
    if (!this.has(id)) this.#ids = undefined;
    this.#ordered = undefined;
    return super.set(id, object);
  }

  override delete(id: string): boolean {
    if (this.has(id)) {
      this.#ids = undefined;
      this.#ordered = undefined;
    }
    return super.delete(id);
  }

  get ids(): readonly string[] {
    this.#ids ??= [...this.keys()].sort();
    return this.#ids;
  }

  get ordered(): readonly T[] {
    this.#ordered ??= this.ids.map((id) => this.get(id) as T);
    return this.#ordered;
  }
}

/** The index of the first item whose id comes after `id`, where the items are in ascending order of id. */
export function indexAfter<T>(items: readonly T[], id: string, idOf: (item: T) => string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (idOf(items[middle] as T) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}
