/** The control channel of one view: requests in, events out, checked against the caller's rights. */
import { defaultView, followScene, resetView } from "@eyepiece/engine/model/view.ts";
import type { Renderer } from "@eyepiece/engine/render/renderer.ts";
import { allowed, VIEWER_RIGHTS } from "@eyepiece/protocol/rights.ts";
import type { SceneOp, View } from "@eyepiece/protocol/scene/schema.ts";
import type { Canvas } from "@eyepiece/protocol/viewer/pose.ts";
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import { decodeMessage, type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";
import { KERNEL_ARRAY } from "../readers/zarr/kernel-store.ts";
import type { ViewCaller } from "./ipc.ts";
import { encodePng } from "./picture.ts";
import { canvasPixels, viewOf } from "./pose.ts";
import type { Session } from "./session.ts";
import { clockUs, ViewLoop } from "./view-loop.ts";

type Event = eyepiece.viewer.ViewerEvent.$Properties;
type Request = eyepiece.viewer.ViewerRequest;

/** A view's place is written down this long after it last moved. */
const KEEP_MS = 1000;
/** Before a tab has told the size of its canvas. */
const FIRST_CANVAS: Canvas = { width: 1280, height: 720, pixelRatio: 1 };
const MAX_REQUEST = 8 * 1024 * 1024;

export interface ViewControlOptions {
  readonly name: string;
  readonly renderer: Renderer;
  readonly budgetMs: (kind: string) => number;
  readonly event: (event: Event) => void;
  readonly picture: (bytes: Uint8Array) => void;
}

export class ViewControl {
  readonly loop: ViewLoop;
  readonly #session: Session;
  readonly #options: ViewControlOptions;
  #view: View;
  #caller: ViewCaller | undefined;
  #canvas: Canvas = FIRST_CANVAS;
  #keepTimer: NodeJS.Timeout | undefined;
  /** Nobody has chosen where to look yet: the first data decide. */
  #fresh: boolean;

  constructor(session: Session, options: ViewControlOptions) {
    this.#session = session;
    this.#options = options;
    const kept = session.host.view(options.name);
    this.#fresh = kept === undefined;
    this.#view = kept ?? firstView(session);
    this.loop = new ViewLoop({
      name: options.name,
      painter: session.painter,
      view: () => this.#view,
      budgetMs: options.budgetMs,
      send: options.picture,
      fail: (error) =>
        this.tell({ notice: { level: "error", text: `The picture failed: ${error.message}` } }),
      trouble: (text) => this.tell({ notice: { level: "error", text } }),
      loading: (progress, complete) => this.tell({ loading: { progress, complete } }),
    });
  }

  /** Whether its tab is shown somewhere. */
  get looked(): boolean {
    return !this.#fresh && this.#canvas.width > 1 && this.#canvas.height > 1;
  }

  /** Where it looks. */
  get look(): { readonly view: View; readonly canvas: Canvas } {
    return { view: this.#view, canvas: this.#canvas };
  }

  /** A tab is here (again): tells it everything. */
  join(caller: ViewCaller, hardwareEncoder: boolean): void {
    this.#caller = caller;
    this.loop.hardwareEncoder = hardwareEncoder;
    const { host, facts, id } = this.#session;
    this.tell({
      welcome: {
        session: id,
        sceneJson: JSON.stringify(host.scene),
        viewJson: JSON.stringify(this.#view),
        adapter: facts.adapter,
        adapterKind: facts.adapterKind,
        encoder: facts.encoder,
        rights: [...caller.rights],
        canUndo: host.canUndo,
        canRedo: host.canRedo,
      },
    });
    for (const text of this.#session.troubles) this.tell({ notice: { level: "error", text } });
    this.loop.keyframe();
  }

  tell(event: Event): void {
    if (this.#caller) this.#options.event(event);
  }

  /** The scene has changed: tells it, and follows with the dims. */
  sceneChanged(event: Event, ops: readonly SceneOp[]): void {
    this.tell(event);
    if (
      ops.some(
        (op) => op.op === "layer.add" || op.op === "layer.remove" || op.op === "layer.data" || movesData(op),
      )
    ) {
      const { scene } = this.#session.host;
      const first = this.#fresh && scene.layers.length > 0;
      const dims = followScene(this.#view.dims, scene);
      this.#setView(first ? firstView(this.#session, this.#canvas) : { ...this.#view, dims });
      if (first) this.#fresh = false;
    }
    this.loop.change("view");
  }

  /** Takes an encoded ViewerRequest. */
  request(bytes: Uint8Array): void {
    let request: Request;
    try {
      request = decodeMessage(viewer.ViewerRequest, bytes, MAX_REQUEST);
    } catch {
      this.tell({ failure: { code: "protocol", message: "A request could not be understood." } });
      return;
    }
    this.#answer(request).then(
      (answer) => {
        if (answer && request.id > 0) this.tell({ ...answer, replyTo: request.id });
      },
      (cause: unknown) => {
        const code = cause instanceof ChannelError ? cause.code : "failed";
        const message = cause instanceof Error ? cause.message : String(cause);
        this.tell({ replyTo: request.id, failure: { code, message } });
      },
    );
  }

  async dispose(): Promise<void> {
    clearTimeout(this.#keepTimer);
    this.#session.host.keepView(this.#options.name, this.#view);
    await this.loop.dispose();
    this.#options.renderer.closeView(this.#options.name);
  }

  async #answer(request: Request): Promise<Event | undefined> {
    const { what } = request;
    if (!what || !allowed(VIEWER_RIGHTS, what, this.#caller)) {
      throw new ChannelError("forbidden", `You have no right to ${what ?? "that"} in this session.`);
    }
    const { host } = this.#session;
    if (request.clock) return { clock: { sentUs: request.clock.sentUs ?? 0, nodeUs: clockUs() } };
    if (request.input) this.#input(request.input as eyepiece.viewer.ViewInput);
    else if (request.ops) await host.operate(request.ops.json ?? "[]", request.ops.merge ?? "");
    else if (request.undo) await host.undo(request.undo.redo ?? false);
    else if (request.keyframe) this.loop.keyframe();
    else if (request.resetView) this.#setView(resetView(this.#view, this.#canvas, { keepAngles: false }));
    else if (request.open) return { done: { layers: await host.open(request.open.uri ?? "") } };
    else if (request.valueAt) return { value: await this.#valueAt(request.valueAt) };
    else if (request.histogram) return { histogram: await this.#histogram(request.histogram) };
    else if (request.autoContrast) await this.#autoContrast(request.autoContrast.layer ?? "");
    else if (request.screenshot) return { screenshot: await this.#screenshot(request.screenshot) };
    return { done: {} };
  }

  #input(input: eyepiece.viewer.ViewInput): void {
    const { pose } = input;
    if (!pose) return;
    const size = (value: number) => Math.min(16_384, Math.max(0, Math.round(value) || 0));
    this.#canvas = {
      width: size(pose.width ?? 0),
      height: size(pose.height ?? 0),
      pixelRatio: pose.pixelRatio || 1,
    };
    if (this.#fresh && this.#session.host.scene.layers.length > 0 && this.#canvas.width > 1) {
      // The first word of a new tab is the size of its canvas: what it should see first is fitted to that.
      this.#fresh = false;
      this.#setView(firstView(this.#session, this.#canvas));
    } else this.#view = viewOf(pose, this.#view, input.gridJson);
    this.loop.want({
      inputId: input.inputId,
      canvas: this.#canvas,
      moving: input.moving,
      visible: input.visible,
      receivedUs: clockUs(),
    });
    this.#keepSoon();
  }

  #setView(view: View): void {
    this.#view = view;
    this.tell({ view: { viewJson: JSON.stringify(view) } });
    this.loop.change("view");
    this.#keepSoon();
  }

  #keepSoon(): void {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => this.#session.host.keepView(this.#options.name, this.#view), KEEP_MS);
  }

  async #valueAt(ask: eyepiece.viewer.ValueAt.$Properties): Promise<eyepiece.viewer.ValueFound.$Properties> {
    const point = { x: ask.x ?? 0, y: ask.y ?? 0 };
    const layer = ask.layer ?? "";
    const found = await this.#options.renderer.valueAt(
      this.#session.host.scene,
      this.#view,
      this.#canvas,
      layer,
      point,
    );
    if (!found) return { layer };
    return { layer, coordinates: [...found.coordinates], world: [...found.world], value: found.value };
  }

  async #histogram(
    ask: eyepiece.viewer.Histogram.$Properties,
  ): Promise<eyepiece.viewer.HistogramFound.$Properties> {
    const layer = ask.layer ?? "";
    const bins = Math.min(1024, Math.max(8, ask.bins || 128));
    const { counts, min, max } = await this.#options.renderer.histogram(
      this.#session.host.scene,
      this.#view,
      layer,
      bins,
    );
    // Nothing finite is on the screen: an empty histogram, not one that reaches to infinity.
    if (!(min <= max)) return { layer, counts: [], min: 0, max: 1 };
    return { layer, counts: [...counts], min, max };
  }

  async #autoContrast(layer: string): Promise<void> {
    const { min, max } = await this.#options.renderer.histogram(
      this.#session.host.scene,
      this.#view,
      layer,
      8,
    );
    if (!(min <= max)) throw new ChannelError("failed", "There is no value on the screen to go by.");
    const contrast_limits = min < max ? [min, max] : [min, min + 1];
    await this.#session.host.operate(
      JSON.stringify([{ op: "layer.set", id: layer, set: { contrast_limits } }]),
      "",
    );
  }

  async #screenshot(
    ask: eyepiece.viewer.Screenshot.$Properties,
  ): Promise<eyepiece.viewer.ScreenshotTaken.$Properties> {
    const own = canvasPixels(this.#canvas);
    const width = Math.min(8192, ask.width || own.width);
    const height = Math.min(8192, ask.height || own.height);
    const drawn = await this.#session.painter.still(this.#view, this.#canvas, width, height);
    return { png: await encodePng(drawn.pixels.bytes, width, height, 6), width, height };
  }
}

