/**
 * One view's pictures, drawn in this page: the newest pose is drawn, never a queue of old ones.
 *
 *     idle --pose, scene or data changed--> quick: as many pixels as the time allows
 *     quick --REST_MS without change--> full: every pixel; exact when all data are here --> idle: no timer, no work
 *     any --the device is lost, data cannot be read--> failed: told once; whoever owns it lets it go
 */
import { BrickCache } from "@eyepiece/engine/data/brick-cache.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import { costKind, pictureBudget, ResolutionControl } from "@eyepiece/engine/render/resolution.ts";
import { SCRUB_PATIENCE, Scrub } from "@eyepiece/engine/render/scrub.ts";
import type { Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import { viewer } from "@eyepiece/protocol/wire/messages.ts";
import type { CanvasSize, ViewPose } from "../worker/api.ts";
import type { Picture } from "../worker/decoder.ts";
import { toPose } from "../worker/pose.ts";
import { epochNow } from "../worker/timing.ts";
import type { BrickClient } from "./brick-client.ts";
import { HereData } from "./here-data.ts";

/** A view that has not changed for so long is at rest. */
const REST_MS = 150;
const VIEW = "here";
const MiB = 1024 * 1024;
/** Asks under way: enough to fill a long way to the node. */
const ASKS = 24;

/** Where the person looks. */
export interface HereLook {
  readonly pose: ViewPose;
  readonly moving: boolean;
  readonly inputId: number;
  /** When it was asked for, in milliseconds since the epoch. */
  readonly at: number;
}

/** What it tells. */
export interface HereEvents {
  /** A finished picture; whoever takes it closes its image. */
  readonly onPicture: (picture: Picture) => void;
  /** Data at hand, 0..1, of what the picture wants. */
  readonly onLoading: (progress: number, complete: boolean) => void;
  /** It cannot go on; plain words. */
  readonly onFailed: (reason: string) => void;
}

/** Bytes held and allowed in this page. */
export interface HereHeld {
  readonly memory: number;
  readonly memoryAllowed: number;
  readonly gpu: number;
  readonly gpuAllowed: number;
}

/** A share of this computer's memory, as far as the browser tells it. */
function memoryBudget(): number {
  const gigabytes = (navigator as { deviceMemory?: number }).deviceMemory ?? 4;
  return Math.min(512, Math.max(128, gigabytes * 64)) * MiB;
}

/** See the file's comment. */
export class HereView {
  readonly #device: GPUDevice;
  readonly #events: HereEvents;
  readonly #renderer: Renderer;
  readonly #cache: BrickCache;
  readonly #budget = memoryBudget();
  readonly #data: HereData;
  readonly #resolution: ResolutionControl;
  readonly #scrub = new Scrub();
  readonly #canvas = new OffscreenCanvas(16, 16);
  readonly #context: GPUCanvasContext;
  #scene: Scene | undefined;
  #look: HereLook | undefined;
  #size: CanvasSize | undefined;
  #visible = true;
  #dirty = false;
  #refined = true;
  #changedAt = 0;
  #running = false;
  #kicked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #disposed = false;

  static async create(
    device: GPUDevice,
    software: boolean,
    client: (events: ConstructorParameters<typeof BrickClient>[2]) => BrickClient,
    events: HereEvents,
  ): Promise<HereView> {
    const budget = memoryBudget();
    const cache = new BrickCache({ budget, concurrency: ASKS });
    const renderer = await Renderer.create({ device, cache, gpuBudget: budget, software });
    return new HereView(device, software, renderer, cache, client, events);
  }

  private constructor(
    device: GPUDevice,
    software: boolean,
    renderer: Renderer,
    cache: BrickCache,
    client: (events: ConstructorParameters<typeof BrickClient>[2]) => BrickClient,
    events: HereEvents,
  ) {
    this.#device = device;
    this.#renderer = renderer;
    this.#cache = cache;
    this.#events = events;
    this.#resolution = new ResolutionControl(pictureBudget(software));
    const context = this.#canvas.getContext("webgpu");
    if (!context) throw new Error("This browser gives no canvas for WebGPU in a worker.");
    this.#context = context;
    context.configure({
      device,
      format: "rgba8unorm",
      usage: GPUTextureUsage.COPY_DST | GPUTextureUsage.RENDER_ATTACHMENT,
      alphaMode: "opaque",
    });
    this.#data = new HereData(renderer, client, {
      onChange: () => this.#changed(),
      onObstacle: (reason) => this.#fail(reason),
    });
    renderer.onChange = () => this.#changed();
    void renderer.lost.then((error) => this.#fail(error.message));
  }

  get held(): HereHeld {
    const { gpuBytes } = this.#renderer;
    return {
      memory: this.#cache.bytes + this.#data.tableBytes,
      memoryAllowed: this.#budget,
      gpu: gpuBytes,
      gpuAllowed: this.#budget,
    };
  }

  setScene(scene: Scene): void {
    this.#scene = scene;
    this.#data.show(scene);
    this.#moved();
  }

  look(look: HereLook, size: CanvasSize): void {
    this.#look = look;
    this.#size = size;
    this.#moved();
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) this.#moved();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#data.dispose();
    this.#renderer.dispose();
    this.#cache.dispose();
    this.#context.unconfigure();
  }

  #fail(reason: string): void {
    if (this.#disposed) return;
    this.#events.onFailed(reason);
  }

  #moved(): void {
    this.#changedAt = performance.now();
    this.#changed();
  }

  #changed(): void {
    this.#dirty = true;
    this.#refined = false;
    this.#kick();
  }

  #kick(): void {
    if (this.#disposed) return;
    if (this.#running) {
      this.#kicked = true;
      return;
    }
    this.#running = true;
    this.#kicked = false;
    this.#run()
      .catch((cause: unknown) => this.#fail(cause instanceof Error ? cause.message : String(cause)))
      .finally(() => {
        this.#running = false;
        // What came when the run had looked for the last time.
        if (this.#kicked) this.#kick();
      });
  }

  async #run(): Promise<void> {
    for (;;) {
      clearTimeout(this.#timer);
      const [scene, look, size] = [this.#scene, this.#look, this.#size];
      if (this.#disposed || !this.#visible || !scene || !look || !size || size.width < 2 || size.height < 2)
        return;
      const rested = performance.now() - this.#changedAt;
      if (this.#dirty) {
        this.#dirty = false;
        await this.#draw(scene, look, size, rested > REST_MS && !look.moving);
      } else if (!this.#refined && !look.moving) {
        if (rested < REST_MS) {
          this.#timer = setTimeout(() => this.#kick(), REST_MS - rested);
          return;
        }
        await this.#draw(scene, look, size, true);
      } else return;
    }
  }

  async #draw(scene: Scene, look: HereLook, size: CanvasSize, full: boolean): Promise<void> {
    const started = performance.now();
    // Said before it is drawn: what comes meanwhile takes it back.
    this.#refined = full;
    const view: View = look.pose;
    const kind = costKind(scene, view);
    const whole = {
      width: Math.round(size.width * size.ratio),
      height: Math.round(size.height * size.ratio),
    };
    const fraction = full ? 1 : this.#resolution.choose(kind, whole.width * whole.height);
    const width = Math.max(16, Math.round(whole.width * fraction));
    const height = Math.max(16, Math.round(whole.height * fraction));
    const revision = this.#data.revision;
    this.#scrub.observe(view, started);
    const ahead = this.#scrub.ahead(view, this.#cache.readMs);
    // One world unit covers as many of the picture's pixels as its share of the canvas.
    const zoom = view.camera.zoom * (width / size.width);
    const { texture, complete, progress } = await this.#renderer.render({
      scene,
      view: { ...view, camera: { ...view.camera, zoom } },
      size: { width, height },
      viewId: VIEW,
      quality: { draft: !full },
      ahead,
      ...(!full && ahead.length > 0 && { patience: SCRUB_PATIENCE }),
    });
    await this.#device.queue.onSubmittedWorkDone();
    if (this.#disposed || !texture) return;
    const renderMs = performance.now() - started;
    this.#resolution.learn(kind, width * height, renderMs);
    const failure = complete ? undefined : this.#cache.failure(VIEW);
    this.#events.onLoading(progress, complete);
    if (failure) throw failure;
    const image = this.#bitmap(texture);
    this.#frame += 1;
    const now = epochNow();
    const head = new viewer.FrameHead({
      frame: this.#frame,
      inputId: look.inputId,
      picture: viewer.Picture.PNG,
      width,
      height,
      cropWidth: width,
      cropHeight: height,
      pose: toPose(look.pose, size),
      revision,
      exact: full && complete,
      queueUs: Math.max(0, performance.timeOrigin + started - look.at) * 1000,
      renderUs: renderMs * 1000,
    });
    this.#events.onPicture({ image, head, bytes: 0, arrived: now, decoded: now, here: true });
  }

  /** The picture as the canvas takes it. It leaves the GPU nowhere. */
  #bitmap(texture: GPUTexture): ImageBitmap {
    const { width, height } = texture;
    this.#canvas.width = width;
    this.#canvas.height = height;
    const encoder = this.#device.createCommandEncoder({ label: "here" });
    encoder.copyTextureToTexture({ texture }, { texture: this.#context.getCurrentTexture() }, [
      width,
      height,
    ]);
    this.#device.queue.submit([encoder.finish()]);
    return this.#canvas.transferToImageBitmap();
  }
}
