/** The session's one way to pixels: one picture after the other on the one GPU, in turns for all views. */
import { Readback } from "@eyepiece/engine/render/readback.ts";
import type { Renderer } from "@eyepiece/engine/render/renderer.ts";
import { costKind } from "@eyepiece/engine/render/resolution.ts";
import { SCRUB_PATIENCE } from "@eyepiece/engine/render/scrub.ts";
import type { Layer, Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import type { Canvas } from "@eyepiece/protocol/viewer/pose.ts";
import type { Pixels } from "../encode/video-encoder.ts";
import type { OpenGpu } from "../gpu/open.ts";

/** A finished picture in main memory. */
export interface DrawnPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Pixels;
  /** The view that it shows. */
  readonly view: View;
  readonly revision: number;
  /** All data of the chosen level were there. */
  readonly complete: boolean;
  /** Why some of them will not come, if so. */
  readonly failure: Error | undefined;
  /** 0 to 1: how much of them. */
  readonly progress: number;
  /** Microseconds: start on this process's clock, drawing, and bringing the pixels to main memory. */
  readonly startedUs: number;
  readonly renderUs: number;
  readonly readUs: number;
  /** Milliseconds that the GPU was this picture's, waiting for turns left out. */
  readonly ownMs: number;
}

export interface DrawOptions {
  /** Whose list of wanted bricks this picture makes. */
  readonly viewId: string;
  /** Parts, one above the other, between which other views have their turn. */
  readonly tiles: number;
  /** Full sampling, whatever it costs. */
  readonly full: boolean;
  /** The view moves: another picture follows. */
  readonly draft?: boolean;
  /** Places (`View.dims.point`) that are expected next, soonest first. */
  readonly ahead?: readonly View["dims"]["point"][];
  /** The view goes along an axis: a place is better shown a moment later than empty or coarse. */
  readonly patient?: boolean;
  /** The whole picture's size, and where in it this one's first pixel is. */
  readonly within?: {
    readonly width: number;
    readonly height: number;
    readonly x: number;
    readonly y: number;
  };
  /** In place of the session's scene. */
  readonly scene?: Scene;
  /** Told what each part took, with its pixels. @returns into how many parts of the whole the rest is cut */
  readonly learnt?: (pixels: number, ms: number) => number;
  /** Asked between tiles; true gives the picture up. */
  readonly abandoned?: () => boolean;
}

/** One thing at a time on the GPU: answers to hands before what only gets sharper. */
class Turns {
  readonly #urgent: (() => Promise<void>)[] = [];
  readonly #patient: (() => Promise<void>)[] = [];
  #busy = false;

