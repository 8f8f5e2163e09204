/** What a kernel's Python asks of its viewers, checked, and how the node's sessions answer. */
import { colormap } from "@eyepiece/engine/model/colormaps.ts";
import {
  LAYER_PATCHES,
  type LayerPatch,
  type LayerType,
  readPatch,
} from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import type { Answer, Ask } from "../session/asks.ts";
import { LookWish } from "../session/code-look.ts";
import type { PictureWish, SessionPicture } from "../session/ipc.ts";
import type { OpenAs } from "../session/reading.ts";
import type { SessionManager } from "../sessions/manager.ts";

/** What kernels may do with viewers: the node's sessions. */
export interface KernelViewers {
  /** Makes a session. @returns its id */
  create(title: string, owner: string, arrays: string, work?: string): string;
  /** Whether a session was made for the kernel whose arrays these are. */
  made(session: string, arrays: string): boolean;
  /** Removes the sessions that were made for a kernel. */
  forget(arrays: string): Promise<void>;
  /** Opens a file. @returns ids of the layers */
  open(session: string, file: string, look: LayerPatch, as?: OpenAs): Promise<readonly string[]>;
  /** Applies SceneOp[] as JSON. */
  operate(session: string, json: string): Promise<void>;
  /** Takes a layer out for good: undo does not bring it back, and its array's file goes. */
  remove(session: string, layer: string): Promise<void>;
  /** What the session draws at rest; sides of 0: as large as it is shown. */
  picture(session: string, wish: PictureWish): Promise<SessionPicture>;
  ask(session: string, ask: Ask): Promise<Answer>;
  /** Hears what happens, as JSON. @returns what ends it */
  listen(session: string, hear: (json: string) => void): () => void;
  /** Says which keys its code has bound. */
  bindKeys(session: string, keys: readonly string[]): void;
}

/** The node's sessions as kernels have them. */
export function kernelViewers(sessions: () => SessionManager): KernelViewers {
  return {
    create: (title, owner, arrays, work) => {
      const id = sessions().create(title, owner, undefined, arrays, work).session ?? "";
      // Who makes a viewer shows something next: its process starts meanwhile. What stops it is told then.
      sessions()
        .ask(id, { what: "scene" })
        .catch(() => {});
      return id;
    },
    made: (session, arrays) => sessions().made(session, arrays),
    forget: (arrays) => sessions().forgetMade(arrays),
    open: (session, file, look, as) => sessions().open(session, file, look, as),
    operate: (session, json) => sessions().operate(session, json),
    remove: (session, layer) => sessions().removeLayer(session, layer),
    picture: (session, wish) => sessions().picture(session, wish),
    ask: (session, ask) => sessions().ask(session, ask),
    listen: (session, hear) => sessions().listen(session, hear),
    bindKeys: (session, keys) => sessions().bindKeys(session, keys),
  };
}

const Name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
const Side = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_536));
const Title = v.pipe(v.string(), v.maxLength(200));
const Path = v.pipe(v.string(), v.maxLength(4096));
const Axis = v.pipe(v.number(), v.integer(), v.minValue(0));
const Type = v.optional(v.picklist(Object.keys(LAYER_PATCHES) as LayerType[]), "image");
/** napari's keywords; a colormap by its name. */
const Look = v.looseObject({ colormap: v.optional(v.union([v.string(), v.looseObject({})])) });

