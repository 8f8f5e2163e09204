/** New layers without data: labels as large as what is there, points and shapes with its axes. */
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { emptyTable } from "@eyepiece/engine/model/columns.ts";
import { labelsLayer } from "@eyepiece/engine/model/layer.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import { sceneRanges, stepCount } from "@eyepiece/engine/model/view.ts";
import { type Layer, layerNdim, type Scene } from "@eyepiece/protocol/scene/schema.ts";
import type { SessionService } from "../../services/session.ts";

/** Where there is nothing yet. */
const ALONE = 512;

/** What can be made new. */
export type NewType = "labels" | "points" | "shapes";

/** A name that no layer of the scene has. */
export function freeName(scene: Scene, wanted: string): string {
  const taken = new Set(scene.layers.map((layer) => layer.name));
  if (!taken.has(wanted)) return wanted;
  for (let n = 1; ; n++) if (!taken.has(`${wanted} [${n}]`)) return `${wanted} [${n}]`;
}

/** An id that no layer has. */
export function newId(): string {
  return `l${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
}

/** A new empty layer over a scene, with the extent, the scale and the names of the axes of what is there. */
export function newLayer(scene: Scene, type: NewType, id = newId()): Layer {
  const empty = scene.layers.length === 0;
  const ranges = empty ? [] : sceneRanges(scene);
  const ndim = empty ? 2 : ranges.length;
  const like = scene.layers.find((layer) => layerNdim(layer) === ndim);
  const names = like ? { units: [...like.units], axis_labels: [...like.axis_labels] } : {};
  const scale = empty ? [1, 1] : ranges.map(([, , step]) => step);
  const name = freeName(scene, { labels: "Labels", points: "Points", shapes: "Shapes" }[type]);
  if (type !== "labels") {
    const source = { id: "", version: 0, table: emptyTable(type, ndim) };
    return tableLayer(id, source, { type, name, scale, ...names });
  }
  const shape = empty ? [ALONE, ALONE] : ranges.map(stepCount);
  const translate = empty ? [0, 0] : ranges.map(([start]) => start);
  return labelsLayer(id, nothing(shape), { name, scale, translate, ...names, label: name });
}

/** What a session reads as: make labels of this shape. */
function nothing(shape: readonly number[]): ChunkSource {
  const zeros = shape.map(() => 0);
  return {
    id: "",
    version: 0,
    dtype: "int32",
    ndim: shape.length,
    channels: 0,
    levels: [{ shape, chunk: shape, scale: shape.map(() => 1), translate: zeros }],
    readBrick: () => Promise.reject(new Error("These labels are on the node.")),
    dispose: () => Promise.resolve(),
  };
}

/** Adds one on top; it is selected by itself. */
export function addLayer(session: SessionService, type: NewType): void {
  const scene = session.scene.peek();
  if (!scene) return;
  const layer = newLayer(scene, type);
  const added = session.send([{ op: "layer.add", layer }]);
  // Items have no extent until there is one: alone, they begin on as much room as labels would have.
  if (scene.layers.length === 0 && type !== "labels") void added.then(() => makeRoom(session));
}

/** Shows the room that is there where nothing is; napari's, too. */
function makeRoom(session: SessionService): void {
  const view = session.view.peek();
  const { size } = session;
  if (!view || !size) return;
  const middle = (ALONE - 1) / 2;
  const zoom = (0.95 * Math.min(size.width, size.height)) / ALONE;
  session.setView({ camera: { ...view.camera, center: [0, middle, middle], zoom } });
}
