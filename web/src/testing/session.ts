/** The node's end of a session, in the page: scene, undo, requests; no pictures. */

import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { encodeTable } from "@eyepiece/engine/data/table-wire.ts";
import { colormap } from "@eyepiece/engine/model/colormaps.ts";
import { emptyTable } from "@eyepiece/engine/model/columns.ts";
import { applyItems } from "@eyepiece/engine/model/items.ts";
import { applyOps } from "@eyepiece/engine/model/scene.ts";
import { tableInfo } from "@eyepiece/engine/model/table-layers.ts";
import { NO_HISTORY, record, redo, undo } from "@eyepiece/engine/model/undo.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import {
  type ImageLayer,
  type ItemOp,
  isTableLayer,
  type Layer,
  type Scene,
  type SceneOp,
  type View,
} from "@eyepiece/protocol/scene/schema.ts";
import { decodeMessage, encodeMessage, type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";
import { Notices } from "../services/notices.ts";
import { SessionService } from "../services/session.ts";
import type { ToolOverlay, ViewDown, ViewUp } from "../viewer/worker/api.ts";

/** A layer of t, z, y, x. */
export function imageLayer(id: string, changes: Partial<ImageLayer> = {}): ImageLayer {
  const shape = [5, 8, 16, 32];
  const identity = (n: number) =>
    Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => +(i === j)));
  return {
    ...{
      type: "image",
      id,
      rgb: false,
      name: id,
      visible: true,
      metadata: {},
      editable: true,
      locked: false,
      link: "",
      bounding_box: false,
      name_overlay: false,
      opacity: 1,
      blending: "translucent_no_depth",
    },
    data: {
      source: id,
      version: 0,
      shape,
      dtype: "uint16",
      levels: [shape],
      nbytes: 40_960,
      label: `${id}.npy`,
    },
    ...{ experimental_clipping_planes: [], scale: [1, 1, 1, 1], translate: [0, 0, 0, 0], shear: [] },
    ...{ units: ["second", "micrometer", "micrometer", "micrometer"], axis_labels: ["t", "z", "y", "x"] },
    ...{
      rotate: identity(4),
      affine: identity(5),
      contrast_limits: [0, 1000],
      contrast_limits_range: [0, 1000],
    },
    ...{ gamma: 1, colormap: colormap("gray"), interpolation2d: "nearest", interpolation3d: "linear" },
    ...{
      rendering: "mip",
      iso_threshold: 500,
      attenuation: 0.05,
      depiction: "volume",
      projection_mode: "mean",
    },
    ...{ plane: { position: [4, 8, 16], normal: [1, 0, 0], thickness: 1 }, locked_data_level: null },
    ...changes,
  };
}

/** A session that runs. */
export interface TestSession {
  readonly service: SessionService;
  readonly notices: Notices;
  /** The node's scene. */
  scene(): Scene;
  /** Poses that arrived, the newest last. */
  readonly poses: Extract<ViewUp, { type: "pose" }>[];
  /** What was asked, by name. */
  readonly asked: string[];
  /** Operations that arrived, in order. */
  readonly ops: SceneOp[];
  /** What tools drew, the newest last. */
  readonly drawn: (ToolOverlay | undefined)[];
  /** The items of a layer, as the node has them. */
  table(layer: string): TableSource | undefined;
  /** A picture of a revision is on the screen. */
  show(revision: number): void;
  /** What the node sees under a place of the canvas: voxel coordinates, or nothing. */
  seen: (x: number, y: number) => readonly number[] | undefined;
  /** Someone else changes the scene. */
  operate(ops: readonly SceneOp[]): void;
}

