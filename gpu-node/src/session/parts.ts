/** In how many parts a full picture is drawn, so that a new input is answered between two of them. Pure. */
import type { ResolutionControl } from "@eyepiece/engine/render/resolution.ts";

/** Parts take about so long, in milliseconds. */
const PART_MS = 80;
const MOST = 64;
/** A full picture that takes longer, in milliseconds, has one of half the size before it, */
const LONG_MS = 700;
/** where that one takes this share of the time at most: with many items it would take nearly as long. */
const SHARE = 0.4;

/** Learns what parts take. */
export class Parts {
  readonly #resolution: ResolutionControl;

  /** @param resolution what pictures of a kind take, quick and full ones */
  constructor(resolution: ResolutionControl) {
    this.#resolution = resolution;
  }

  /** Milliseconds of a full picture: as those before it, or as the quick ones. */
  expected(kind: string, pixels: number): number {
    return this.#resolution.estimate(full(kind), pixels) || this.#resolution.estimate(kind, pixels);
  }

  /** Whether a picture of half the width and height comes first, so that sharpening is seen to be under way. */
  showsHalf(kind: string, pixels: number): boolean {
    const whole = this.expected(kind, pixels);
    return whole > LONG_MS && this.expected(kind, pixels / 4) <= SHARE * whole;
  }

  /** Parts of a full picture. Each costs what a picture without pixels does (its items, all of them): where that is much, there are few. */
  count(kind: string, pixels: number): number {
    const fixed = this.expected(kind, 0);
    const rest = Math.max(0, this.expected(kind, pixels) - fixed);
    return Math.min(MOST, Math.max(1, Math.ceil(rest / Math.max(PART_MS, 2 * fixed))));
  }

  /**
   * A part of so many pixels took `ms`.
   * @param whole what the picture was begun with
   * @returns how many parts such as the next one the whole picture has
   */
  learn(
    kind: string,
    pixels: number,
    ms: number,
    whole: { readonly count: number; readonly pixels: number },
  ): number {
    this.#resolution.learn(full(kind), pixels, ms);
    // Parts of one size do not tell what each of them costs whatever its size: the second one is larger.
    if (!this.#resolution.told(full(kind))) return Math.ceil(whole.count / 3);
    return this.count(kind, whole.pixels);
  }
}

/** Full pictures cost other than quick ones: their times are learnt apart. */
const full = (kind: string): string => `${kind}, full`;
