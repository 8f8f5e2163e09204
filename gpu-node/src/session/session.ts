/** A running session: the scene's host, the painter, and each view's control and loop. */

import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import type { ChangedBrick } from "@eyepiece/engine/data/editable-source.ts";
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import { pictureBudget } from "@eyepiece/engine/render/resolution.ts";
import { warmUp } from "@eyepiece/engine/render/warm-up.ts";
import type { SceneOp, View } from "@eyepiece/protocol/scene/schema.ts";
import type { Canvas } from "@eyepiece/protocol/viewer/pose.ts";
import { encodeMessage, type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";
import { encoderName } from "../encode/probe.ts";
import { type OpenGpu, openGpu } from "../gpu/open.ts";
import { answer, wholeView } from "./asks.ts";
import { BrickService } from "./brick-service.ts";
import { Budgets } from "./budgets.ts";
import { CodeLook, type LookWish, looked } from "./code-look.ts";
import { drawLarge, framed } from "./figures.ts";
import { FIRST_CANVAS, firstView } from "./first-look.ts";
import type { FromSession, PictureWish, SessionPicture, SessionSettings, ToSession } from "./ipc.ts";
import { LabelWriter } from "./label-writer.ts";
import { Onlookers } from "./onlookers.ts";
import { layOver, type Overlaid } from "./overlays.ts";
import { Painter } from "./painter.ts";
import { encodePng } from "./picture.ts";
import type { Look, OpenAs } from "./reading.ts";
import { SaveRequests } from "./save-requests.ts";
import { SavedFiles } from "./saved-files.ts";
import { readArchive, SCENE_FILE, viewFor } from "./scene-archive.ts";
import { SceneHost, type SceneListener } from "./scene-host.ts";
import { archiveReader, sessionReader } from "./session-reader.ts";
import { ViewControl } from "./view-control.ts";

/** Between two words of where people look, in milliseconds. */
const TELL_MS = 100;

type Event = eyepiece.viewer.ViewerEvent.$Properties;
type Begin = Extract<ToSession, { type: "begin" }>;

export class Session implements SceneListener {
  readonly host: SceneHost;
  readonly painter: Painter;
  readonly budgets: Budgets;
  /** Where code wants people to look. */
  readonly codeLook: CodeLook;
  /** Brings painted labels into their files. */
  readonly labels: LabelWriter;
  /** What is waiting to be taken. */
  readonly saved: SavedFiles;
  /** What pages save. */
  readonly saves: SaveRequests = new SaveRequests(this);
  readonly settings: SessionSettings;
  readonly facts: { adapter: string; adapterKind: string; encoder: string };
  readonly id: string;
  /** What a person who joins should know. */
  readonly troubles: string[] = [];
  readonly #gpu: OpenGpu;
  readonly #renderer: Renderer;
  readonly #send: (message: FromSession) => void;
  readonly #views = new Map<string, ViewControl>();
  /** For views whose pages draw by themselves. */
  readonly #bricks = new Map<string, BrickService>();
  readonly onlookers = new Onlookers(() => this.#views.values());
  /** Keys that code has bound. */
  boundKeys: readonly string[] = [];
  /** Somebody in the node hears what happens. */
  #listened = false;
  #toldView: NodeJS.Timeout | undefined;

  private constructor(
    begin: Begin,
    gpu: OpenGpu,
    renderer: Renderer,
    encoder: string,
    send: (message: FromSession) => void,
  ) {
    this.id = begin.session;
    this.#gpu = gpu;
    this.#renderer = renderer;
    this.#send = send;
    this.facts = { adapter: gpu.info.name, adapterKind: gpu.info.kind, encoder };
    this.host = new SceneHost(begin.folder, begin.title, sessionReader(begin.settings), this);
    this.codeLook = new CodeLook(begin.folder);
    this.saved = new SavedFiles(begin.folder);
    this.settings = begin.settings;
    this.labels = new LabelWriter(
      {
        folderOf: (id) => this.host.labelsFolder(id),
        source: (id) => this.host.source(id),
        editsOf: (id) => this.host.painted.folderOf(id),
        applied: (id) => this.host.painted.applied(id),
        bricksOf: (id, edit) => this.host.painted.bricksOf(id, edit),
        notice: (level, text) => this.notice(level, text),
      },
      begin.settings.saves ?? [],
    );
    this.budgets = new Budgets(renderer, begin.settings.memoryBytes, begin.settings.gpuBytes);
    this.painter = new Painter(renderer, gpu, () => this.host.scene);
    renderer.onChange = () => {
      for (const view of this.#views.values()) view.loop.change("data");
    };
  }

  /** Opens the GPU, finds the encoder and replays the journal; tells `ready`. */
  static async begin(begin: Begin, send: (message: FromSession) => void): Promise<Session> {
    const [gpu, encoder] = await Promise.all([openGpu(), encoderName()]);
    const renderer = await Renderer.create({
      device: gpu.device,
      memoryBudget: begin.settings.memoryBytes,
      gpuBudget: begin.settings.gpuBytes,
      software: gpu.info.kind !== "gpu",
    });
    const session = new Session(begin, gpu, renderer, encoder, send);
    gpu.device.lost.then((lost) => {
      if (lost.reason !== "destroyed") throw new Error(`The GPU was lost: ${lost.message}`);
    });
    // Not waited for; what stops it stops the pictures that people see too, and is told there.
    if (session.#gpu.info.kind !== "gpu") warmUp(renderer).catch(() => {});
    if (begin.settings.notice !== "") session.troubles.push(begin.settings.notice);
    session.host.restore();
    send({ type: "ready", facts: session.facts });
    return session;
  }

  receive(message: Exclude<ToSession, { type: "begin" | "end" }>): void {
    if (message.type === "open") {
      this.open(message.uri, message.look && defined(message.look), message.as).then(
        (layers) => this.#send({ type: "opened", task: message.task, layers, failure: undefined }),
        (cause: unknown) => {
          const failure = cause instanceof Error ? cause.message : String(cause);
          this.#send({ type: "opened", task: message.task, layers: [], failure });
        },
      );
      return;
    }
    if (message.type === "listen") {
      this.#listened = message.on;
      return;
    }
    if (message.type === "keys") {
      this.boundKeys = message.keys;
      this.#tell({ keys: { keys: [...message.keys] } });
      return;
    }
    if (message.type === "ask") {
      answer(this, message.ask).then(
        (found) => this.#send({ type: "answered", task: message.task, answer: found }),
        (cause: unknown) => {
          const failure = cause instanceof Error ? cause.message : String(cause);
          this.#send({ type: "opened", task: message.task, layers: [], failure });
        },
      );
      return;
    }
    if (message.type === "operate") {
      const answer = (failure: string | undefined): void =>
        this.#send({ type: "opened", task: message.task, layers: [], failure });
      this.host.operate(message.json, "").then(
        () => answer(undefined),
        (cause: unknown) => answer(cause instanceof Error ? cause.message : String(cause)),
      );
      return;
    }
    if (message.type === "remove") {
      let failure: string | undefined;
      try {
        this.host.removeForGood(message.layer);
      } catch (cause) {
        failure = cause instanceof Error ? cause.message : String(cause);
      }
      this.#send({ type: "opened", task: message.task, layers: [], failure });
      return;
    }
    if (message.type === "draw") {
      this.#draw(message.wish).then(
        (picture) => this.#send({ type: "drawn", task: message.task, picture }),
        (cause: unknown) => {
          const failure = cause instanceof Error ? cause.message : String(cause);
          this.#send({ type: "opened", task: message.task, layers: [], failure });
        },
      );
      return;
    }
    if (message.type === "budget") {
      this.budgets.give(message.gpuBytes);
      return;
    }
    if (message.type === "bricks") {
      this.#bricksFlow(message);
      return;
    }
    if (message.type === "brick") {
      this.#bricks.get(message.view)?.request(message.bytes);
      return;
    }
    const known = this.#views.get(message.view);
    if (message.type === "leave") {
      this.#views.delete(message.view);
      this.onlookers.changed();
      void known?.dispose();
    } else if (message.type === "join") {
      const view = known ?? this.#addView(message.view);
      view.join(message.caller, message.hardwareEncoder);
    } else if (message.type === "request") known?.request(message.bytes);
    // Pixels may open before control: the view is made by whichever comes first.
    else (known ?? this.#addView(message.view)).pixels(message.open, message.acknowledged);
  }

  changed(ops: readonly SceneOp[]): void {
    const { revision, title, layers } = this.host.scene;
    const event: Event = {
      scene: {
        revision,
        opsJson: JSON.stringify(ops),
        canUndo: this.host.canUndo,
        canRedo: this.host.canRedo,
      },
    };
    for (const view of this.#views.values()) view.sceneChanged(event, ops);
    if (this.#listened) this.#send({ type: "told", json: JSON.stringify({ ops: told(ops) }) });
    this.#send({ type: "summary", title, layers: layers.map((layer) => layer.name) });
  }

  sourceAdded(source: ChunkSource): void {
    // The scene names a new layer's data only after this.
    queueMicrotask(() => this.labels?.opened(source.id));
    this.#renderer.setSource(source);
    for (const view of this.#views.values()) view.loop.change("view");
    // A new layer names its data only after this, and only what layers name is served.
    queueMicrotask(() => {
      for (const service of this.#bricks.values()) service.opened(source.id);
    });
  }

  tableChanged(source: TableSource): void {
    this.#renderer.setTable(source);
    for (const view of this.#views.values()) view.loop.change("view");
    queueMicrotask(() => {
      for (const service of this.#bricks.values()) service.tableChanged(source.id);
    });
  }

  bricksChanged(source: ChunkSource, bricks: readonly ChangedBrick[]): void {
    this.#renderer.setBricks(source, bricks);
    this.labels.changed(source.id, bricks);
    for (const service of this.#bricks.values()) service.bricksChanged(source.id, bricks);
    for (const view of this.#views.values()) view.loop.change("view");
  }

  sourceRemoved(id: string): void {
    this.#renderer.removeSource(id);
    this.labels.forget(id);
  }

  released(uris: readonly string[]): void {
    this.#send({ type: "released", uris });
  }

  progress(task: string, text: string, fraction: number, ended: boolean): void {
    this.#tell({ progress: { task, text, fraction, ended } });
  }

  notice(level: "info" | "warn" | "error", text: string): void {
    // What is wrong with the scene itself is told to those who come later too.
    if (level === "error") this.troubles.push(text);
    this.#tell({ notice: { level, text } });
  }

  async dispose(): Promise<void> {
    this.onlookers.dispose();
    clearTimeout(this.#toldView);
    for (const service of this.#bricks.values()) service.dispose();
    await this.labels.flush();
    await Promise.all([...this.#views.values()].map((view) => view.dispose()));
    await this.host.dispose();
    this.#renderer.dispose();
    this.#gpu.dispose();
  }

  /** Opens an address, or a scene file, which also says where to look. @returns the layers' ids */
  async open(uri: string, look?: Look, as?: OpenAs): Promise<readonly string[]> {
    if (!SCENE_FILE.test(uri)) return this.host.open(uri, look, as);
    const archive = await readArchive(uri, archiveReader(this.settings));
    const alone = this.host.scene.layers.length === 0;
    const layers = this.host.adopt(archive);
    if (!alone) return layers;
    const { canvas } = this.look();
    const { camera, dims, grid, overlays } = viewFor(archive.view, archive.canvas, canvas);
    const { ndisplay, order, point, margin_left, margin_right, axis_labels } = dims;
    this.lookAt({
      set: {
        ...{ camera, grid, ...(overlays && { overlays }) },
        dims: { ndisplay, order, point, margin_left, margin_right, axis_labels },
      },
      margin: 0.05,
    });
    return layers;
  }

  /** What whoever came last sees; what it first opens with where nobody looks. */
  look(): { readonly view: View; readonly canvas: Canvas; readonly selected?: string | undefined } {
    return (
      [...this.#views.values()].findLast((one) => one.looked)?.look ?? {
        view: firstView(this.host.scene, this.codeLook),
        canvas: FIRST_CANVAS,
      }
    );
  }

  /** Moves all views, and those that are to come. @returns where the last of them looks now */
  lookAt(wish: LookWish): View {
    const { view, canvas } = this.look();
    // What does not fit one view fits none, and is not remembered.
    const next = looked(view, canvas, wish);
    this.codeLook.keep(wish);
    for (const one of this.#views.values()) one.follow(wish);
    this.viewed();
    return next;
  }

  /** Somebody pressed or let go a key that code has bound. */
  pressed(key: string, released: boolean): void {
    if (this.#listened && this.boundKeys.includes(key))
      this.#send({ type: "told", json: JSON.stringify({ key, released }) });
  }

  /** Somebody moved: told to code that listens, a few times a second. */
  viewed(): void {
    if (!this.#listened || this.#toldView) return;
    this.#toldView = setTimeout(() => {
      this.#toldView = undefined;
      if (this.#listened)
        this.#send({ type: "told", json: JSON.stringify({ view: wholeView(this.look().view) }) });
    }, TELL_MS);
  }

  /** A picture at rest, of any size. @throws Error where it would be too large */
  async #draw(wish: PictureWish): Promise<SessionPicture> {
    const look = this.look();
    const { view, canvas, width, height, ratio } = framed(look, wish);
    const { scene } = this.host;
    const bytes = await drawLarge(this.painter, this.#gpu.device, { view, canvas, width, height });
    this.layOver(bytes, width, height, canvas, { view, scene, selected: look.selected }, ratio);
    return { width, height, bytes: wish.format === "png" ? await encodePng(bytes, width, height, 6) : bytes };
  }

  /** Draws over a picture of a view what lies over it. */
  layOver(
    rgba: Uint8Array,
    width: number,
    height: number,
    canvas: Canvas,
    what: Omit<Overlaid, "table">,
    ratio?: number,
  ): void {
    const overlaid = { ...what, table: (source: string) => this.host.tableSource(source) };
    layOver(rgba, width, height, canvas, overlaid, ratio);
  }

  #tell(event: Event): void {
    for (const view of this.#views.values()) view.tell(event);
  }

  /** A page that draws by itself came, took bytes, or went. */
  #bricksFlow({ view, open, acknowledged }: Extract<ToSession, { type: "bricks" }>): void {
    const known = this.#bricks.get(view);
    if (known && open && acknowledged > 0) {
      known.acknowledge(acknowledged);
      return;
    }
    // A new channel begins at nothing taken.
    known?.dispose();
    this.#bricks.delete(view);
    if (!open) return;
    const named = (id: string): boolean => this.host.scene.layers.some((layer) => layer.data.source === id);
    const service = new BrickService(
      {
        source: (id) => (named(id) ? this.host.source(id) : undefined),
        table: (id) => (named(id) ? this.host.tableSource(id) : undefined),
        cached: (source, level, index) => this.#renderer.cache.get(source, level, index),
      },
      (bytes) => this.#send({ type: "brick", view, bytes }),
    );
    this.#bricks.set(view, service);
  }

  #addView(name: string): ViewControl {
    const view = new ViewControl(this, {
      name,
      renderer: this.#renderer,
      budgetMs: pictureBudget(this.#gpu.info.kind !== "gpu"),
      event: (event) =>
        this.#send({ type: "event", view: name, bytes: encodeMessage(viewer.ViewerEvent, event) }),
      picture: (bytes) => this.#send({ type: "picture", view: name, bytes }),
    });
    this.#views.set(name, view);
    return view;
  }
}

/** Operations as code hears of them: that items changed, not which. */
function told(ops: readonly SceneOp[]): readonly object[] {
  return ops.map((op) => {
    if (op.op === "layer.add") return { op: op.op, id: op.layer.id, index: op.index, type: op.layer.type };
    if (op.op.startsWith("items.") || op.op.startsWith("labels."))
      return { op: op.op, id: "id" in op ? op.id : "" };
    return op;
  });
}

/** The same without the fields that are undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
