/**
 * One view of one session: the copy of the scene and of the view, operations that show at once, and requests. The
 * pictures pass by in the worker.
 */
import { resetView } from "@eyepiece/engine/model/view.ts";
import type { OverlayState } from "@eyepiece/engine/overlays/overlay.ts";
import { type Dims, type Grid, Scene, SceneOp, View } from "@eyepiece/protocol/scene/schema.ts";
import { type Onlooker, Onlookers } from "@eyepiece/protocol/viewer/presence.ts";
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import * as v from "valibot";
import type { PlaceWanted } from "../viewer/here/choose.ts";
import type {
  CanvasSize,
  PlaceState,
  RecordingState,
  StreamStats,
  ToolOverlay,
  ViewDown,
  ViewUp,
} from "../viewer/worker/api.ts";
import { decodeEvent, type ViewerEvent } from "./decoded.ts";
import type { LinkService } from "./link.ts";
import type { Notices } from "./notices.ts";
import { Requests, type ViewerRequest } from "./requests.ts";
import { answered, applyOwn, changed, copyOf, refused, replaced, type SceneCopy } from "./scene-copy.ts";
import { noticeLevel, phaseAfter, type SessionFacts, type SessionPhase } from "./session-state.ts";

/** Bytes that the node's session holds and may hold. */
export type Held = NonNullable<ViewerEvent["held"]>;

const Ops = v.array(SceneOp);
/** A view at rest is told so this long after its last motion. */
const SETTLE_MS = 150;
/** The others are told of the pointer at most so often. */
const POINTER_MS = 50;

/** What whoever keeps a copy of data hears. */
export interface EditListener {
  /** Own operations are on their way. */
  sent(id: number, ops: readonly SceneOp[]): void;
  /** The session applied operations, own or others'. */
  confirmed(ops: readonly SceneOp[]): void;
  /** Own operations were answered: they are confirmed, or will never be. */
  settled(id: number): void;
  /** The session sent its whole scene: it may have changed in any way. */
  replaced(): void;
}

