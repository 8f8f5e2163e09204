/** The control channel of one view: requests in, events out, checked against the caller's rights. */
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { encodeTable } from "@eyepiece/engine/data/table-wire.ts";
import {
  type FeaturedLayer,
  featuredInfo,
  isFeatured,
  rowOfLabel,
  rowWords,
} from "@eyepiece/engine/model/label-features.ts";
import { followScene, resetView } from "@eyepiece/engine/model/view.ts";
import { itemsOnCanvas } from "@eyepiece/engine/render/picking/on-canvas.ts";
import type { Renderer } from "@eyepiece/engine/render/renderer.ts";
import { allowed, VIEWER_RIGHTS } from "@eyepiece/protocol/rights.ts";
import { MAX_NDIM, type SceneOp, type View } from "@eyepiece/protocol/scene/schema.ts";
import type { Canvas } from "@eyepiece/protocol/viewer/pose.ts";
import type { Onlooker } from "@eyepiece/protocol/viewer/presence.ts";
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import { decodeMessage, type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";
import { type LookWish, looked } from "./code-look.ts";
import { FIRST_CANVAS, firstView } from "./first-look.ts";
import { greatestLabel } from "./greatest-label.ts";
import type { ViewCaller } from "./ipc.ts";
import { orderedRows, rowsAt } from "./item-rows.ts";
import { viewOf } from "./pose.ts";
import type { Session } from "./session.ts";
import { clockUs, ViewLoop } from "./view-loop.ts";
import { screenshot, thumbnail } from "./view-pictures.ts";

type Event = eyepiece.viewer.ViewerEvent.$Properties;
type Request = eyepiece.viewer.ViewerRequest;

/** A view's place is written down this long after it last moved. */
const KEEP_MS = 1000;
/** Rows in one answer. */
const MOST_ROWS = 20_000;
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
  #selected: string | undefined;
  #keepTimer: NodeJS.Timeout | undefined;
  #pointer: number[] | null = null;
  #streams = false;
  /** The tab is in sight. */
  #seen = false;
  /** Nobody has chosen where to look yet: the first data decide. */
  #fresh: boolean;

  constructor(session: Session, options: ViewControlOptions) {
    this.#session = session;
    this.#options = options;
    const kept = session.host.view(options.name);
    this.#fresh = kept === undefined;
    this.#view = kept ?? firstView(session.host.scene, session.codeLook);
    this.loop = new ViewLoop({
      name: options.name,
      painter: session.painter,
      view: () => this.#view,
      budgetMs: options.budgetMs,
      send: options.picture,
      fail: (error) =>
        this.tell({ notice: { level: "error", text: `The picture failed: ${error.message}` } }),
      trouble: (text) => this.tell({ notice: { level: "error", text } }),
      loading: (progress, complete) => {
        this.tell({ loading: { progress, complete } });
        this.tell({ held: session.budgets.held });
      },
    });
  }

  /** Whether its tab is shown somewhere. */
  get looked(): boolean {
    return !this.#fresh && this.#canvas.width > 1 && this.#canvas.height > 1;
  }

  /** Who sits here and looks where, for the others. */
  onlooker(): Onlooker | undefined {
    if (!this.#caller || !this.#seen || !this.#streams) return undefined;
    const { width, height } = this.#canvas;
    // Who follows has overlays of their own.
    const { camera, dims, grid } = this.#view;
    return {
      view: this.#options.name,
      name: this.#caller.name,
      at: { camera, dims, grid },
      size: { width, height },
      pointer: this.#pointer,
    };
  }

  /** The state of the pixel channel. It breaks with the network, while the other one waits to go on: who looks has it. */
  pixels(open: boolean, acknowledged: number): void {
    this.loop.pixels(open, acknowledged);
    if (open === this.#streams) return;
    this.#streams = open;
    this.#session.onlookers.changed();
  }

  tellOthers(json: string): void {
    this.tell({ others: { json } });
  }

  /** Where it looks. */
  get look(): { readonly view: View; readonly canvas: Canvas; readonly selected: string | undefined } {
    return { view: this.#view, canvas: this.#canvas, selected: this.#selected };
  }

  /** Looks where code wants it to. */
  follow(wish: LookWish): void {
    this.#setView(looked(this.#view, this.#canvas, wish));
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
    this.#session.onlookers.joined(this);
    const { boundKeys } = this.#session;
    if (boundKeys.length > 0) this.tell({ keys: { keys: [...boundKeys] } });
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
      this.#setView(first ? firstView(scene, this.#session.codeLook, this.#canvas) : { ...this.#view, dims });
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
    else if (request.presence) {
      const world = (request.presence.world ?? []).slice(0, MAX_NDIM);
      this.#pointer = world.length > 0 && world.every(Number.isFinite) ? world : null;
      this.#session.onlookers.changed();
    } else if (request.ops) await host.operate(request.ops.json ?? "[]", request.ops.merge ?? "");
    else if (request.key) this.#session.pressed(request.key.key ?? "", request.key.released ?? false);
    else if (request.undo) await host.undo(request.undo.redo ?? false);
    else if (request.keyframe) this.loop.keyframe();
    else if (request.budget) {
      this.#session.budgets.set(request.budget.memory ?? 0, request.budget.gpu ?? 0);
      this.loop.change("view");
      return { held: this.#session.budgets.held };
    } else if (request.resetView) this.#setView(resetView(this.#view, this.#canvas, { keepAngles: false }));
    else if (request.open)
      return { done: { layers: [...(await this.#session.open(request.open.uri ?? ""))] } };
    else if (request.save) return { saved: await this.#session.saves.save(request.save) };
    else if (request.film) return { saved: await this.#session.saves.film(request.film) };
    else if (request.cancelSave) this.#session.saves.cancel(request.cancelSave.task ?? "");
    else if (request.takeSaved) return { piece: await this.#session.saves.take(request.takeSaved) };
    else if (request.dropSaved) await this.#session.saved.drop(request.dropSaved.token ?? "");
    else if (request.valueAt) return { value: await this.#valueAt(request.valueAt) };
    else if (request.histogram) return { histogram: await this.#histogram(request.histogram) };
    else if (request.autoContrast) await this.#autoContrast(request.autoContrast.layer ?? "");
    else if (request.table) return { table: this.#table(request.table) };
    else if (request.rows) return { rows: this.#rows(request.rows) };
    else if (request.items) return { items: this.#items(request.items) };
    else if (request.action) return { done: { layers: await host.act(request.action.json ?? "") } };
    else if (request.greatest) return { value: await this.#greatest(request.greatest.layer ?? "") };
    else if (request.thumbnail)
      return { screenshot: await thumbnail(this.#session, this.#view, request.thumbnail) };
    else if (request.screenshot)
      return { screenshot: await screenshot(this.#session, this.look, request.screenshot) };
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
    if (input.chosen) this.#fresh = false;
    if (this.#fresh && this.#session.host.scene.layers.length > 0 && this.#canvas.width > 1) {
      // The first word of a new tab is the size of its canvas: what it should see first is fitted to that.
      this.#fresh = false;
      this.#setView(firstView(this.#session.host.scene, this.#session.codeLook, this.#canvas));
    } else this.#view = viewOf(pose, this.#view, input.gridJson, input.overlaysJson);
    this.#selected = input.selected || undefined;
    this.#seen = input.visible ?? false;
    this.#session.onlookers.changed();
    this.loop.want({
      inputId: input.inputId,
      canvas: this.#canvas,
      moving: input.moving,
      visible: input.visible && !input.here,
      recording: input.recording,
      receivedUs: clockUs(),
    });
    this.#session.viewed();
    this.#keepSoon();
  }

  #setView(view: View): void {
    // A new look says nothing of what lies over it.
    this.#view = { ...view, overlays: view.overlays ?? this.#view.overlays };
    this.tell({ view: { viewJson: JSON.stringify(this.#view) } });
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
    const { value } = found;
    const coordinates = [...found.coordinates];
    return { layer, coordinates, world: [...found.world], value, features: this.#words(layer, value) };
  }

  /** What is known of a label, in words; empty for what is none. */
  #words(id: string, value: string): string {
    const { host } = this.#session;
    const layer = host.scene.layers.find((one) => one.id === id);
    const table = layer?.type === "labels" && layer.features ? host.table(layer.features.source) : undefined;
    const row = table ? rowOfLabel(table, Number(value)) : -1;
    return table && row >= 0 ? rowWords(table, row) : "";
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

  /** The layer of a question, and its items. @throws ChannelError */
  #itemsOf(id: string): { readonly layer: FeaturedLayer; readonly source: TableSource } {
    const { host } = this.#session;
    const layer = host.scene.layers.find((one) => one.id === id);
    const info = layer && isFeatured(layer) ? featuredInfo(layer) : undefined;
    const source = info && host.tableSource(info.source);
    if (!layer || !isFeatured(layer) || !source)
      throw new ChannelError("not_found", "This layer has no items here.");
    return { layer, source };
  }

  #table(ask: eyepiece.viewer.TableAsked.$Properties): eyepiece.viewer.TableFound.$Properties {
    const { layer, source } = this.#itemsOf(ask.layer ?? "");
    const { version, table } = source;
    const few = table.count <= (ask.most ?? 0);
    return { layer: layer.id, version, count: table.count, ...(few && { table: encodeTable(table) }) };
  }

  #rows(ask: eyepiece.viewer.RowsAsked.$Properties): eyepiece.viewer.RowsFound.$Properties {
    const { layer, source } = this.#itemsOf(ask.layer ?? "");
    const { version, table } = source;
    const answer = { layer: layer.id, version };
    if (ask.indices && ask.indices.length > 0) {
      const indices = ask.indices.slice(0, MOST_ROWS);
      return { ...answer, total: table.count, indices, json: JSON.stringify(rowsAt(table, indices)) };
    }
    const { sort = "", descending = false, filter = "" } = ask;
    const question = { sort: sort ?? "", descending: descending ?? false, filter: filter ?? "" };
    const order = orderedRows(table, question);
    const offset = ask.offset ?? 0;
    const indices = order.subarray(offset, offset + Math.min(MOST_ROWS, ask.count ?? 0));
    const found = ask.finds ? order.indexOf(ask.find ?? 0) : -1;
    const json = JSON.stringify(rowsAt(table, indices));
    return { ...answer, total: order.length, indices: [...indices], json, found };
  }

  #items(ask: eyepiece.viewer.ItemsAsked.$Properties): eyepiece.viewer.ItemsFound.$Properties {
    const { layer, source } = this.#itemsOf(ask.layer ?? "");
    if (layer.type === "labels") throw new ChannelError("not_found", "Labels have no items on the canvas.");
    const { x0 = 0, y0 = 0, x1 = 0, y1 = 0 } = ask;
    const box = { x0: x0 ?? 0, y0: y0 ?? 0, x1: x1 ?? 0, y1: y1 ?? 0 };
    const { scene } = this.#session.host;
    return { layer: layer.id, indices: itemsOnCanvas(scene, layer, source, this.#view, this.#canvas, box) };
  }

  async #greatest(id: string): Promise<eyepiece.viewer.ValueFound.$Properties> {
    const { host } = this.#session;
    const layer = host.scene.layers.find((one) => one.id === id);
    const source = layer?.type === "labels" ? host.source(layer.data.source) : undefined;
    if (!source) throw new ChannelError("not_found", "This layer has no labels here.");
    return { layer: id, value: String(await greatestLabel(source)) };
  }
}

function movesData(op: SceneOp): boolean {
  if (op.op !== "layer.set") return false;
  const { scale, translate, rotate, shear, affine, axis_labels } = op.set;
  return [scale, translate, rotate, shear, affine, axis_labels].some((value) => value !== undefined);
}
