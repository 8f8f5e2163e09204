/**
 * A session as the node sees it: a folder with a journal, and a process while somebody looks. Views stay joined while the
 * process dies and comes back.
 *
 *     resting --join/open--> starting --ready--> running --idle--> resting
 *                               ^------- crash, after a pause -------|
 *                               `--too many crashes--> failed --join--> starting
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { LayerPatch } from "@eyepiece/protocol/scene/schema.ts";
import { encodeMessage, viewer } from "@eyepiece/protocol/wire/messages.ts";
import type { Answer, Ask } from "../session/asks.ts";
import type {
  FromSession,
  PictureWish,
  SessionFacts,
  SessionPicture,
  SessionSettings,
  ToSession,
  ViewCaller,
} from "../session/ipc.ts";
import type { OpenAs } from "../session/reading.ts";

const ENTRY = fileURLToPath(new URL("../session/main.ts", import.meta.url));
const RESTART_MS = [100, 500, 1000, 2000, 5000];
const MAX_CRASHES = 6;
const CRASH_WINDOW_MS = 60_000;

export type SessionState = "resting" | "starting" | "running" | "failed";

/** Where a view's messages go. */
export interface ViewSink {
  readonly caller: ViewCaller;
  /** The view may use the device's encoder; else it encodes on the CPU. */
  readonly hardwareEncoder: boolean;
  event(bytes: Uint8Array): void;
  picture(bytes: Uint8Array): void;
  /** A BrickEvent, encoded. */
  brick(bytes: Uint8Array): void;
  /** Bytes of those that the page has not taken yet. */
  bricksPending(): number;
}

export interface SessionProcessOptions {
  readonly id: string;
  readonly folder: string;
  readonly title: () => string;
  readonly settings: () => SessionSettings;
  readonly environment: () => NodeJS.ProcessEnv;
  /** How long a session without views keeps its process, in milliseconds. */
  readonly idleMs: number;
  readonly onSummary: (summary: { title: string; layers: readonly string[] }) => void;
  /** Addresses that the session can never show again. */
  readonly onReleased: (uris: readonly string[]) => void;
  readonly onState: (state: SessionState) => void;
  readonly log: (line: string) => void;
}

interface Joined {
  readonly sink: ViewSink;
  /** Its page draws by itself: bytes sent to it by the process that is there now. */
  bricks: { sent: number } | undefined;
  pixels: { open: boolean; acknowledged: number };
}

/** What a process is asked and answers once; asked again when it dies before. */
type Task =
  | { readonly type: "open"; readonly uri: string; readonly look?: LayerPatch; readonly as?: OpenAs }
  | { readonly type: "ask"; readonly ask: Ask }
  | { readonly type: "operate"; readonly json: string }
  | { readonly type: "remove"; readonly layer: string }
  | { readonly type: "draw"; readonly wish: PictureWish };

/** What a task gives; each only one of them. */
interface Given {
  readonly layers: readonly string[];
  readonly picture?: SessionPicture;
  readonly answer?: Answer;
}

/** Keeps the process of one session as long as it is needed. */
export class SessionProcess {
  readonly #options: SessionProcessOptions;
  readonly #views = new Map<string, Joined>();
  readonly #listeners = new Set<(json: string) => void>();
  /** Keys that code has bound, as long as it listens. */
  #keys: readonly string[] = [];
  readonly #opens = new Map<
    number,
    { message: Task; resolve: (given: Given) => void; reject: (e: Error) => void }
  >();
  #child: ChildProcess | undefined;
  #state: SessionState = "resting";
  #facts: SessionFacts | undefined;
  #crashes: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;
  #task = 0;
  #ended = false;

  constructor(options: SessionProcessOptions) {
    this.#options = options;
  }

  get state(): SessionState {
    return this.#state;
  }

  get views(): number {
    return this.#views.size;
  }

  get facts(): SessionFacts | undefined {
    return this.#facts;
  }

