/**
 * Where a view's pictures come from: the node's stream, or the engine in this page.
 *
 *     node --chosen, measured--> starting: drawn here, not shown; the stream goes on
 *     starting --the first complete picture--> here: nothing is streamed
 *     starting, here --another choice, a film, a fault (told in words)--> node
 *
 * The choice itself is `choose.ts`. A fault of a scene holds until the scene has other data or the person chooses anew.
 */
import type { Scene } from "@eyepiece/protocol/scene/schema.ts";
import type { Link } from "@eyepiece/protocol/wire/link.ts";
import type { CanvasSize, PlaceState, Stages, ViewDown } from "../worker/api.ts";
import type { Picture } from "../worker/decoder.ts";
import { quantile } from "../worker/timing.ts";
import { BrickClient } from "./brick-client.ts";
import { choosePlace, type PlaceChoice, type PlaceWanted } from "./choose.ts";
import { findAdapter, type HereAdapter, openDevice } from "./device.ts";
import type { HereLook, HereView } from "./here-view.ts";

/** Pictures whose times are kept. */
const KEPT = 30;
const MiB = 1024 * 1024;

/** What the view's stream does for it. */
export interface PlaceHooks {
  readonly tell: (message: ViewDown) => void;
  /** Shows a picture that was drawn here. */
  readonly offer: (picture: Picture) => void;
  /** The node is to hear whether its pictures are wanted. */
  readonly changed: () => void;
  readonly recording: () => boolean;
}

/** See the file's comment. */
export class RenderPlace {
  readonly #link: Pick<Link, "open">;
  readonly #params: Uint8Array;
  readonly #hooks: PlaceHooks;
  #wanted: PlaceWanted = "node";
  #nodeKind = "";
  #nodeMs: number | undefined;
  #adapter: HereAdapter | null | undefined;
  /** Milliseconds for a million pixels, by the benchmark. */
  #benchmark: number | undefined;
  #drawn: number[] = [];
  #obstacle = "";
  /** The data for which there is an obstacle. */
  #obstacleOf: string | undefined;
  #asking = false;
  #view: HereView | undefined;
  #device: GPUDevice | undefined;
  #starting: Promise<void> | undefined;
  #here = false;
  #progress = 0;
  #choice: PlaceChoice = { where: "node", why: "" };
  #scene: Scene | undefined;
  #look: HereLook | undefined;
  #size: CanvasSize | undefined;
  #visible = true;
  #told = "";
  #disposed = false;

  /** @param params an encoded ViewerParams */
  constructor(link: Pick<Link, "open">, params: Uint8Array, hooks: PlaceHooks) {
    this.#link = link;
    this.#params = params;
    this.#hooks = hooks;
  }

  /** Pictures are drawn here and none is streamed. */
  get here(): boolean {
    return this.#here;
  }

  /** The person's choice. Chosen anew, what failed before is tried again. */
  want(wanted: PlaceWanted): void {
    this.#wanted = wanted;
    this.#obstacle = "";
    this.#decide();
  }

  /** The session told what it draws with. */
  welcome(nodeKind: string): void {
    this.#nodeKind = nodeKind;
    this.#decide();
  }

