/** Lists of numbers of unknown length. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import type { Feature } from "@eyepiece/engine/data/table.ts";

type Numbers = Float64Array | Float32Array | Uint32Array | Uint8Array;

/** A typed array that grows; it doubles, up to a limit. */
export class Growing<T extends Numbers> {
  readonly #make: (length: number) => T;
  readonly #label: string;
  readonly #most: number;
  #data: T;
  length = 0;

  /** @param most bytes */
  constructor(make: (length: number) => T, label: string, most: number) {
    this.#make = make;
    this.#label = label;
    this.#most = most;
    this.#data = make(1024);
  }

  /** @throws SourceError beyond the limit */
  push(value: number): void {
    if (this.length === this.#data.length) {
      if (this.#data.byteLength * 2 > this.#most)
        throw new SourceError(
          `${this.#label} has more than ${this.length} values in a column, which is too much to open.`,
        );
      const next = this.#make(this.length * 2);
      next.set(this.#data as never);
      this.#data = next;
    }
    this.#data[this.length++] = value;
  }

  /** A copy of its own size. */
  done(): T {
    return this.#data.slice(0, this.length) as T;
  }
}

/** A column of a feature: numbers for as long as all are, then words. */
export class FeatureColumn {
  readonly #label: string;
  readonly #most: number;
  readonly #numbers: Growing<Float64Array>;
  #indices: Growing<Uint32Array> | undefined;
  readonly #words = new Map<string, number>();

  constructor(label: string, most: number) {
    this.#label = label;
    this.#most = most;
    this.#numbers = new Growing((length) => new Float64Array(length), label, most);
  }

  push(text: string): void {
    if (!this.#indices) {
      const value = numberOf(text);
      if (value !== undefined) {
        this.#numbers.push(value);
        return;
      }
      this.#indices = new Growing((length) => new Uint32Array(length), this.#label, this.#most);
      for (const number of this.#numbers.done()) this.#word(Number.isNaN(number) ? "" : String(number));
    }
    this.#word(text);
  }

  done(): Feature {
    if (!this.#indices) return { data: this.#numbers.done() };
    return { data: this.#indices.done(), categories: [...this.#words.keys()] };
  }

  #word(text: string): void {
    let index = this.#words.get(text);
    if (index === undefined) {
      index = this.#words.size;
      this.#words.set(text, index);
    }
    this.#indices?.push(index);
  }
}

/** A number as CSV files write it; NaN for nothing; undefined for words. */
export function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === "" || /^nan$/i.test(trimmed)) return Number.NaN;
  const infinite = /^([+-]?)inf(inity)?$/i.exec(trimmed);
  if (infinite) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(trimmed);
  return Number.isNaN(value) || /^0[xbo]/i.test(trimmed) ? undefined : value;
}
