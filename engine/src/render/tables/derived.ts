/** What is computed from arrays that never change, kept as long as these live. */

/** Remembers one value a function makes of an object; the newest few for different words. */
export class Derived<K extends object, V> {
  readonly #kept = new WeakMap<K, Map<string, V>>();
  readonly #most: number;

  /** @param most values kept for one object */
  constructor(most = 4) {
    this.#most = most;
  }

  /** The value for an object and what else it depends on. */
  get(object: K, depends: string, make: () => V): V {
    let values = this.#kept.get(object);
    if (values === undefined) {
      values = new Map();
      this.#kept.set(object, values);
    }
    let value = values.get(depends);
    if (value === undefined) {
      value = make();
      if (values.size >= this.#most) {
        const oldest = values.keys().next().value;
        if (oldest !== undefined) values.delete(oldest);
      }
      values.set(depends, value);
    }
    return value;
  }
}
