/**
 * How many pixels to draw while a view moves: as many as fit the time of a picture, on steps that are far enough apart
 * that the choice does not flicker. Pure.
 */

/** Fractions of the canvas's width and height. */
export const LADDER = [1, 0.75, 0.5, 0.375, 0.25, 0.1875, 0.125] as const;

/** Learns the cost of a pixel for each kind of picture and chooses a step. */
export class ResolutionControl {
  readonly #budgetMs: number;
  readonly #cost = new Map<string, number>();
  readonly #step = new Map<string, number>();

  /** @param budgetMs what drawing, converting and encoding one picture may take. */
  constructor(budgetMs: number) {
    this.#budgetMs = budgetMs;
  }

  /**
   * The fraction to draw at.
   * @param kind pictures of one kind cost alike: "2d", "3d mip"...
   * @param pixels of the whole canvas.
   * @param bitrate ceiling in bits per second: below a few bits a pixel and second, fewer pixels look better.
   */
  choose(kind: string, pixels: number, bitrate = Number.POSITIVE_INFINITY): number {
    const cost = this.#cost.get(kind);
    // Unknown and perhaps slow: a quarter of the pixels tells soon.
    const current = this.#step.get(kind) ?? 2;
    if (!cost) return LADDER[current] ?? 1;
    const time = (fraction: number) => cost * pixels * fraction * fraction;
    let step = LADDER.findIndex((fraction) => time(fraction) <= this.#budgetMs);
    if (step < 0) step = LADDER.length - 1;
    // Upwards only with room to spare, so that a noisy cost does not swing the size.
    if (step < current && time(LADDER[step] ?? 1) > this.#budgetMs * 0.75) step = Math.min(current, step + 1);
    const affordable = LADDER.findIndex((fraction) => pixels * fraction * fraction * 0.6 <= bitrate);
    step = Math.max(step, affordable < 0 ? LADDER.length - 1 : affordable);
    this.#step.set(kind, step);
    return LADDER[step] ?? 1;
  }

  /** What a picture of so many pixels takes, in milliseconds; 0 while nothing is known of its kind. */
  cost(kind: string, pixels: number): number {
    return (this.#cost.get(kind) ?? 0) * pixels;
  }

  /** A picture of `pixels` pixels took `ms`. */
  learn(kind: string, pixels: number, ms: number): void {
    const perPixel = ms / Math.max(1, pixels);
    const known = this.#cost.get(kind);
    const mixed = known ? known * 0.7 + perPixel * 0.3 : perPixel;
    this.#cost.set(kind, mixed);
  }
}