/** See the file's comment. Dispose of it when the page goes. */
export class SessionService {
  readonly id: string;
  /** The name of this view within the session. */
  readonly viewId: string;
  readonly #notices: Notices;
  readonly #port: MessagePort;
  readonly #requests: Requests;
  readonly #phase = signal<SessionPhase>({ phase: "connecting", code: "", message: "" });
  readonly #copy = signal<SceneCopy | undefined>(undefined);
  readonly #scene = signal<Scene | undefined>(undefined);
  readonly #view = signal<View | undefined>(undefined);
  readonly #facts = signal<SessionFacts | undefined>(undefined);
  readonly #history = signal({ canUndo: false, canRedo: false });
  readonly #selected = signal<string | undefined>(undefined);
  readonly #stats = signal<StreamStats | undefined>(undefined);
  readonly #loading = signal({ progress: 1, complete: true });
  readonly #held = signal<Held | undefined>(undefined);
  readonly #trouble = signal("");
  readonly #shown = signal(false);
  readonly #others = signal<readonly Onlooker[]>([]);
  readonly #recording = signal<RecordingState | undefined>(undefined);
  readonly #place = signal<PlaceState | undefined>(undefined);
  readonly phase: ReadonlySignal<SessionPhase> = this.#phase;
  /** The scene as the person sees it, own changes included. */
  readonly scene: ReadonlySignal<Scene | undefined> = this.#scene;
  readonly view: ReadonlySignal<View | undefined> = this.#view;
  /** Parts of the view that change seldom: panels that read these do not follow each motion of the camera. */
  readonly dims: ReadonlySignal<Dims | undefined> = computed(() => this.#view.value?.dims);
  readonly grid: ReadonlySignal<Grid | undefined> = computed(() => this.#view.value?.grid);
  readonly perspective: ReadonlySignal<number> = computed(() => this.#view.value?.camera.perspective ?? 0);
  readonly facts: ReadonlySignal<SessionFacts | undefined> = this.#facts;
  readonly history: ReadonlySignal<{ canUndo: boolean; canRedo: boolean }> = this.#history;
  /** The selected layer's id. */
  readonly selected: ReadonlySignal<string | undefined> = this.#selected;
  /** How the stream goes. A picture is exact only of the scene as it is now: one of before a change is not. */
  readonly stats: ReadonlySignal<StreamStats | undefined> = computed(() => {
    const stats = this.#stats.value;
    const current = this.#copy.value?.confirmed.revision ?? 0;
    return stats?.exact && stats.revision < current ? { ...stats, exact: false } : stats;
  });
  readonly loading: ReadonlySignal<{ progress: number; complete: boolean }> = this.#loading;
  /** What the node's session holds of memory and GPU, and what it may. */
  readonly held: ReadonlySignal<Held | undefined> = this.#held;
  /** Plain words on what is missing here, or empty. */
  readonly trouble: ReadonlySignal<string> = this.#trouble;
  /** A picture is on the screen. */
  readonly shown: ReadonlySignal<boolean> = this.#shown;
  readonly #pictured = signal(0);
  /** The revision of the scene that is on the screen. */
  readonly pictured: ReadonlySignal<number> = this.#pictured;
  #boundKeys: ReadonlySet<string> = new Set();
  /** Hears of operations as they are sent (with the request's number), confirmed, and refused. */
  readonly edits = new Set<EditListener>();
  /** Who else looks at the session now, and where. */
  readonly others: ReadonlySignal<readonly Onlooker[]> = this.#others;
  /** The recording under way. */
  readonly recording: ReadonlySignal<RecordingState | undefined> = this.#recording;
  /** Where pictures are drawn, and why. */
  readonly place: ReadonlySignal<PlaceState | undefined> = this.#place;
  /** Called with the file of a recording that ended, or with the reason why there is none. */
  onRecorded: (file: Blob | undefined, message: string) => void = () => {};
  /** Called when the canvas can no longer be drawn into. */
  onCanvasLost: () => void = () => {};

  #size: CanvasSize | undefined;
  #fitted = false;
  #chosen = false;
  #pointer: readonly number[] | undefined;
  #pointerTimer: ReturnType<typeof setTimeout> | undefined;
  #first: ((scene: Scene, present: View) => View) | undefined;
  #settle: ReturnType<typeof setTimeout> | undefined;
  #merge = 0;

  /** `kept`: the node may remember where this view looked. `notebook`: in whose outputs it is. */
  constructor(
    link: Pick<LinkService, "openView">,
    notices: Notices,
    id: string,
    view: {
      readonly id: string;
      readonly kept: boolean;
      readonly notebook?: string;
      /** Where the first look goes, when an address says so. */
      readonly first?: (scene: Scene, present: View) => View;
    },
  ) {
    this.id = id;
    this.viewId = view.id;
    this.#first = view.first;
    this.#chosen = view.first !== undefined;
    this.#fitted = view.kept || this.#chosen;
    this.#notices = notices;
    this.#port = link.openView(id, view.id, view.notebook);
    this.#requests = new Requests((bytes) => this.#up({ type: "request", bytes }));
    this.#port.onmessage = (event: MessageEvent<ViewDown>) => this.#down(event.data);
  }

  /** Whether the person may change the scene. */
  get mayEdit(): boolean {
    return this.#facts.value?.rights.includes("edit") ?? false;
  }

  /** Keys that code in a kernel has bound, by name. */
  get boundKeys(): ReadonlySet<string> {
    return this.#boundKeys;
  }

  get size(): CanvasSize | undefined {
    return this.#size;
  }

  /** The selected layer. */
  get layer(): Scene["layers"][number] | undefined {
    return this.#scene.value?.layers.find((layer) => layer.id === this.#selected.value);
  }

  dispose(): void {
    clearTimeout(this.#settle);
    clearTimeout(this.#pointerTimer);
    this.#up({ type: "dispose" });
    this.#requests.fail("done", "The page was left.");
  }

  /** Gives the stream a canvas and one for what lies over it. */
  attachCanvas(canvas: OffscreenCanvas, overlay: OffscreenCanvas): void {
    this.#port.postMessage({ type: "canvas", canvas, overlay } satisfies ViewUp, [canvas, overlay]);
  }

  setSize(size: CanvasSize): void {
    this.#size = size;
    this.#up({ type: "size", size });
    this.#fit();
  }

  setVisible(visible: boolean): void {
    this.#up({ type: "visible", visible });
  }

  setOverlay(overlay: OverlayState): void {
    this.#up({ type: "overlay", overlay });
  }

  /** Says where pictures are to be drawn. */
  setPlace(wanted: PlaceWanted): void {
    this.#up({ type: "place", wanted });
  }

  /** What the tool in hand draws over the picture. */
  setTool(tool: ToolOverlay | undefined): void {
    this.#up({ type: "tool", tool });
  }

  /** Tells the others where the pointer is in the world; undefined when it has left. Nobody is told while nobody is there. */
  point(world: readonly number[] | undefined): void {
    this.#pointer = world;
    if (this.#others.value.length === 0) return;
    this.#pointerTimer ??= setTimeout(() => {
      this.#pointerTimer = undefined;
      this.ask({ presence: { world: [...(this.#pointer ?? [])] } }).catch((cause: unknown) => {
        console.info("The others do not see the pointer:", String(cause));
      });
    }, POINTER_MS);
  }

  /** Begins a recording of the pictures that come, or ends it. */
  record(on: boolean): void {
    this.#up({ type: "record", on });
  }

  select(id: string | undefined): void {
    this.#selected.value = id;
    this.#sendPose(false);
  }

  /**
   * Changes the view here and, merged, on the node. `moving`: more will follow soon; the view settles by itself.
   * `at`: when the person did it, in milliseconds since the epoch.
   */
  setView(changes: Partial<View>, options: { readonly moving?: boolean; readonly at?: number } = {}): void {
    const view = this.#view.value;
    if (!view) return;
    // A look that says nothing of what lies over it leaves that as it is.
    this.#view.value = { ...view, ...changes, overlays: changes.overlays ?? view.overlays };
    this.#sendPose(options.moving ?? false, options.at);
    clearTimeout(this.#settle);
    if (options.moving) this.#settle = setTimeout(() => this.#sendPose(false), SETTLE_MS);
  }

  /** Shows a whole view, as a link or a person who is followed has it; the first canvas does not fit it again. */
  showView(view: View, options: { readonly moving?: boolean } = {}): void {
    this.#fitted = true;
    this.#chosen = true;
    this.setView(view, options);
  }

  /** A tag for the operations of one drag, which are one step of undo. */
  newMerge(): string {
    this.#merge += 1;
    return `drag-${this.#merge}`;
  }

  /** Applies operations here at once and sends them; what the session refuses is taken back with its words. */
  apply(ops: readonly SceneOp[], merge = ""): void {
    void this.send(ops, merge);
  }

  /** As `apply`. @returns the scene's revision that has them, or undefined when they were refused */
  async send(ops: readonly SceneOp[], merge = ""): Promise<number | undefined> {
    const copy = this.#copy.value;
    if (!copy) return undefined;
    const id = this.#requests.nextId;
    try {
      this.#setCopy(applyOwn(copy, id, ops));
    } catch (cause) {
      this.#notices.show("bad", cause instanceof Error ? cause.message : String(cause));
      return undefined;
    }
    const answer = this.#requests.ask({ ops: { json: JSON.stringify(ops), merge } });
    for (const listener of this.edits) listener.sent(id, ops);
    try {
      await answer;
      this.#edit((now) => answered(now, id));
      return this.#copy.value?.confirmed.revision;
    } catch (cause) {
      this.#edit((now) => refused(now, id));
      this.#complain(cause);
      return undefined;
    } finally {
      for (const listener of this.edits) listener.settled(id);
    }
  }

  /** Takes the last step of anyone in this session back, or does it again. */
  undo(redo = false): void {
    const { canUndo, canRedo } = this.#history.value;
    if (redo ? !canRedo : !canUndo) return;
    this.ask({ undo: { redo } }).catch((cause: unknown) => this.#complain(cause));
  }

  /** Contrast limits of what is shown. */
  autoContrast(layer: string): void {
    this.ask({ autoContrast: { layer } }).catch((cause: unknown) => this.#complain(cause));
  }

  /** A request of the viewer service. @throws ChannelError */
  ask(what: Omit<ViewerRequest, "id">, deadline?: number): Promise<ViewerEvent> {
    return this.#requests.ask(what, deadline);
  }

  /** Opens data into the scene; says what went wrong as a notice. @returns ids of the new layers */
  async open(uri: string): Promise<readonly string[]> {
    try {
      const event = await this.ask({ open: { uri } }, 600_000);
      const layers = event.done?.layers ?? [];
      const last = layers.at(-1);
      if (last !== undefined) this.select(last);
      return layers;
    } catch (cause) {
      this.#complain(cause);
      return [];
    }
  }

  #up(message: ViewUp): void {
    this.#port.postMessage(message);
  }

  #sendPose(moving: boolean, at = performance.timeOrigin + performance.now()): void {
    const pose = this.#view.value;
    const selected = this.#selected.value ?? "";
    if (pose) this.#up({ type: "pose", pose, moving, chosen: this.#chosen, selected, at });
  }

  #down(message: ViewDown): void {
    if (message.type === "event") this.#event(decodeEvent(message.bytes));
    else if (message.type === "stats") this.#stats.value = message.stats;
    else if (message.type === "shown") this.#shown.value = true;
    else if (message.type === "revision") this.#pictured.value = message.revision;
    else if (message.type === "recording") this.#recording.value = message.state;
    else if (message.type === "recorded") this.onRecorded(message.file, message.message);
    else if (message.type === "place") this.#takePlace(message.state);
    else if (message.type === "loading")
      this.#loading.value = { progress: message.progress, complete: message.complete };
    else if (message.type === "notice") this.#notices.show("warn", message.text);
    else if (message.type === "trouble") this.#trouble.value = message.message;
    else if (message.type === "canvas-lost") this.onCanvasLost();
    else this.#control(message);
  }

  #control(message: Extract<ViewDown, { type: "control" }>): void {
    const { open, code, message: words } = message;
    if (open) {
      // Resumed: nothing was lost, and no welcome comes.
      if (this.#copy.value) this.#phase.value = { phase: "open", code: "", message: "" };
      return;
    }
    this.#phase.value = phaseAfter(this.#phase.value, code, words);
    // A channel that waits to resume still brings its answers.
    if (code !== "interrupted") this.#requests.fail(code, words);
  }

  #takePlace(state: PlaceState): void {
    const before = this.#place.value;
    this.#place.value = state;
    // The worker follows the scene only while it draws.
    if (drawsHere(state) && !(before && drawsHere(before))) this.#sendScene();
  }

  #sendScene(): void {
    const scene = this.#scene.value;
    if (scene) this.#up({ type: "scene", scene });
  }

  #event(event: ViewerEvent): void {
    if (event.welcome) this.#welcome(event.welcome);
    else if (event.scene) this.#sceneChanged(event.scene);
    else if (event.view) this.#takeView(v.parse(View, JSON.parse(event.view.viewJson)));
    else if (event.loading)
      this.#loading.value = { progress: event.loading.progress, complete: event.loading.complete };
    else if (event.keys) this.#boundKeys = new Set(event.keys.keys);
    else if (event.held) this.#held.value = { ...event.held };
    else if (event.others) this.#others.value = v.parse(Onlookers, JSON.parse(event.others.json));
    else if (event.notice) {
      this.#notices.show(noticeLevel(event.notice.level), event.notice.text);
    } else if (event.progress) {
      const { task, text, fraction, ended } = event.progress;
      if (ended) this.#notices.ended(task);
      else this.#notices.progress(task, text, fraction);
    }
    if (event.replyTo > 0) this.#requests.answer(event);
  }

  #welcome(welcome: NonNullable<ViewerEvent["welcome"]>): void {
    const { adapter, adapterKind, encoder, rights, canUndo, canRedo } = welcome;
    this.#facts.value = { adapter, adapterKind, encoder, rights };
    this.#history.value = { canUndo, canRedo };
    // Those that are bound are told after this.
    this.#boundKeys = new Set();
    const scene = v.parse(Scene, JSON.parse(welcome.sceneJson));
    this.#setCopy(copyOf(scene));
    for (const listener of this.edits) listener.replaced();
    const told = v.parse(View, JSON.parse(welcome.viewJson));
    const fresh = this.#first?.(scene, told) ?? told;
    this.#first = undefined;
    const mine = this.#view.value;
    // Back after a break: the person's own view stays, unless the axes became others.
    if (mine && mine.dims.ndim === fresh.dims.ndim) {
      this.#takeView({ ...mine, dims: { ...mine.dims, range: fresh.dims.range } });
    } else this.#takeView(fresh);
    this.#phase.value = { phase: "open", code: "", message: "" };
    // The session itself turns the view of an empty scene to its first data.
    if (this.#scene.value?.layers.length === 0) this.#fitted = true;
    this.#fit();
  }

  #sceneChanged(event: NonNullable<ViewerEvent["scene"]>): void {
    this.#history.value = { canUndo: event.canUndo, canRedo: event.canRedo };
    if (event.sceneJson !== "") {
      const scene = v.parse(Scene, JSON.parse(event.sceneJson));
      this.#edit((copy) => replaced(copy, scene));
      for (const listener of this.edits) listener.replaced();
      return;
    }
    const ops = v.parse(Ops, JSON.parse(event.opsJson));
    this.#edit((copy) => changed(copy, ops, event.revision));
    for (const listener of this.edits) listener.confirmed(ops);
  }

  #takeView(view: View): void {
    this.#view.value = view;
    this.#sendPose(false);
  }

  /** The first view of a session is fitted to the canvas that it meets. */
  #fit(): void {
    const view = this.#view.value;
    if (this.#fitted || !view || !this.#size) return;
    this.#fitted = true;
    this.#takeView(resetView(view, this.#size, { keepAngles: true }));
  }

  #edit(change: (copy: SceneCopy) => SceneCopy): void {
    const copy = this.#copy.value;
    if (copy) this.#setCopy(change(copy));
  }

  #setCopy(copy: SceneCopy): void {
    const before = this.#scene.value;
    this.#copy.value = copy;
    this.#scene.value = copy.shown;
    if (this.#place.value && drawsHere(this.#place.value)) this.#sendScene();
    const { layers } = copy.shown;
    const gone = !layers.some((layer) => layer.id === this.#selected.value);
    const added = before && layers.length > before.layers.length;
    if (gone || added) {
      const fresh = layers.findLast((layer) => !before?.layers.some((old) => old.id === layer.id));
      this.select((fresh ?? layers.at(-1))?.id);
    }
  }

  #complain(cause: unknown): void {
    this.#notices.show("bad", cause instanceof Error ? cause.message : String(cause));
  }
}

/** Whether pictures are drawn in this page, or soon will be. */
function drawsHere({ where, starting }: PlaceState): boolean {
  return where === "here" || starting !== undefined;
}
