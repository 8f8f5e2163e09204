/** The key frames of one session, kept in this browser. */
import { duration, frameAt, keyFrame, turntable } from "@eyepiece/engine/model/animation.ts";
import { readPatch, type SceneOp, type View } from "@eyepiece/protocol/scene/schema.ts";
import { KeyFrame } from "@eyepiece/protocol/viewer/film.ts";
import { type ReadonlySignal, signal } from "@preact/signals-core";
import * as v from "valibot";
import type { SessionService } from "../../services/session.ts";
import { randomId } from "../../services/view-id.ts";

/** A key frame in the strip. */
export interface StripKey {
  readonly id: string;
  readonly key: KeyFrame;
  /** A small picture; empty until there is one. */
  readonly picture: string;
}

const Kept = v.array(v.object({ id: v.string(), key: KeyFrame, picture: v.optional(v.string(), "") }));
const SMALL = { width: 144, height: 96, bare: true };

/** See the file's comment. */
export class AnimationStore {
  readonly #session: SessionService;
  readonly #keys = signal<readonly StripKey[]>([]);
  readonly #time = signal<number | undefined>(undefined);
  readonly keys: ReadonlySignal<readonly StripKey[]> = this.#keys;
  /** Seconds into the animation while it plays. */
  readonly time: ReadonlySignal<number | undefined> = this.#time;
  #frame = 0;

  constructor(session: SessionService) {
    this.#session = session;
    try {
      this.#keys.value = v.parse(Kept, JSON.parse(localStorage.getItem(this.#place) ?? "[]"));
    } catch (cause) {
      console.info("Key frames that were kept cannot be read:", String(cause));
    }
  }

  get #place(): string {
    return `eyepiece.animation.${this.#session.id}`;
  }

  /** Seconds from the first key frame to the last. */
  get seconds(): number {
    return duration(this.#keys.value.map(({ key }) => key));
  }

  /** What is shown now becomes a key frame, after the one that is named or at the end. */
  async add(after?: string): Promise<void> {
    const key = this.#now();
    if (!key) return;
    const fresh: StripKey = { id: randomId(), key, picture: "" };
    const keys = [...this.#keys.value];
    const at = keys.findIndex((one) => one.id === after);
    keys.splice(at < 0 ? keys.length : at + 1, 0, fresh);
    this.#set(keys);
    await this.#picture(fresh.id);
  }

  /** What is shown now takes a key frame's place. */
  async replace(id: string): Promise<void> {
    const now = this.#now();
    if (!now) return;
    this.change(id, { view: now.view, layers: now.layers });
    await this.#picture(id);
  }

  change(id: string, changes: Partial<KeyFrame>): void {
    this.#set(
      this.#keys.value.map((one) => (one.id === id ? { ...one, key: { ...one.key, ...changes } } : one)),
    );
  }

  remove(id: string): void {
    this.#set(this.#keys.value.filter((one) => one.id !== id));
  }

  /** Puts a key frame before or after its neighbours. */
  move(id: string, by: number): void {
    const keys = [...this.#keys.value];
    const from = keys.findIndex((one) => one.id === id);
    const [one] = keys.splice(from, 1);
    if (!one) return;
    keys.splice(Math.min(keys.length, Math.max(0, from + by)), 0, one);
    this.#set(keys);
  }

  clear(): void {
    this.#set([]);
  }

  /** A whole turn about the vertical axis takes the place of all key frames. */
  async turntable(seconds: number): Promise<void> {
    const scene = this.#session.scene.peek();
    const view = this.#look();
    if (!scene || view?.dims.ndisplay !== 3) return;
    const keys = turntable(scene, view, seconds);
    this.#set(keys.map((key) => ({ id: randomId(), key, picture: "" })));
    const [first] = this.#keys.value;
    if (first) await this.#picture(first.id);
  }

  /** Shows a key frame: the view, and for who may edit the layers' properties. */
  show(id: string): void {
    this.stop();
    const key = this.#keys.value.find((one) => one.id === id)?.key;
    const scene = this.#session.scene.peek();
    if (!key || !scene) return;
    this.#session.showView(key.view);
    if (!this.#session.mayEdit) return;
    const ops = scene.layers.flatMap((layer): SceneOp[] => {
      const known: Readonly<Record<string, unknown>> = layer;
      const look = Object.entries(key.layers[layer.id] ?? {});
      const set = Object.fromEntries(
        look.filter(([name, value]) => JSON.stringify(known[name]) !== JSON.stringify(value)),
      );
      return Object.keys(set).length === 0
        ? []
        : [{ op: "layer.set", id: layer.id, set: readPatch(layer.type, set), alone: true }];
    });
    if (ops.length > 0) this.#session.apply(ops);
  }

  /** Plays from the beginning, once, with this page's view. */
  play(): void {
    this.stop();
    const keys = this.#keys.value.map(({ key }) => key);
    if (keys.length < 2) return;
    const began = performance.now();
    const whole = duration(keys);
    const step = (): void => {
      const seconds = (performance.now() - began) / 1000;
      const { view } = frameAt(keys, Math.min(seconds, whole));
      this.#session.showView(view, { moving: seconds < whole });
      if (seconds >= whole) {
        this.#time.value = undefined;
        return;
      }
      this.#time.value = seconds;
      this.#frame = requestAnimationFrame(step);
    };
    step();
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#time.value = undefined;
  }

  #now(): KeyFrame | undefined {
    const scene = this.#session.scene.peek();
    const view = this.#look();
    return scene && view && keyFrame(scene, view);
  }

  /** Where the person looks. What lies over it is a film's as a whole, never a key frame's. */
  #look(): View | undefined {
    const view = this.#session.view.peek();
    return view && { camera: view.camera, dims: view.dims, grid: view.grid };
  }

  async #picture(id: string): Promise<void> {
    try {
      const { screenshot } = await this.#session.ask({ screenshot: SMALL }, 60_000);
      if (!screenshot) return;
      const bytes = screenshot.png as Uint8Array<ArrayBuffer>;
      const picture = await new Promise<string>((done, failed) => {
        const reader = new FileReader();
        reader.onload = () => done(String(reader.result));
        reader.onerror = () => failed(reader.error ?? new Error("unreadable"));
        reader.readAsDataURL(new Blob([bytes], { type: "image/png" }));
      });
      this.#set(this.#keys.value.map((one) => (one.id === id ? { ...one, picture } : one)));
    } catch (cause) {
      console.info("A key frame has no picture:", String(cause));
    }
  }

  #set(keys: readonly StripKey[]): void {
    this.#keys.value = keys;
    try {
      localStorage.setItem(this.#place, JSON.stringify(keys));
    } catch {
      // Full: the pictures are what is large, and can be done without.
      localStorage.setItem(this.#place, JSON.stringify(keys.map((one) => ({ ...one, picture: "" }))));
    }
  }
}