  /** Runs `work` when its turn comes. */
  take<T>(urgent: boolean, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      (urgent ? this.#urgent : this.#patient).push(() => work().then(resolve, reject));
      if (!this.#busy) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#busy = true;
    for (;;) {
      const next = this.#urgent.shift() ?? this.#patient.shift();
      if (!next) break;
      await next();
    }
    this.#busy = false;
  }
}

export class Painter {
  readonly #renderer: Renderer;
  readonly #device: GPUDevice;
  readonly #hardware: boolean;
  readonly #scene: () => Scene;
  readonly #targets: GPUTexture[] = [];
  readonly #readback: Readback;
  readonly #turns = new Turns();

  constructor(renderer: Renderer, gpu: OpenGpu, scene: () => Scene) {
    this.#renderer = renderer;
    this.#device = gpu.device;
    this.#hardware = gpu.info.kind === "gpu";
    this.#scene = scene;
    this.#readback = new Readback(gpu.device);
  }

  /** Milliseconds that a brick takes to read. */
  get readMs(): number {
    return this.#renderer.cache.readMs;
  }

  /** Names pictures that cost alike for each pixel: their drawing times are learnt together. */
  kind(view: View): string {
    return costKind(this.#scene(), view);
  }

  /** Draws a view into `width` x `height` pixels; undefined when it was abandoned. */
  async draw(
    view: View,
    canvas: Canvas,
    width: number,
    height: number,
    options: DrawOptions,
  ): Promise<DrawnPicture | undefined> {
    const target = this.#target(width, height);
    try {
      return await this.#drawTo(target, view, canvas, options);
    } finally {
      this.#targets.push(target);
      while (this.#targets.length > 3) this.#targets.shift()?.destroy();
    }
  }

  /** A picture with all its data and full sampling, however long that takes. */
  async still(
    view: View,
    canvas: Canvas,
    width: number,
    height: number,
    options: Pick<DrawOptions, "within" | "scene"> = {},
  ): Promise<DrawnPicture> {
    const deadline = performance.now() + 60_000;
    for (;;) {
      const drawn = await this.draw(view, canvas, width, height, {
        viewId: "still",
        tiles: 16,
        full: true,
        ...options,
      });
      if (drawn && (drawn.complete || drawn.failure || performance.now() > deadline)) {
        this.#renderer.closeView("still");
        return drawn;
      }
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** A small picture of one layer alone, from what can be had soon; undefined when nothing could. */
  async thumbnail(view: View, layer: Layer, size: number): Promise<DrawnPicture | undefined> {
    const scene: Scene = { revision: 0, title: "", layers: [{ ...layer, visible: true, opacity: 1 }] };
    const canvas: Canvas = { width: size, height: size, pixelRatio: 1 };
    const deadline = performance.now() + 4000;
    try {
      for (;;) {
        const options = { viewId: "thumbnail", tiles: 1, full: true, scene };
        const drawn = await this.draw(view, canvas, size, size, options);
        if (!drawn || drawn.complete || drawn.failure || performance.now() > deadline) return drawn;
        await new Promise((done) => setTimeout(done, 100));
      }
    } finally {
      this.#renderer.closeView("thumbnail");
    }
  }

  async #drawTo(
    target: GPUTexture,
    view: View,
    canvas: Canvas,
    options: DrawOptions,
  ): Promise<DrawnPicture | undefined> {
    const { width, height } = target;
    const scene = options.scene ?? this.#scene();
    // One world unit covers as many of the picture's pixels as its share of the canvas.
    const whole = options.within ?? { width, height, x: 0, y: 0 };
    const zoom = view.camera.zoom * (whole.width / canvas.width);
    const scaled: View = { ...view, camera: { ...view.camera, zoom } };
    const rowsOf = (tiles: number): number => Math.ceil(height / tiles / 8) * 8;
    let rows = rowsOf(options.tiles);
    let startedUs = 0;
    let complete = true;
    let progress = 1;
    let renderMs = 0;
    let readMs = 0;
    let pixels: Pixels | undefined;
    for (let y = 0; y < height; ) {
      if (options.abandoned?.()) return undefined;
      const count = Math.min(rows, height - y);
      await this.#turns.take(!options.full, async () => {
        const started = performance.now();
        if (startedUs === 0) startedUs = (performance.timeOrigin + started) * 1000;
        const outcome = await this.#renderer.render({
          scene,
          view: scaled,
          size: { width: whole.width, height: whole.height },
          target,
          ...(options.within && { tile: { x: whole.x, y: whole.y, width, height } }),
          viewId: options.viewId,
          quality: { draft: options.draft ?? false },
          ...(options.patient && { patience: SCRUB_PATIENCE }),
          ...(options.ahead && { ahead: options.ahead }),
          ...(options.tiles > 1 ? { region: { x: 0, y, width, height: count } } : {}),
        });
        complete &&= outcome.complete;
        progress = Math.min(progress, outcome.progress);
        const last = y + count >= height;
        // Between tiles the GPU must be idle, or the next in turn would wait for all that was submitted.
        if (!last) await this.#device.queue.onSubmittedWorkDone();
        const submitted = performance.now();
        renderMs += submitted - started;
        if (last) pixels = await this.#read(target, options.full);
        readMs += performance.now() - submitted;
        const again = options.learnt?.(width * count, performance.now() - started);
        if (again !== undefined) rows = rowsOf(again);
      });
      y += count;
    }
    if (!pixels || options.abandoned?.()) return undefined;
    return {
      width,
      height,
      pixels,
      view,
      revision: scene.revision,
      complete,
      failure: complete ? undefined : this.#renderer.cache.failure(options.viewId),
      progress,
      startedUs,
      renderUs: renderMs * 1000,
      readUs: readMs * 1000,
      ownMs: renderMs + readMs,
    };
  }

  /** Hardware makes NV12 itself, which is 3/8 of the bytes to bring back; software is faster with swscale on the CPU. */
  async #read(target: GPUTexture, full: boolean): Promise<Pixels> {
    if (this.#hardware && !full) {
      const { bytes, stride } = await this.#readback.readNv12(target);
      return { format: "nv12", bytes, stride };
    }
    const bytes = await this.#readback.readPixels(target);
    return { format: "rgba", bytes, stride: target.width * 4 };
  }

  #target(width: number, height: number): GPUTexture {
    const at = this.#targets.findIndex((texture) => texture.width === width && texture.height === height);
    const [kept] = at < 0 ? [] : this.#targets.splice(at, 1);
    if (kept) return kept;
    return this.#device.createTexture({
      label: `picture ${width}x${height}`,
      size: { width, height },
      format: "rgba8unorm",
      usage:
        GPUTextureUsage.RENDER_ATTACHMENT |
        GPUTextureUsage.COPY_SRC |
        GPUTextureUsage.COPY_DST |
        GPUTextureUsage.TEXTURE_BINDING,
    });
  }
}