  scene(scene: Scene): void {
    this.#scene = scene;
    if (this.#obstacle !== "" && dataOf(scene) !== this.#obstacleOf) this.#obstacle = "";
    this.#view?.setScene(scene);
    this.#decide();
  }

  look(look: HereLook, size: CanvasSize): void {
    this.#look = look;
    this.#size = size;
    this.#view?.look(look, size);
  }

  visible(visible: boolean): void {
    this.#visible = visible;
    this.#view?.setVisible(visible);
  }

  /** A recording began or ended. */
  recorded(): void {
    this.#decide();
  }

  /** Medians of pictures that the node drew. */
  streamed(stages: Stages): void {
    if (this.#here) return;
    const { up, queue, render, convert, encode, down, decode } = stages;
    this.#nodeMs = up + queue + render + convert + encode + down + decode;
    this.#decide();
  }

  dispose(): void {
    this.#disposed = true;
    this.#stop();
    this.#device?.destroy();
  }

  /** Milliseconds of a picture of this canvas: as it was while it was drawn here, else as the benchmark lets expect. */
  get #hereMs(): number | undefined {
    if (this.#drawn.length > 0) return quantile(this.#drawn, 0.5);
    if (this.#benchmark === undefined || !this.#size) return undefined;
    const { width, height, ratio } = this.#size;
    return (this.#benchmark * width * height * ratio * ratio) / 1e6;
  }

  #decide(): void {
    if (this.#disposed) return;
    this.#choice = choosePlace({
      wanted: this.#wanted,
      now: this.#here ? "here" : "node",
      nodeKind: this.#nodeKind,
      nodeMs: this.#nodeMs,
      adapter: this.#adapter,
      hereMs: this.#hereMs,
      recording: this.#hooks.recording(),
      obstacle: this.#obstacle,
    });
    if (this.#choice.ask !== undefined) void this.#find(this.#choice.ask);
    if (this.#choice.where === "node") this.#stop();
    else this.#starting ??= this.#start();
    this.#tell();
  }

  /** Finds out what the choice needs to know; one thing at a time. */
  async #find(what: "adapter" | "measure"): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      if (what === "adapter") this.#adapter = (await findAdapter()) ?? null;
      else {
        // The engine comes only to those who use it here.
        const { measure } = await import("./measure.ts");
        this.#benchmark = await measure(await this.#open(), this.#adapter?.software ?? false);
      }
    } catch (cause) {
      this.#trip(`This computer's GPU could not be used: ${words(cause)}`);
    } finally {
      this.#asking = false;
    }
    this.#decide();
  }

  /** The device; found again after it was lost. */
  async #open(): Promise<GPUDevice> {
    if (this.#device) return this.#device;
    const found = await findAdapter();
    if (!found) throw new Error("This browser gives the page no GPU (WebGPU).");
    this.#adapter = found;
    const device = await openDevice(found);
    this.#device = device;
    void device.lost.then(() => {
      if (this.#device === device) this.#device = undefined;
    });
    return device;
  }

  async #start(): Promise<void> {
    try {
      const [device, { HereView }] = await Promise.all([this.#open(), import("./here-view.ts")]);
      if (this.#choice.where !== "here" || this.#disposed) return;
      const view = await HereView.create(
        device,
        this.#adapter?.software ?? true,
        (events) => new BrickClient(this.#link, this.#params, events),
        {
          onPicture: (picture) => this.#picture(picture),
          onLoading: (progress, complete) => this.#loading(progress, complete),
          onFailed: (reason) => this.#trip(reason),
        },
      );
      this.#view = view;
      view.setVisible(this.#visible);
      if (this.#scene) view.setScene(this.#scene);
      if (this.#look && this.#size) view.look(this.#look, this.#size);
    } catch (cause) {
      this.#trip(`This computer's GPU could not be used: ${words(cause)}`);
    }
  }

  #stop(): void {
    this.#starting = undefined;
    this.#view?.dispose();
    this.#view = undefined;
    this.#progress = 0;
    if (!this.#here) return;
    this.#here = false;
    this.#hooks.changed();
  }

  #picture(picture: Picture): void {
    if (!this.#here) {
      // Until the first one is whole the node's is better.
      if (!picture.head.exact) {
        picture.image.close();
        return;
      }
      this.#here = true;
      this.#drawn = [];
      this.#hooks.changed();
    }
    if (!picture.head.exact) {
      this.#drawn.push(picture.head.renderUs / 1000);
      if (this.#drawn.length > KEPT) this.#drawn.shift();
    }
    this.#hooks.offer(picture);
    this.#tell();
  }

  #loading(progress: number, complete: boolean): void {
    this.#progress = progress;
    if (this.#here) this.#hooks.tell({ type: "loading", progress, complete });
    else this.#tell();
  }

  /** It cannot be done here: back to the stream, with words. */
  #trip(reason: string): void {
    if (this.#disposed || this.#obstacle !== "") return;
    this.#obstacle = reason;
    this.#obstacleOf = this.#scene && dataOf(this.#scene);
    if (this.#here || this.#wanted === "here")
      this.#hooks.tell({ type: "notice", text: `${reason} The node draws instead.` });
    // What failed may be in the midst of a picture of its own.
    queueMicrotask(() => this.#decide());
  }

  #tell(): void {
    const adapter = this.#adapter;
    const hereMs = this.#hereMs;
    const held = this.#view?.held;
    const state: PlaceState = {
      wanted: this.#wanted,
      where: this.#here ? "here" : "node",
      starting: this.#choice.where === "here" && !this.#here ? this.#progress : undefined,
      why: this.#choice.why,
      here: adapter
        ? { adapter: adapter.name, software: adapter.software, ms: hereMs, drawn: this.#drawn.length > 0 }
        : undefined,
      nodeMs: this.#nodeMs,
      held,
    };
    // A state that says the same is not told again: pictures come many times a second.
    const told = JSON.stringify([
      ...[state.wanted, state.where, state.starting, state.why, adapter?.name, state.here?.drawn],
      ...[hereMs, this.#nodeMs, (held?.memory ?? 0) / MiB, (held?.gpu ?? 0) / MiB].map((value) =>
        Math.round(value ?? 0),
      ),
    ]);
    if (told === this.#told) return;
    this.#told = told;
    this.#hooks.tell({ type: "place", state });
  }
}

/** Names the data of a scene. */
function dataOf(scene: Scene): string {
  return scene.layers.map((layer) => layer.data.source).join(" ");
}

function words(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
