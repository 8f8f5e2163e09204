/** The renderer: pictures of scenes on a WebGPU device. */
import { isTableLayer, type Scene, type View } from "@eyepiece/protocol/scene/schema.ts";
import { BrickCache } from "../data/brick-cache.ts";
import type { ChunkSource } from "../data/chunk-source.ts";
import type { ChangedBrick } from "../data/editable-source.ts";
import type { TableSource } from "../data/table.ts";
import type { Size } from "../model/camera.ts";
import { formatRules, texelPath } from "./formats.ts";
import { pickItem } from "./picking/pick.ts";
import { PicturePass } from "./picture-pass.ts";
import { Pipelines } from "./pipelines.ts";
import type { VolumeLimits } from "./plan.ts";
import { clipToTarget, type PictureParts, preparePicture } from "./prepare.ts";
import { type Histogram, histogram, type PickedValue, type ProbeContext, pickValue } from "./probe.ts";
import {
  DeviceLostError,
  RenderError,
  type RendererOptions,
  type RenderOutcome,
  type RenderRequest,
} from "./request.ts";
import { Residency } from "./residency.ts";

/** Fewer items are asked as fast without preparation. */
const MANY_ITEMS = 5000;
const MiB = 1024 * 1024;

/** Draws scenes. One renderer serves any number of views of any number of scenes. */
export class Renderer {
  readonly device: GPUDevice;
  readonly cache: BrickCache;
  /** True when the adapter computes on the CPU. */
  readonly software: boolean;
  /** Called when bricks have arrived: worth drawing again. */
  onChange: () => void = () => {};
  /** Settles when the device is lost, other than by `dispose`. */
  readonly lost: Promise<DeviceLostError>;
  readonly residency: Residency;
  readonly #sources = new Map<string, ChunkSource>();
  readonly #tables = new Map<string, TableSource>();
  readonly #pass: PicturePass;
  readonly #targets = new Map<string, GPUTexture>();
  readonly #probe: ProbeContext;
  readonly #parts: PictureParts;
  readonly #onDeviceError = (event: GPUUncapturedErrorEvent): void => {
    this.#failure ??= new RenderError(event.error.message);
  };
  readonly #expected = new WeakSet<object>();
  readonly #waiting = new Set<() => void>();
  /** Visible images and labels of the present picture: the budget is theirs in equal parts. */
  #arrays = 1;
  #last: Promise<void> = Promise.resolve();
  #failure: Error | undefined;
  #disposed = false;
  readonly #ownsCache: boolean;

  /** Makes a renderer on a device that the caller owns. */
  static async create(options: RendererOptions): Promise<Renderer> {
    return new Renderer(options);
  }

  private constructor(options: RendererOptions) {
    const { device } = options;
    this.device = device;
    this.software = options.software ?? false;
    this.#ownsCache = options.cache === undefined;
    this.cache = options.cache ?? new BrickCache({ budget: options.memoryBudget ?? 512 * MiB });
    this.cache.onChange = () => this.#changed();
    this.residency = new Residency(
      device,
      this.cache,
      options.gpuBudget ?? 512 * MiB,
      formatRules(device, options.formats),
    );
    this.#pass = new PicturePass(device, new Pipelines(device));
    this.#probe = {
      cache: this.cache,
      source: (id) => this.#sources.get(id),
      table: (id) => this.#tables.get(id),
      limits: (_, source) => this.#limits(source),
    };
    this.#parts = {
      device,
      residency: this.residency,
      software: this.software,
      source: (id) => this.#sources.get(id),
      table: (id) => this.#tables.get(id),
      limits: (source) => this.#limits(source),
    };
    device.addEventListener("uncapturederror", this.#onDeviceError as EventListener);
    this.lost = device.lost.then((info) => {
      const error = new DeviceLostError(`The graphics device was lost: ${info.message || info.reason}`);
      if (!this.#disposed) this.#failure = error;
      return error;
    });
  }

  /** Makes a source's data known; layers name it by `data.source`. A newer version replaces an older one. */
  setSource(source: ChunkSource): void {
    const before = this.#sources.get(source.id);
    this.#sources.set(source.id, source);
    if (before !== undefined && before.version !== source.version) {
      this.cache.drop(source.id, source.version);
      this.residency.drop(source.id);
    }
  }

  /** Bricks of a source that were edited: the next picture shows them. */
  setBricks(source: ChunkSource, bricks: readonly ChangedBrick[]): void {
    for (const { level, index, brick } of bricks) this.cache.replace(source, level, index, brick);
    this.residency.drop(source.id);
  }

  /** Makes a table known; layers name it by `data.source`. A newer version replaces an older one. */
  setTable(source: TableSource): void {
    this.#tables.set(source.id, source);
  }

  /** Forgets a source and all its bricks and textures. The source itself is the caller's to dispose. */
  removeSource(id: string): void {
    this.#sources.delete(id);
    this.#tables.delete(id);
    this.residency.pool.drop(`table/${id}`);
    this.cache.drop(id);
    this.residency.drop(id);
  }

  /** The table that layers name so. */
  table(id: string): TableSource | undefined {
    return this.#tables.get(id);
  }

  /** The source that layers name so. */
  source(id: string): ChunkSource | undefined {
    return this.#sources.get(id);
  }

  /** Bytes of textures and cell bounds on the GPU. */
  get gpuBytes(): number {
    return this.residency.pool.bytes;
  }

  /** Changes the GPU budget; textures over it leave with the next picture. */
  setGpuBudget(bytes: number): void {
    this.residency.pool.setBudget(bytes);
  }

  /**
   * Draws one picture from what is resident and asks for what is missing.
   * @throws DeviceLostError, RenderError (of this or an earlier picture)
   */
  render(request: RenderRequest): Promise<RenderOutcome> {
    // One at a time: another picture's textures could push out this one's while it waits for a pipeline.
    const drawn = this.#last.then(() => this.#render(request));
    // The caller has the error; the next picture only waits for the end.
    this.#last = drawn.then(
      () => {},
      () => {},
    );
    return drawn;
  }

  async #render(request: RenderRequest): Promise<RenderOutcome> {
    this.#throwFailure();
    const ratio = request.pixelRatio ?? 1;
    const pixels = request.tile ?? {
      width: Math.max(1, Math.round(request.size.width * ratio)),
      height: Math.max(1, Math.round(request.size.height * ratio)),
    };
    this.residency.pool.nextFrame();
    const texture = request.target ?? this.#target(request, pixels);
    const copies =
      request.region === undefined &&
      texture.format === "rgba8unorm" &&
      (texture.usage & GPUTextureUsage.COPY_DST) !== 0;
    const prepared = await this.#prepareInTime(request, ratio, pixels, copies);
    const { draws, resident, total, complete, levels } = prepared;
    const { format = "rgba8unorm", background = [0, 0, 0] } = request;
    const region = request.region && clipToTarget(request.region, pixels);
    await this.#pass.compile(draws, { format, ...(region && { region }) });
    this.#throwFailure();
    this.#pass.submit(draws, { texture, format, ...pixels, background, ...(region && { region }) });
    if (request.quality?.draft !== true) this.#expectQuestions(request);
    if (prepared.again) setTimeout(() => !this.#disposed && this.#changed(), 0);
    // After the picture that can be drawn.
    if (this.software) await this.#pass.rehearse(prepared.rehearsals);
    const progress = total === 0 ? 1 : resident / total;
    return { complete, progress, levels, texture: request.target ? undefined : texture, pixels };
  }

  /**
   * Draws again and again as bricks arrive, until the picture is complete.
   * @throws as `render`; SourceError when a brick that is needed cannot be read; the signal's reason
   */
  async renderComplete(request: RenderRequest, signal?: AbortSignal): Promise<RenderOutcome> {
    const before = this.onChange;
    try {
      for (;;) {
        signal?.throwIfAborted();
        const change = Promise.withResolvers<void>();
        this.onChange = () => {
          change.resolve();
          before();
        };
        const outcome = await this.render(request);
        if (outcome.complete) return outcome;
        const failed = this.cache.failure(request.viewId ?? "view");
        if (failed !== undefined) throw failed;
        const aborted = Promise.withResolvers<void>();
        const abort = (): void => aborted.resolve();
        signal?.addEventListener("abort", abort, { once: true });
        await Promise.race([change.promise, aborted.promise]);
        signal?.removeEventListener("abort", abort);
      }
    } finally {
      this.onChange = before;
    }
  }

  /**
   * What a layer shows under a canvas point (logical pixels); see `pickValue`. Undefined when the layer is not there.
   * @throws SourceError when the voxel cannot be read
   */
  valueAt(
    scene: Scene,
    view: View,
    size: Size,
    layerId: string,
    at: { readonly x: number; readonly y: number },
  ): Promise<PickedValue | undefined> {
    return pickValue(this.#probe, scene, view, size, layerId, at);
  }

  /** Counts the values of what the view shows of a layer, as far as it is resident; min > max when nothing is. */
  async histogram(scene: Scene, view: View, layerId: string, bins = 256): Promise<Histogram> {
    return histogram(this.#probe, scene, view, layerId, bins);
  }

  /** Forgets what a view wanted and the texture of its last picture, as when it closes. */
  closeView(viewId: string): void {
    this.cache.forget(viewId);
    this.#targets.get(viewId)?.destroy();
    this.#targets.delete(viewId);
  }

  /** Releases all GPU objects. The device is the caller's. */
  dispose(): void {
    this.#disposed = true;
    this.device.removeEventListener("uncapturederror", this.#onDeviceError as EventListener);
    this.residency.pool.drop("");
    this.residency.pool.nextFrame();
    if (this.#ownsCache) this.cache.dispose();
    for (const texture of this.#targets.values()) texture.destroy();
    this.#targets.clear();
    this.#pass.dispose();
  }

  /** Prepares a picture from what is here, or from what comes while the request allows to wait. */
  async #prepareInTime(request: RenderRequest, ratio: number, pixels: Size, copies: boolean) {
    const started = performance.now();
    for (;;) {
      this.#arrays = request.scene.layers.filter((layer) => layer.visible && !isTableLayer(layer)).length;
      const prepared = preparePicture(this.#parts, request, ratio, pixels, copies);
      this.cache.want(request.viewId ?? "view", prepared.wanted);
      const { patience } = request;
      if (patience === undefined || prepared.complete) return prepared;
      const allowed = prepared.blank ? patience.blankMs : patience.coarseMs;
      const left = allowed - (performance.now() - started);
      if (left <= 0 || prepared.again || !prepared.wanted.some((one) => one.ahead !== true)) return prepared;
      await this.#change(left);
      this.#throwFailure();
    }
  }

  #changed(): void {
    for (const wake of [...this.#waiting]) wake();
    this.onChange();
  }

  /** Settles when bricks have arrived, or after so many milliseconds. */
  #change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#waiting.add(done);
    });
  }

  /** Once a picture rests, makes what questions about many items need, so that the first one is answered as fast as all. */
  #expectQuestions({ scene, view, size }: RenderRequest): void {
    for (const layer of scene.layers) {
      if (!isTableLayer(layer) || !layer.visible || view.dims.ndisplay !== 2) continue;
      const source = this.#tables.get(layer.data.source);
      if (source === undefined || source.table.count < MANY_ITEMS || this.#expected.has(source.table))
        continue;
      this.#expected.add(source.table);
      setTimeout(() => {
        if (!this.#disposed) pickItem(layer, source, view, size, { x: 0, y: 0 });
      }, 100);
    }
  }

  #throwFailure(): void {
    const failure = this.#failure;
    if (failure === undefined) return;
    if (!(failure instanceof DeviceLostError)) this.#failure = undefined;
    throw failure;
  }

  #limits(source: ChunkSource): VolumeLimits {
    const { kind, bytes } = texelPath(source.dtype, source.channels, false, this.residency.rules);
    return {
      dimension: this.device.limits.maxTextureDimension3D,
      // Half of the budget, so that the coarser level of the same volume, or another time step, has room beside it.
      bytes: this.residency.pool.budget / Math.max(2, this.#arrays),
      bricks: (this.residency.pool.budget * 0.75) / Math.max(1, this.#arrays),
      texel: kind === "rgba8" || kind === "rgba32" ? 4 * bytes : bytes,
    };
  }

  #target(request: RenderRequest, pixels: Size): GPUTexture {
    const format = request.format ?? "rgba8unorm";
    const key = request.viewId ?? "view";
    const before = this.#targets.get(key);
    if (before?.width === pixels.width && before.height === pixels.height && before.format === format)
      return before;
    before?.destroy();
    const texture = this.device.createTexture({
      label: `picture ${key}`,
      size: [pixels.width, pixels.height],
      format,
      usage:
        GPUTextureUsage.RENDER_ATTACHMENT |
        GPUTextureUsage.COPY_SRC |
        GPUTextureUsage.COPY_DST |
        GPUTextureUsage.TEXTURE_BINDING,
    });
    this.#targets.set(key, texture);
    return texture;
  }
}