/** One line of JSON. */
export const ViewerRequest = v.variant("op", [
  v.object({ op: v.literal("create"), title: Title }),
  /** Where the node's API is, and the key for it. */
  v.object({ op: v.literal("trainer") }),
  v.object({
    op: v.literal("keep"),
    name: v.pipe(v.string(), v.maxLength(64)),
    /** What each is called in the model's folder, and among the arrays. */
    files: v.pipe(
      v.array(
        v.object({
          name: v.pipe(v.string(), v.maxLength(160)),
          file: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}\.part$/)),
        }),
      ),
      v.maxLength(200),
    ),
  }),
  v.object({
    op: v.literal("add"),
    session: Name,
    file: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,128}\.(npy|chunks|table)$/)),
    type: Type,
    /** The layer whose data it becomes; a new one when left out. */
    layer: v.optional(Name),
    look: v.optional(Look, {}),
  }),
  v.object({
    op: v.literal("place"),
    session: Name,
    path: Path,
    device: v.number(),
    inode: v.number(),
    type: Type,
    look: Look,
  }),
  v.object({
    op: v.literal("screenshot"),
    session: Name,
    width: Side,
    height: Side,
    scale: v.optional(v.pipe(v.number(), v.minValue(1e-3), v.maxValue(1e3)), 1),
    figure: v.optional(v.boolean(), false),
  }),
  v.object({ op: v.literal("set"), session: Name, layer: Name, type: Type, look: Look }),
  v.object({ op: v.literal("remove"), session: Name, layer: Name }),
  /** SceneOp[]; the session checks them. */
  v.object({ op: v.literal("operate"), session: Name, ops: v.array(v.looseObject({ op: v.string() })) }),
  v.object({ op: v.literal("scene"), session: Name }),
  v.object({ op: v.literal("undo"), session: Name, redo: v.boolean() }),
  v.object({ op: v.literal("look"), session: Name, wish: LookWish }),
  v.object({ op: v.literal("table"), session: Name, layer: Name }),
  v.object({
    op: v.literal("region"),
    session: Name,
    layer: Name,
    start: v.array(Axis),
    shape: v.array(Axis),
  }),
  v.object({
    op: v.literal("open"),
    session: Name,
    path: Path,
    device: v.optional(v.number()),
    inode: v.optional(v.number()),
    look: v.optional(Look, {}),
  }),
  v.object({
    op: v.literal("save"),
    session: Name,
    name: v.pipe(v.string(), v.regex(/^[^/\0]{1,200}$/)),
    layers: v.optional(v.array(Name)),
  }),
  v.object({
    op: v.literal("take"),
    session: Name,
    token: Name,
    path: Path,
    offset: Axis,
    length: Axis,
  }),
  v.looseObject({ op: v.literal("drop"), session: Name, token: Name }),
  v.object({ op: v.literal("listen"), session: Name }),
  v.object({
    op: v.literal("keys"),
    session: Name,
    keys: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(256)),
  }),
]);
/** See the value. */
export type ViewerRequest = v.InferOutput<typeof ViewerRequest>;

/** A line of JSON, and bytes after it. */
export type Reply = Readonly<Record<string, unknown>> & { readonly bytes?: Uint8Array };

/** Answers what needs no file of the kernel's. @throws Error with a sentence */
export async function answerViewer(
  viewers: KernelViewers,
  request: Exclude<
    ViewerRequest,
    { op: "create" | "keep" | "trainer" | "add" | "place" | "open" | "listen" }
  >,
): Promise<Reply> {
  const { session } = request;
  switch (request.op) {
    case "remove":
      await viewers.remove(session, request.layer);
      return {};
    case "screenshot": {
      const { width, height, scale, figure } = request;
      const taken = await viewers.picture(session, { width, height, scale, figure, format: "rgba" });
      return { bytes: taken.bytes, width: taken.width, height: taken.height };
    }
    case "set": {
      const set = looks(request.type, request.look);
      await viewers.operate(session, JSON.stringify([{ op: "layer.set", id: request.layer, set }]));
      return {};
    }
    case "operate":
      await viewers.operate(session, JSON.stringify(request.ops));
      return {};
    case "keys":
      viewers.bindKeys(session, request.keys);
      return {};
    case "scene":
      return { ...(await viewers.ask(session, { what: "scene" })) };
    case "undo":
      return { ...(await viewers.ask(session, { what: "undo", redo: request.redo })) };
    case "look":
      return { ...(await viewers.ask(session, { what: "look", wish: request.wish })) };
    case "table":
      return { ...(await viewers.ask(session, { what: "table", layer: request.layer })) };
    case "region": {
      const { layer, start, shape } = request;
      return { ...(await viewers.ask(session, { what: "region", layer, start, shape })) };
    }
    case "save": {
      const { name, layers } = request;
      const wish = { name, ...(layers && { layers }) };
      return { ...(await viewers.ask(session, { what: "save", wish })) };
    }
    case "take": {
      const { token, path, offset, length } = request;
      return { ...(await viewers.ask(session, { what: "take", token, path, offset, length })) };
    }
    case "drop":
      return { ...(await viewers.ask(session, { what: "drop", token: request.token })) };
  }
}

/** napari's keywords as a patch. @throws Error that names what is wrong */
export function looks(type: LayerType, given: v.InferOutput<typeof Look>): LayerPatch {
  const known = new Set(Object.keys(LAYER_PATCHES[type].entries));
  for (const name of Object.keys(given))
    if (!known.has(name)) throw new Error(`A layer has no property ${name}.`);
  return readPatch(type, namedLook(given));
}

/** napari's keywords, for layers of which the type is not known yet. */
export function namedLook(given: v.InferOutput<typeof Look>): LayerPatch {
  return Object.fromEntries(Object.entries(given).map(named)) as LayerPatch;
}

/** Colormaps may be names, also those within the rules of items' colours. */
function named([key, value]: [string, unknown]): [string, unknown] {
  if (key === "colormap" && typeof value === "string") return [key, colormap(value)];
  if (["face", "border", "edge"].includes(key) && typeof value === "object" && value !== null)
    return [key, Object.fromEntries(Object.entries(value).map(named))];
  return [key, value];
}