/** What somebody sees who comes for the first time. */
export function firstLook(session: Session): { readonly view: View; readonly canvas: Canvas } {
  return { view: firstView(session, FIRST_CANVAS), canvas: FIRST_CANVAS };
}

/** 3D for volumes, as they are what one comes for; 2D for the rest, and for what a kernel computes: 3D would compute all of it. */
function firstView(session: Session, canvas = FIRST_CANVAS): View {
  const { scene } = session.host;
  const view = defaultView(scene, canvas);
  const volume = scene.layers.some(
    (layer) =>
      layer.type === "image" &&
      layer.data.shape.length === 3 &&
      !layer.rgb &&
      !KERNEL_ARRAY.test(layer.data.label),
  );
  if (!volume) return view;
  // A scan of a body, as its format tells, stands upright and is seen from the front and a little above.
  const body = scene.layers.every((layer) => /\.nii(\.gz)?$/i.test(layer.data.label));
  const camera: View["camera"] = { ...view.camera, angles: body ? [39, 0, -66] : [0, 0, 0] };
  return resetView({ ...view, camera, dims: { ...view.dims, ndisplay: 3 } }, canvas, { keepAngles: true });
}

function movesData(op: SceneOp): boolean {
  if (op.op !== "layer.set") return false;
  const { scale, translate, rotate, shear, affine } = op.set;
  return [scale, translate, rotate, shear, affine].some((value) => value !== undefined);
}