/** Begins one with these layers, bottom first, and waits until it is open. */
export async function testSession(layers: readonly Layer[], rights = ["view", "edit"]): Promise<TestSession> {
  let scene: Scene = { revision: 0, title: "Test", layers: [...layers] };
  let history = NO_HISTORY;
  const view: View = defaultView(scene, { width: 640, height: 480 });
  const { port1, port2 } = new MessageChannel();
  const poses: TestSession["poses"] = [];
  const asked: string[] = [];
  const received: SceneOp[] = [];
  const drawn: (ToolOverlay | undefined)[] = [];
  const tables = new Map<string, TableSource>();
  for (const layer of layers)
    if (isTableLayer(layer))
      tables.set(layer.id, { id: layer.id, version: 0, table: emptyTable(layer.type, layer.data.ndim) });
  /** Carries out operations on items, and says how the tables are after each. */
  const carryOut = (ops: readonly SceneOp[]): SceneOp[] =>
    ops.flatMap((op): SceneOp[] => {
      const layer = scene.layers.find((one) => "id" in op && one.id === op.id);
      const before = layer && tables.get(layer.id);
      if (!op.op.startsWith("items.") || !layer || !isTableLayer(layer) || !before) return [op];
      const { table } = applyItems(before.table, layer, op as ItemOp);
      const after = { id: layer.id, version: before.version + 1, table };
      tables.set(layer.id, after);
      return [op, { op: "layer.data", id: layer.id, data: tableInfo(layer.type, after, "items") }];
    });
  const down = (message: ViewDown) => port2.postMessage(message);
  const tell = (event: eyepiece.viewer.ViewerEvent.$Properties) =>
    down({ type: "event", bytes: encodeMessage(viewer.ViewerEvent, event) });
  const flags = () => ({ canUndo: history.done.length > 0, canRedo: history.undone.length > 0 });
  const changed = (ops: readonly SceneOp[]) =>
    tell({ scene: { revision: scene.revision, opsJson: JSON.stringify(ops), ...flags() } });

  const answer = (request: eyepiece.viewer.ViewerRequest): eyepiece.viewer.ViewerEvent.$Properties => {
    asked.push(request.what ?? "");
    if (request.ops) {
      const sent = JSON.parse(request.ops.json ?? "[]") as SceneOp[];
      received.push(...sent);
      const ops = carryOut(sent);
      const applied = applyOps(scene, ops);
      history = record(history, ops, applied.inverse, request.ops.merge || undefined);
      scene = applied.scene;
      changed(ops);
    } else if (request.undo) {
      const stepped = (request.undo.redo ? redo : undo)(scene, history);
      if (stepped) {
        ({ scene, history } = stepped);
        changed(stepped.ops);
      }
    } else if (request.valueAt) {
      const { layer = "", x = 0, y = 0 } = request.valueAt;
      const coordinates = made.seen(x ?? 0, y ?? 0);
      return { value: coordinates ? { layer, value: "1", coordinates: [...coordinates] } : { layer } };
    } else if (request.table) {
      const source = tables.get(request.table.layer ?? "");
      if (!source) throw new Error("This layer has no items here.");
      const { version, table } = source;
      return { table: { layer: source.id, version, count: table.count, table: encodeTable(table) } };
    } else if (request.histogram) {
      return {
        histogram: { counts: [1, 4, 9, 4, 1], min: 0, max: 1000, layer: request.histogram.layer ?? "" },
      };
    }
    return { done: {} };
  };
  port2.onmessage = (event: MessageEvent<ViewUp>) => {
    const message = event.data;
    if (message.type === "pose") poses.push(message);
    if (message.type === "tool") drawn.push(message.tool);
    if (message.type !== "request") return;
    const request = decodeMessage(viewer.ViewerRequest, message.bytes);
    try {
      tell({ ...answer(request), replyTo: request.id });
    } catch (cause) {
      tell({ replyTo: request.id, failure: { code: "failed", message: String(cause) } });
    }
  };

  const notices = new Notices();
  const service = new SessionService({ openView: () => port1 }, notices, "test", { id: "view", kept: true });
  const opened = new Promise<void>((resolve) => {
    const stop = service.phase.subscribe((phase) => {
      if (phase.phase !== "open") return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
  service.setSize({ width: 640, height: 480, ratio: 1 });
  tell({
    welcome: {
      session: "test",
      sceneJson: JSON.stringify(scene),
      viewJson: JSON.stringify(view),
      rights,
      ...flags(),
    },
  });
  await opened;
  const made: TestSession = {
    ...{ service, notices, poses, asked, ops: received, drawn },
    seen: () => undefined,
    table: (layer) => tables.get(layer),
    show: (revision) => down({ type: "revision", revision }),
    scene: () => scene,
    operate: (ops) => {
      const told = carryOut(ops);
      scene = applyOps(scene, told).scene;
      changed(told);
    },
  };
  return made;
}
