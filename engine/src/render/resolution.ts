/**
 * How many pixels to draw while a view moves: as many as fit the time of a picture, on steps that are far enough apart
 * that the choice does not flicker. Pure.
 */
import type { Scene, View } from "@eyepiece/protocol/scene/schema.ts";

/** Fractions of the canvas's width and height. */
export const LADDER = [1, 0.75, 0.5, 0.375, 0.25, 0.1875, 0.125] as const;
/** Weight of the past at each new picture. */
const MEMORY = 0.9;
/** Pixels of a first picture, whose cost nobody knows: few enough that it comes soon even on a CPU. */
const FIRST_PIXELS = 250_000;

/** Names pictures that cost alike for each pixel: their drawing times are learnt together. */
export function costKind(scene: Scene, view: View): string {
  const shown = scene.layers.filter((layer) => layer.visible);
  if (view.dims.ndisplay === 2) return `2d ${shown.length}`;
  return `3d ${shown.map((layer) => (layer.type === "image" ? `${layer.depiction} ${layer.rendering}` : layer.type)).join(", ")}`;
}

/**
 * What a picture may take while the view moves, in milliseconds: 60 a second on a GPU; on a CPU 20 slices a second, and volumes at a
 * rate at which they can still be recognised.
 */
export function pictureBudget(software: boolean): (kind: string) => number {
  if (!software) return () => 12;
  return (kind) => (kind.startsWith("2d") ? 30 : 70);
}

/** What pictures of one kind took: time = fixed + perPixel * pixels, fitted by least squares to the recent ones. */
class Cost {
  #weight = 0;
  #pixels = 0;
  #ms = 0;
  #squares = 0;
  #products = 0;

  learn(pixels: number, ms: number): void {
    this.#weight = this.#weight * MEMORY + 1;
    this.#pixels = this.#pixels * MEMORY + pixels;
    this.#ms = this.#ms * MEMORY + ms;
    this.#squares = this.#squares * MEMORY + pixels * pixels;
    this.#products = this.#products * MEMORY + pixels * ms;
  }

  /** Milliseconds for a picture of so many pixels. */
  estimate(pixels: number): number {
    const meanPixels = this.#pixels / this.#weight;
    const meanMs = this.#ms / this.#weight;
    const variance = this.#squares / this.#weight - meanPixels * meanPixels;
    // Pictures of one size alone do not tell the fixed part from the rest: the careful guess is that there is none.
    const careful = meanMs / Math.max(1, meanPixels);
    const fitted = (this.#products / this.#weight - meanPixels * meanMs) / variance;
    const spread = variance > (meanPixels * 0.05) ** 2;
    const perPixel = spread ? Math.min(careful, Math.max(careful / 20, fitted)) : careful;
    return Math.max(0, meanMs + perPixel * (pixels - meanPixels));
  }
}

/** Learns what each kind of picture takes and chooses a step. */
export class ResolutionControl {
  readonly #budgetMs: (kind: string) => number;
  readonly #costs = new Map<string, Cost>();
  readonly #steps = new Map<string, number>();

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
    const current = this.#steps.get(kind) ?? (first < 0 ? LADDER.length - 1 : first);
    let step = current;
    if (cost) {
      const budget = this.#budgetMs(kind);
      const time = (at: number) => cost.estimate(pixels * (LADDER[at] ?? 1) ** 2);
      step = LADDER.findIndex((_, at) => time(at) <= budget);
      if (step < 0) step = LADDER.length - 1;
      // Upwards one step at a time and only with room to spare, so that a noisy cost does not swing the size.
      if (step < current) step = time(current - 1) <= budget * 0.8 ? current - 1 : current;
      this.#steps.set(kind, step);
    }
    const affordable = LADDER.findIndex((fraction) => pixels * fraction * fraction * 0.6 <= bitrate);
    return LADDER[Math.max(step, affordable < 0 ? LADDER.length - 1 : affordable)] ?? 1;
  }

  /** What a picture of so many pixels takes, in milliseconds; 0 while nothing is known of its kind. */
  estimate(kind: string, pixels: number): number {
    return this.#costs.get(kind)?.estimate(pixels) ?? 0;
  }

  /** A picture of `pixels` pixels took `ms`. */
  learn(kind: string, pixels: number, ms: number): void {
    const cost = this.#costs.get(kind) ?? new Cost();
    cost.learn(pixels, ms);
    this.#costs.set(kind, cost);
  }
}