  /** The process's id while there is one. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Adds a view, or replaces one of the same name. */
  join(view: string, sink: ViewSink): void {
    clearTimeout(this.#idle);
    const known = this.#views.get(view);
    const pixels = known?.pixels ?? { open: false, acknowledged: 0 };
    this.#views.set(view, { sink, pixels, bricks: known?.bricks });
    if (this.#state === "failed") this.#crashes = [];
    this.#ensure();
    if (this.#state === "running") this.#join(view, sink);
  }

  /** Removes a view if it still is that sink's. */
  leave(view: string, sink: ViewSink): void {
    if (this.#views.get(view)?.sink !== sink) return;
    this.#views.delete(view);
    this.#send({ type: "leave", view });
    this.#rest();
  }

  request(view: string, bytes: Uint8Array): void {
    this.#send({ type: "request", view, bytes });
  }

  /** Tells how far the view's pixel channel is. */
  pixels(view: string, open: boolean, acknowledged: number): void {
    const joined = this.#views.get(view);
    if (joined) joined.pixels = { open, acknowledged };
    this.#send({ type: "pixels", view, open, acknowledged });
  }

  /** A channel came or went on which a view's page gets data to draw by itself. */
  bricks(view: string, open: boolean): void {
    const joined = this.#views.get(view);
    if (joined) joined.bricks = open ? { sent: 0 } : undefined;
    this.#send({ type: "bricks", view, open, acknowledged: 0 });
  }

  /** The page has taken some of what was sent. */
  bricksTaken(view: string): void {
    const joined = this.#views.get(view);
    // What is pending may be from a process before this one.
    const acknowledged = (joined?.bricks?.sent ?? 0) - (joined?.sink.bricksPending() ?? 0);
    if (acknowledged > 0) this.#send({ type: "bricks", view, open: true, acknowledged });
  }

  /** What a page that draws by itself asks. */
  brick(view: string, bytes: Uint8Array): void {
    this.#send({ type: "brick", view, bytes });
  }

  /** Opens data; resolves with the new layers' ids. */
  async open(uri: string, look?: LayerPatch, as?: OpenAs): Promise<readonly string[]> {
    return (await this.#do({ type: "open", uri, ...(look && { look }), ...(as && { as }) })).layers;
  }

  /** Asks the session something. */
  async ask(ask: Ask): Promise<Answer> {
    return (await this.#do({ type: "ask", ask })).answer ?? {};
  }

  /** Hears what happens in the session, as JSON, as long as it has a process. @returns what ends it */
  listen(hear: (json: string) => void): () => void {
    this.#listeners.add(hear);
    this.#send({ type: "listen", on: true });
    return () => {
      this.#listeners.delete(hear);
      if (this.#listeners.size > 0) return;
      this.#send({ type: "listen", on: false });
      if (this.#keys.length > 0) this.bindKeys([]);
    };
  }

  /** Says which keys code has bound; they are told to it by `listen`. */
  bindKeys(keys: readonly string[]): void {
    this.#keys = keys;
    this.#send({ type: "keys", keys });
  }

  /** Takes a layer out for good. */
  async remove(layer: string): Promise<void> {
    await this.#do({ type: "remove", layer });
  }

  /** What it draws at rest. */
  async draw(wish: PictureWish): Promise<SessionPicture> {
    const { picture } = await this.#do({ type: "draw", wish });
    if (!picture) throw new Error("The session drew nothing.");
    return picture;
  }

  /** Applies operations: JSON of SceneOp[]. */
  async operate(json: string): Promise<void> {
    await this.#do({ type: "operate", json });
  }

  #do(message: Task): Promise<Given> {
    const task = ++this.#task;
    return new Promise((resolve, reject) => {
      this.#opens.set(task, { message, resolve, reject });
      this.#ensure();
      if (this.#state === "running") this.#send({ ...message, task });
    });
  }

  /** Asks the session to live with fewer bytes on the GPU. */
  budget(gpuBytes: number): void {
    this.#send({ type: "budget", gpuBytes });
  }

  /** Ends the process, keeping the journal. */
  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#idle);
    await this.#stop();
    this.#change("resting");
  }

  #change(state: SessionState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state);
  }

  #send(message: ToSession): void {
    // A message to a process that is just dying is told by its exit; everything that matters is sent again then.
    if (this.#child?.connected)
      this.#child.send(message, (error) => error && this.#options.log(String(error)));
  }

  #join(view: string, sink: ViewSink): void {
    this.#send({ type: "join", view, caller: sink.caller, hardwareEncoder: sink.hardwareEncoder });
  }

  #ensure(): void {
    if (this.#ended || this.#child || this.#state === "starting") return;
    this.#change("starting");
    this.#start();
  }

  #start(): void {
    const { id, folder } = this.#options;
    const child = fork(ENTRY, [id], {
      serialization: "advanced",
      env: this.#options.environment(),
      // Pixels die young: with a nursery of 2 MiB, not 16, they go 150 MB sooner, at the same speed (ADR 22).
      execArgv: ["--max-semi-space-size=2"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#child = child;
    child.on("message", (message) => this.#received(message as FromSession));
    child.on("exit", (code, signal) => this.#exited(child, code, signal));
    child.on("error", (error) => this.#options.log(`session ${id}: ${error.message}`));
    this.#send({
      type: "begin",
      session: id,
      folder,
      title: this.#options.title(),
      settings: this.#options.settings(),
    });
  }

  #received(message: FromSession): void {
    if (message.type === "picture") this.#views.get(message.view)?.sink.picture(message.bytes);
    else if (message.type === "brick") this.#brick(message);
    else if (message.type === "event") this.#views.get(message.view)?.sink.event(message.bytes);
    else if (message.type === "ready") {
      this.#facts = message.facts;
      this.#change("running");
      for (const [view, joined] of this.#views) {
        this.#join(view, joined.sink);
        this.#send({ type: "pixels", view, ...joined.pixels });
        if (joined.bricks) this.bricks(view, true);
      }
      if (this.#listeners.size > 0) this.#send({ type: "listen", on: true });
      if (this.#keys.length > 0) this.#send({ type: "keys", keys: this.#keys });
      for (const [task, { message }] of this.#opens) this.#send({ ...message, task });
      this.#rest();
    } else if (message.type === "opened") {
      const waiting = this.#opens.get(message.task);
      this.#opens.delete(message.task);
      if (message.failure === undefined) waiting?.resolve({ layers: message.layers });
      else waiting?.reject(new Error(message.failure));
      this.#rest();
    } else if (message.type === "drawn") {
      this.#opens.get(message.task)?.resolve({ layers: [], picture: message.picture });
      this.#opens.delete(message.task);
      this.#rest();
    } else if (message.type === "answered") {
      this.#opens.get(message.task)?.resolve({ layers: [], answer: message.answer });
      this.#opens.delete(message.task);
      this.#rest();
    } else if (message.type === "told") for (const hear of this.#listeners) hear(message.json);
    else if (message.type === "released") this.#options.onReleased(message.uris);
    else if (message.type === "summary") this.#options.onSummary(message);
    else this.#tell(message.reason);
  }

  #brick({ view, bytes }: Extract<FromSession, { type: "brick" }>): void {
    const joined = this.#views.get(view);
    if (!joined?.bricks) return;
    joined.bricks.sent += bytes.byteLength;
    joined.sink.brick(bytes);
  }

  #exited(child: ChildProcess, code: number | null, signal: string | null): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    if (this.#ended || (code === 0 && this.#views.size === 0 && this.#opens.size === 0)) {
      this.#change("resting");
      return;
    }
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < CRASH_WINDOW_MS), now];
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
    this.#options.log(`session ${this.#options.id} ${how}`);
    if (this.#crashes.length >= MAX_CRASHES) {
      const words = `The session's process ${how}, ${MAX_CRASHES} times within a minute. Its scene is kept; reload to try again.`;
      this.#change("failed");
      this.#tell(words);
      for (const waiting of this.#opens.values()) waiting.reject(new Error(words));
      this.#opens.clear();
      return;
    }
    this.#change("starting");
    const wait = RESTART_MS[Math.min(this.#crashes.length - 1, RESTART_MS.length - 1)] ?? 1000;
    this.#timer = setTimeout(() => this.#start(), wait);
  }

  #tell(message: string): void {
    const bytes = encodeMessage(viewer.ViewerEvent, { notice: { level: "error", text: message } });
    for (const { sink } of this.#views.values()) sink.event(bytes);
  }

  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#views.size > 0 || this.#opens.size > 0) return;
    this.#idle = setTimeout(() => {
      void this.#stop();
    }, this.#options.idleMs);
    this.#idle.unref();
  }

  async #stop(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    this.#send({ type: "end" });
    const hard = setTimeout(() => child.kill("SIGKILL"), 1500);
    await exited;
    clearTimeout(hard);
  }
}
