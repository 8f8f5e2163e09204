/** GPU textures and buffers by name, within a budget. */

interface Held {
  readonly bytes: number;
  readonly destroy: () => void;
  readonly value: object;
  lastUse: number;
}

/**
 * Keeps GPU objects until the budget needs them gone; least recently used first, never those of the present frame: a picture that waits for its
 * pipelines has named them already. What is dropped meanwhile goes with the next frame.
 */
export class GpuPool {
  #budget: number;
  #bytes = 0;
  #frame = 0;
  readonly #held = new Map<string, Held>();
  /** Dropped while the present frame may still draw it. */
  #leaving: Held[] = [];

  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#bytes;
  }
  get budget(): number {
    return this.#budget;
  }

  /** The number of the present frame. */
  get frame(): number {
    return this.#frame;
  }

  /** Changes the budget; it takes effect at once, except for what the present frame uses. */
  setBudget(bytes: number): void {
    this.#budget = bytes;
    this.#evict();
  }

  /** Starts a frame: what is used from now on stays until the next one. */
  nextFrame(): void {
    this.#frame++;
    for (const { destroy } of this.#leaving) destroy();
    this.#leaving = [];
  }

  /** The object of that name, made when it is not there. */
  use<T extends object>(key: string, make: () => { value: T; bytes: number; destroy: () => void }): T {
    const held = this.#held.get(key);
    if (held !== undefined) {
      held.lastUse = this.#frame;
      this.#held.delete(key);
      this.#held.set(key, held);
      // The key names the kind too, so one key always holds one type.
      return held.value as T;
    }
    const made = make();
    this.#held.set(key, { ...made, lastUse: this.#frame });
    this.#bytes += made.bytes;
    this.#evict();
    return made.value;
  }

  /** True when the object is there. */
  has(key: string): boolean {
    return this.#held.has(key);
  }

  /** The names of what is held. */
  names(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** Destroys all objects whose name starts so, those of the present frame when it is over. */
  drop(prefix: string): void {
    for (const [key, held] of this.#held) if (key.startsWith(prefix)) this.#remove(key, held);
  }

  #evict(): void {
    for (const [key, held] of this.#held) {
      if (this.#bytes <= this.#budget) return;
      if (held.lastUse < this.#frame) this.#remove(key, held);
    }
  }

  #remove(key: string, held: Held): void {
    this.#held.delete(key);
    this.#bytes -= held.bytes;
    if (held.lastUse < this.#frame) held.destroy();
    else this.#leaving.push(held);
  }
}
