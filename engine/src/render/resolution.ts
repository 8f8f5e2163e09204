/**
 * How many pixels to draw while a view moves: as many as fit the time of a picture, on steps that are far enough apart
 * that the choice does not flicker. Pure.
 */
import type { Scene, View } from "@eyepiece/protocol/scene/schema.ts";

/** Fractions of the canvas's width and height. */
export const LADDER = [1, 0.75, 0.5, 0.375, 0.25, 0.1875, 0.125] as const;
/** Weight of the past at each new picture. */
const MEMORY = 0.9;
/** Pictures of one size after which another is tried, where there seems to be time or too little: what pixels cost may have changed. */
const TRY_AFTER = { larger: 100, smaller: 30 };
/** Where even the fewest pixels take longer than a picture may, more of them may add these shares: fewer would gain little. */
const WORTH = { keep: 1.4, grow: 1.2 };
/** Pixels of a first picture, whose cost nobody knows: few enough that it comes soon even on a CPU. */
const FIRST_PIXELS = 250_000;

/** Names pictures that cost alike for each pixel: their drawing times are learnt together. */
export function costKind(scene: Scene, view: View): string {
  const shown = scene.layers.filter((layer) => layer.visible);
  if (view.dims.ndisplay === 2) return `2d ${shown.length}`;
  return `3d ${shown.map((layer) => (layer.type === "image" ? `${layer.depiction} ${layer.rendering}` : layer.type)).join(", ")}`;
}

/**
 * What drawing and reading a picture may take while the view moves, in milliseconds: 60 a second on a GPU; on a CPU, which encodes, too (and on one
 * machine decodes and shows), 20 slices a second, and volumes at a rate at which they can still be recognised.
 */
export function pictureBudget(software: boolean): (kind: string) => number {
  if (!software) return () => 12;
  return (kind) => (kind.startsWith("2d") ? 22 : 70);
}

/** What pictures of one kind took: time = fixed + perPixel * pixels, fitted by least squares to the recent ones. */
class Cost {
  #weight = 0;
  #pixels = 0;
  #ms = 0;
  #squares = 0;
  #products = 0;
  /** Milliseconds for a pixel, the last that could be told: pictures of one size say nothing of it, and do not disprove it. */
  #slope: number | undefined;

  learn(pixels: number, ms: number): void {
    this.#weight = this.#weight * MEMORY + 1;
    this.#pixels = this.#pixels * MEMORY + pixels;
    this.#ms = this.#ms * MEMORY + ms;
    this.#squares = this.#squares * MEMORY + pixels * pixels;
    this.#products = this.#products * MEMORY + pixels * ms;
    const meanPixels = this.#pixels / this.#weight;
    const variance = this.#squares / this.#weight - meanPixels * meanPixels;
    if (variance > (meanPixels * 0.05) ** 2)
      this.#slope = (this.#products / this.#weight - (meanPixels * this.#ms) / this.#weight) / variance;
  }

  /** Whether pictures of two sizes have told what is fixed. */
  get told(): boolean {
    return this.#slope !== undefined;
  }

  /** Milliseconds for a picture of so many pixels. */
  estimate(pixels: number): number {
    const meanPixels = this.#pixels / this.#weight;
    const meanMs = this.#ms / this.#weight;
    // The careful guess is that nothing is fixed.
    const careful = meanMs / Math.max(1, meanPixels);
    const perPixel = Math.min(careful, Math.max(careful / 20, this.#slope ?? careful));
    return Math.max(0, meanMs + perPixel * (pixels - meanPixels));
  }
}

/** The step of one kind of picture, and for how many pictures it has been so. */
interface Step {
  readonly at: number;
  readonly pictures: number;
}

/** Learns what each kind of picture takes and chooses a step. */
export class ResolutionControl {
  readonly #budgetMs: (kind: string) => number;
  readonly #costs = new Map<string, Cost>();
  readonly #steps = new Map<string, Step>();

  /** @param budgetMs what drawing and reading one picture of a kind may take. */
  constructor(budgetMs: (kind: string) => number) {
    this.#budgetMs = budgetMs;
  }

  /**
   * The fraction to draw at.
   * @param kind pictures of one kind cost alike: "2d", "3d mip"...
   * @param pixels of the whole canvas.
   * @param bitrate ceiling in bits per second: below a few bits a pixel and second, fewer pixels look better.
   */
  choose(kind: string, pixels: number, bitrate = Number.POSITIVE_INFINITY): number {
    const cost = this.#costs.get(kind);
    const first = LADDER.findIndex((fraction) => pixels * fraction * fraction <= FIRST_PIXELS);
    const current = this.#steps.get(kind) ?? { at: first < 0 ? LADDER.length - 1 : first, pictures: 0 };
    let step = current.at;
    if (cost) {
      step = this.#next(kind, current, (at) => cost.estimate(pixels * (LADDER[at] ?? 1) ** 2));
      this.#steps.set(kind, { at: step, pictures: step === current.at ? current.pictures + 1 : 0 });
    }
    const affordable = LADDER.findIndex((fraction) => pixels * fraction * fraction * 0.6 <= bitrate);
    return LADDER[Math.max(step, affordable < 0 ? LADDER.length - 1 : affordable)] ?? 1;
  }

  #next(kind: string, { at, pictures }: Step, time: (at: number) => number): number {
    const budget = this.#budgetMs(kind);
    const least = time(LADDER.length - 1);
    const fits = LADDER.findIndex((_, step) => time(step) <= Math.max(budget, least * WORTH.keep));
    if (fits > at) return fits;
    // Upwards one step at a time and only with room to spare, so that a noisy cost does not swing the size.
    const room = Math.max(budget * 0.8, least * WORTH.grow);
    const up = Math.max(0, at - 1);
    if (time(up) <= room || (pictures >= TRY_AFTER.larger && time(at) <= room)) return up;
    const short = time(at) > budget && pictures >= TRY_AFTER.smaller;
    return short ? Math.min(at + 1, LADDER.length - 1) : at;
  }

  /** What a picture of so many pixels takes, in milliseconds; 0 while nothing is known of its kind. */
  estimate(kind: string, pixels: number): number {
    return this.#costs.get(kind)?.estimate(pixels) ?? 0;
  }

  /** Whether pictures of a kind had more than one size, so that an estimate tells their fixed cost from that of their pixels. */
  told(kind: string): boolean {
    return this.#costs.get(kind)?.told ?? false;
  }

  /** A picture of `pixels` pixels took `ms`. */
  learn(kind: string, pixels: number, ms: number): void {
    const cost = this.#costs.get(kind) ?? new Cost();
    cost.learn(pixels, ms);
    this.#costs.set(kind, cost);
  }
}
