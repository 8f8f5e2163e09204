/** What a kernel's Python asks a session, and its answers: the scene, where people look, items, boxes of arrays, figures. */
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { encodeTable } from "@eyepiece/engine/data/table-wire.ts";
import { featuredInfo, isFeatured } from "@eyepiece/engine/model/label-features.ts";
import {
  isTableLayer,
  type Layer,
  noOverlays,
  type Scene,
  type View,
} from "@eyepiece/protocol/scene/schema.ts";
import { readRegion } from "../readers/region.ts";
import type { LookWish } from "./code-look.ts";
import type { SavedFile, SavedLook, SaveWish } from "./saving.ts";
import type { Session } from "./session.ts";

/** See the file's comment. */
export type Ask =
  | { readonly what: "scene" }
  /** Moves everybody's view, and tells it. */
  | { readonly what: "look"; readonly wish: LookWish }
  /** A layer's items: EYT1. */
  | { readonly what: "table"; readonly layer: string }
  /** A box of an image's or labels' finest level: little endian, C order, colours last. */
  | {
      readonly what: "region";
      readonly layer: string;
      readonly start: readonly number[];
      readonly shape: readonly number[];
    }
  /** Saves into the session's folder, from where `take` brings it. */
  | { readonly what: "save"; readonly wish: SaveWish }
  | {
      readonly what: "take";
      readonly token: string;
      readonly path: string;
      readonly offset: number;
      readonly length: number;
    }
  | { readonly what: "drop"; readonly token: string }
  /** Takes back, or does again. */
  | { readonly what: "undo"; readonly redo: boolean };

/** The answer; which of them is there depends on the question. */
export interface Answer {
  readonly scene?: Scene;
  readonly view?: View;
  readonly bytes?: Uint8Array;
  readonly dtype?: string;
  readonly done?: boolean;
  readonly token?: string;
  readonly files?: readonly SavedFile[];
}

/** The most bytes of one box. */
export const REGION_BYTES = 256 * 1024 * 1024;

/** Answers. @throws Error with a sentence for people */
export async function answer(session: Session, ask: Ask): Promise<Answer> {
  const { host } = session;
  switch (ask.what) {
    case "scene":
      return { scene: host.scene, view: wholeView(session.look().view) };
    case "look":
      return { view: wholeView(session.lookAt(ask.wish)) };
    case "save":
      return {
        ...(await session.saved.save(host, ask.wish, savedLook(session), {
          settled: (source) => session.labels.settled(source),
        })),
      };
    case "take":
      return { bytes: await session.saved.take(ask.token, ask.path, ask.offset, ask.length) };
    case "drop":
      await session.saved.drop(ask.token);
      return {};
    case "undo":
      return { done: await host.undo(ask.redo) };
    case "table": {
      const layer = layerOf(session, ask.layer);
      const info = isFeatured(layer) ? featuredInfo(layer) : undefined;
      const table = info && host.table(info.source);
      if (!table) throw new Error(`${layer.name} has no items here.`);
      return { bytes: encodeTable(table) };
    }
    case "region": {
      const layer = layerOf(session, ask.layer);
      const source = isTableLayer(layer) ? undefined : host.source(layer.data.source);
      if (!source) throw new Error(`The data of ${layer.name} are not open here.`);
      checkBox(source, ask.start, ask.shape);
      const data = await readRegion(source, 0, ask.start, ask.shape);
      return {
        bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
        dtype: source.dtype,
      };
    }
  }
}

/** A view as code reads it: whole, overlays that nobody has touched included. */
export function wholeView(view: View): View {
  return { ...view, overlays: view.overlays ?? noOverlays() };
}

/** Where people look, as a scene file keeps it. */
export function savedLook(session: Session): SavedLook {
  const { view, canvas } = session.look();
  return { view, canvas: { width: Math.max(1, canvas.width), height: Math.max(1, canvas.height) } };
}

function layerOf(session: Session, id: string): Layer {
  const layer = session.host.scene.layers.find((one) => one.id === id);
  if (!layer) throw new Error("This layer is not in the viewer any more.");
  return layer;
}

function checkBox(source: ChunkSource, start: readonly number[], shape: readonly number[]): void {
  const whole = source.levels[0]?.shape ?? [];
  const fits =
    start.length === whole.length &&
    shape.length === whole.length &&
    whole.every((size, axis) => (start[axis] ?? -1) >= 0 && (start[axis] ?? 0) + (shape[axis] ?? 0) <= size);
  if (!fits) throw new Error("The box is not within the array.");
  const bytes = shape.reduce((product, size) => product * size, 8 * Math.max(1, source.channels));
  if (bytes > REGION_BYTES * 2) throw new Error("The box is too large to be asked for at once.");
}
