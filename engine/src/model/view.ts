/** What a new pair of eyes sees of a scene, and how the dims follow from the layers. */
import {
  type Camera,
  type Dims,
  isArrayLayer,
  type Layer,
  layerNdim,
  type Scene,
  type View,
} from "@eyepiece/protocol/scene/schema.ts";
import { fitZoom, type Size } from "./camera.ts";
import { applyAffine, at } from "./matrix.ts";
import { dataToWorld } from "./transform.ts";

type Range = [number, number, number];

/** Data coordinates over voxel centres, or over items: [least, greatest] for each axis. */
function dataExtent(layer: Layer): readonly (readonly [number, number])[] {
  if (isArrayLayer(layer))
    return layer.data.shape.map((size): [number, number] => [0, Math.max(0, size - 1)]);
  // A layer without items takes no place, and yet it has axes.
  if (layer.data.extent.length === 0) return [];
  return layer.data.extent;
}

/** World coordinates over a layer's voxel centres or items: [min, max] for each of its axes, and its step. */
export function layerExtent(layer: Layer): { extent: [number, number][]; step: number[] } {
  const matrix = dataToWorld(layer);
  const ends = dataExtent(layer);
  const n = layerNdim(layer);
  const axes = Array.from({ length: n }, (_, axis) => axis);
  const extent = axes.map((): [number, number] => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  for (let corner = 0; ends.length > 0 && corner < 2 ** n; corner++) {
    const point = ends.map(([low, high], axis) => ((corner >> axis) & 1 ? high : low));
    for (const [axis, value] of applyAffine(matrix, point).entries()) {
      const range = extent[axis];
      if (range === undefined) continue;
      range[0] = Math.min(range[0], value);
      range[1] = Math.max(range[1], value);
    }
  }
  const step = axes.map((axis) => {
    // One voxel along the axis, measured in the world: as napari's, this is the length of the matrix's column.
    const length = Math.hypot(...axes.map((row) => at(matrix, row, axis)));
    return length === 0 ? 1 : length;
  });
  return { extent, step };
}

/** For every world axis [start, stop, step] over all layers; layers of fewer axes lie in the last ones. */
export function sceneRanges(scene: Scene): Range[] {
  const ndim = Math.max(2, ...scene.layers.map(layerNdim));
  const ranges = Array.from(
    { length: ndim },
    (): Range => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  );
  for (const layer of scene.layers) {
    const { extent, step } = layerExtent(layer);
    const offset = ndim - extent.length;
    for (const [axis, [low, high]] of extent.entries()) {
      const range = ranges[axis + offset];
      if (range === undefined) continue;
      range[0] = Math.min(range[0], low);
      range[1] = Math.max(range[1], high);
      range[2] = Math.min(range[2], step[axis] ?? 1);
    }
  }
  return ranges.map((range) => (range[0] <= range[1] ? range : [0, 0, 1]));
}

/** The camera of a view that nobody has moved. */
export function defaultCamera(): Camera {
  return {
    center: [0, 0, 0],
    zoom: 1,
    angles: [0, 0, 0],
    perspective: 0,
    orientation: ["towards", "down", "right"],
  };
}

/** Steps along an axis: 1 when there is nothing to step through. */
export function stepCount(range: readonly [number, number, number]): number {
  return Math.max(1, Math.floor((range[1] - range[0]) / range[2] + 1 + 1e-9));
}
/** The step nearest to a world coordinate, within the range. */
export function pointToStep(range: readonly [number, number, number], point: number): number {
  const step = Math.round((point - range[0]) / range[2]);
  return Math.min(stepCount(range) - 1, Math.max(0, step));
}
/** The world coordinate of a step. */
export function stepToPoint(range: readonly [number, number, number], step: number): number {
  return range[0] + Math.min(stepCount(range) - 1, Math.max(0, step)) * range[2];
}

/** The dims of a scene at its middle steps, in 2D. */
export function defaultDims(scene: Scene): Dims {
  const range = sceneRanges(scene);
  const ndim = range.length;
  const labels = scene.layers.find((layer) => layerNdim(layer) === ndim)?.axis_labels;
  return {
    ndim,
    ndisplay: 2,
    order: range.map((_, axis) => axis),
    point: range.map((one) => stepToPoint(one, Math.floor((stepCount(one) - 1) / 2))),
    margin_left: range.map(() => 0),
    margin_right: range.map(() => 0),
    range,
    axis_labels: range.map((_, axis) => labels?.[axis] ?? `${axis - ndim}`),
  };
}

/** Dims after the layers changed: what the person chose is kept where its axes still exist. */
export function followScene(dims: Dims, scene: Scene): Dims {
  const fresh = defaultDims(scene);
  if (scene.layers.length === 0) return dims;
  const shift = fresh.ndim - dims.ndim;
  const kept = <T>(values: readonly T[], defaults: readonly T[]): T[] =>
    defaults.map((value, axis) => values[axis - shift] ?? value);
  // Axes are counted from the last: a new one comes in front, as in NumPy.
  const order = dims.order.map((axis) => axis + shift).filter((axis) => axis >= 0);
  const missing = fresh.order.filter((axis) => !order.includes(axis));
  return {
    ...fresh,
    ndisplay: dims.ndisplay,
    order: [...missing, ...order],
    point: kept(dims.point, fresh.point).map((value, axis) => {
      const range = fresh.range[axis];
      return range === undefined ? value : Math.min(Math.max(value, range[0]), Math.max(range[0], range[1]));
    }),
    margin_left: kept(dims.margin_left, fresh.margin_left),
    margin_right: kept(dims.margin_right, fresh.margin_right),
  };
}

/** The displayed world axes, in displayed order. */
export function displayedAxes(dims: Dims): number[] {
  return dims.order.slice(-dims.ndisplay);
}

/** The world box on the screen as [low, high] triples in displayed order, half a step around the outermost voxels. */
export function displayedExtent(dims: Dims): [number, number][] {
  const box = displayedAxes(dims).map((axis): [number, number] => {
    const [start, stop, step] = dims.range[axis] ?? [0, 0, 1];
    return [start - step / 2, stop + step / 2];
  });
  return dims.ndisplay === 3 ? box : [[0, 0], ...box];
}

/** Centres the scene and fits it with a margin of 5%; `angles` are set to 0 unless they are to be kept. */
export function resetView(view: View, size: Size, options: { keepAngles?: boolean } = {}): View {
  const { dims } = view;
  const angles: Camera["angles"] = options.keepAngles ? view.camera.angles : [0, 0, 0];
  const box = displayedExtent(dims);
  const center = box.map(([low, high]) => (low + high) / 2) as Camera["center"];
  const camera = { ...view.camera, angles, center };
  return { ...view, camera: { ...camera, zoom: fitZoom(camera, size, dims.ndisplay, box) } };
}

/** A new view of a scene: 2D, at the middle steps, reset to the canvas. */
export function defaultView(scene: Scene, size: Size): View {
  const grid: View["grid"] = { enabled: false, shape: [-1, -1], stride: 1, spacing: 0 };
  return resetView({ camera: defaultCamera(), dims: defaultDims(scene), grid }, size);
}
