/** The compositor without WebGPU: the same pictures and the same reprojection, by the 2D canvas. */
import type { Compositor } from "./compositor.ts";
import type { Picture } from "./decoder.ts";
import { apply3, isIdentity, type Matrix3 } from "./reproject.ts";

/** Draws with drawImage and setTransform; perspective is approximated by its slope at the middle. */
export class Canvas2dCompositor implements Compositor {
  readonly kind = "canvas2d";
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #alive = new AbortController();
  #picture: Picture | undefined;

  /** `onLost`: the browser lost what the canvas held, as when its GPU process ends. */
  constructor(canvas: OffscreenCanvas, onLost: () => void) {
    this.#canvas = canvas;
    const context = canvas.getContext("2d", { alpha: false, desynchronized: true });
    if (!context) throw new Error("This browser gives neither a WebGPU nor a 2D canvas.");
    this.#context = context;
    canvas.addEventListener("contextlost", onLost, { signal: this.#alive.signal });
  }

  resize(width: number, height: number): void {
    if (this.#canvas.width === width && this.#canvas.height === height) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
  }

  async take(picture: Picture): Promise<void> {
    this.#picture?.image.close();
    this.#picture = picture;
  }

  draw(forward: Matrix3): void {
    const { width, height } = this.#canvas;
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    const picture = this.#picture;
    const still = isIdentity(forward);
    if (!picture || !still) {
      context.fillStyle = "#000";
      context.fillRect(0, 0, width, height);
    }
    if (!picture) return;
    // A picture that fills the canvas replaces what was there, whatever its alpha.
    context.globalCompositeOperation = still ? "copy" : "source-over";
    const { cropWidth, cropHeight } = picture.head;
    context.imageSmoothingEnabled = !(still && cropWidth === width && cropHeight === height);
    context.imageSmoothingQuality = "low";
    if (!still) {
      const [x, y] = apply3(forward, 0.5, 0.5);
      const [xu, yu] = apply3(forward, 0.505, 0.5);
      const [xv, yv] = apply3(forward, 0.5, 0.505);
      const [a, b, c, d] = [(xu - x) * 200, (yu - y) * 200, (xv - x) * 200, (yv - y) * 200];
      // uv to uv becomes pixels to pixels of the same canvas.
      const e = (x - a / 2 - c / 2) * width;
      const f = (y - b / 2 - d / 2) * height;
      context.setTransform(a, (b * height) / width, (c * width) / height, d, e, f);
    }
    context.drawImage(picture.image, 0, 0, cropWidth, cropHeight, 0, 0, width, height);
    context.globalCompositeOperation = "source-over";
  }

  dispose(): void {
    this.#alive.abort();
    this.#picture?.image.close();
    this.#picture = undefined;
  }
}
