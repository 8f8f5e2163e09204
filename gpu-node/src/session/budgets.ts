/** What a session holds of the memory and the GPU that the node gave it. */
import type { Renderer } from "@eyepiece/engine/render/renderer.ts";
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";

/** Less than this draws nothing well. */
const LEAST = 32 * 1024 * 1024;

/** The budgets of a session's renderer: what people set, and at most what the node gave. */
export class Budgets {
  readonly #renderer: Renderer;
  readonly #memoryMost: number;
  #gpuMost: number;
  #gpuWish = Number.POSITIVE_INFINITY;

  constructor(renderer: Renderer, memoryBytes: number, gpuBytes: number) {
    this.#renderer = renderer;
    this.#memoryMost = memoryBytes;
    this.#gpuMost = gpuBytes;
  }

  /** The node gives another share of the GPU. */
  give(gpuBytes: number): void {
    this.#gpuMost = gpuBytes;
    this.#renderer.setGpuBudget(Math.min(this.#gpuMost, this.#gpuWish));
  }

  /** People set what may be held, in bytes; 0 leaves as it is. */
  set(memory: number, gpu: number): void {
    const within = (bytes: number, most: number): number =>
      Math.min(most, Math.max(LEAST, Math.round(bytes)));
    if (memory > 0) this.#renderer.cache.setBudget(within(memory, this.#memoryMost));
    if (gpu > 0) {
      this.#gpuWish = Math.max(LEAST, gpu);
      this.#renderer.setGpuBudget(within(gpu, this.#gpuMost));
    }
  }

  /** For the meter. */
  get held(): eyepiece.viewer.Held.$Properties {
    const { cache, residency, gpuBytes } = this.#renderer;
    return {
      memory: cache.bytes,
      memoryAllowed: cache.budget,
      memoryMost: this.#memoryMost,
      gpu: gpuBytes,
      gpuAllowed: residency.pool.budget,
      gpuMost: this.#gpuMost,
      reading: cache.reading,
      readMs: cache.readMs,
    };
  }
}
